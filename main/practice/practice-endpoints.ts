import { z } from 'zod';
import { isExternal } from './accounts.ts';
import { administerExchange, type ImapListener } from './exchange-online/index.ts';
import { entraRefusalAnswer, notSimulatedAnswer, tokenForAccount, type Realm } from './identity/index.ts';
import { EntraRefusal } from './identity/refusal.ts';
import { NotSimulated } from './not-simulated.ts';
import type { PracticeAnswer, PracticeRequest } from './world.ts';

const tokenRequest = z.strictObject({
  account: z.string().min(1),
  scopes: z.array(z.string().min(1)),
  tenant: z.string().min(1).optional(),
});

const invalid = (detail: string): PracticeAnswer => ({ status: 400, body: { error: 'invalid_request', error_description: detail } });

/**
 * What a simulated service has and Microsoft has not: a look at all objects, a token without a sign-in, what an administrator does in
 * Exchange Online PowerShell, and where IMAP is.
 */
export async function practiceAnswer(request: PracticeRequest, realm: Realm, imap: () => Promise<ImapListener>): Promise<PracticeAnswer> {
  const { state } = realm.world;
  switch (`${request.method} ${request.path}`) {
    case 'GET /practice/state':
      return { status: 200, body: state };
    case 'POST /practice/token': {
      const asked = tokenRequest.safeParse(request.body);
      if (!asked.success) return invalid(z.prettifyError(asked.error));
      const { account, scopes } = asked.data;
      const home = state.tenants.find(({ accounts }) =>
        accounts.some((candidate) => candidate.upn.toLowerCase() === account.toLowerCase() && !isExternal(candidate)),
      );
      const tenant = asked.data.tenant ?? home?.id ?? state.tenants[0]?.id ?? '';
      try {
        return { status: 200, body: { access_token: await tokenForAccount({ account, scopes, tenant }, request, realm) } };
      } catch (error) {
        if (error instanceof NotSimulated) return notSimulatedAnswer(error, 'api');
        if (error instanceof EntraRefusal) return entraRefusalAnswer(error.fields, request, realm.world);
        throw error;
      }
    }
    case 'POST /practice/exchange':
      return administerExchange(request.body, realm.world);
    case 'GET /practice/imap': {
      const { port, certificate } = await imap();
      return { status: 200, body: { host: '127.0.0.1', port, certificate } };
    }
    default:
      return { status: 404, body: { error: 'not_found', error_description: `${request.method} ${request.path}` } };
  }
}
