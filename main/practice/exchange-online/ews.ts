import { notSimulatedText } from '../not-simulated.ts';
import { cloudsOf } from '../hosts.ts';
import { readExchangeToken, type Realm } from '../identity/index.ts';
import type { Bearer, PracticeAnswer, PracticeRequest } from '../world.ts';
import { inboxCount, knowsEws, mailboxWith, mayUseEws } from './mailboxes.ts';
import { mailboxBlock, tenantBlock, type EwsBlock } from './settings.ts';
import { countAnswer, faultAnswer, readRequest } from './soap.ts';

const xml = { 'content-type': 'text/xml; charset=utf-8' };

/** What is not simulated, in the practice tenant's own voice. */
const lacks = (what: string): PracticeAnswer => ({ status: 501, headers: { 'content-type': 'text/plain' }, body: notSimulatedText(what) });

const fault = (code: string, message: string): PracticeAnswer => ({ status: 500, headers: xml, body: faultAnswer(code, message) });

/**
 * 401 with the reason beside it ("Web services reference for Exchange", `x-ms-diagnostics`: `errorId;reason="…";error_category="…"`).
 */
const unauthenticated = (diagnostics: string): PracticeAnswer => ({
  status: 401,
  headers: {
    'www-authenticate':
      'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", token_types="app_asserted_user_v1 service_asserted_app_v1"',
    'x-ms-diagnostics': diagnostics,
  },
});

/** "Control access to EWS in Exchange", "Understand HTTP 403 responses in Exchange Online": the header tells, the body is empty. */
const blocked = (reason: EwsBlock): PracticeAnswer => ({ status: 403, headers: { 'x-ews-policy-reason': reason } });

function answered(text: string, bearer: Bearer): PracticeAnswer {
  const read = readRequest(text);
  if (read.kind === 'malformed') return fault('ErrorSchemaValidation', 'The request failed schema validation.');
  if (read.kind === 'not-simulated') return lacks(read.what);
  if (read.mailbox === null)
    return fault(
      'ErrorInvalidExchangeImpersonationHeaderData',
      'ExchangeImpersonation SOAP header must be present for this type of OAuth token.',
    );
  const mailbox = mailboxWith(bearer.tenant, read.mailbox);
  if (mailbox === undefined) return fault('ErrorNonExistentMailbox', 'The SMTP address has no mailbox associated with it.');
  const closed = mailboxBlock(bearer.tenant, read.mailbox);
  if (closed !== null) return blocked(closed);
  // Out of the scope of its role: a code of Exchange's own, with the words that it has for a lack of rights ("ResponseCode").
  if (!mayUseEws(bearer, read.mailbox)) return fault('ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  return { status: 200, headers: xml, body: countAnswer(Buffer.from(`inbox ${mailbox.id}`).toString('base64'), inboxCount(mailbox)) };
}

/** Exchange Web Services of the practice tenant: the one call of the probe, and whatever stands in its way. */
export async function ewsAnswer(request: PracticeRequest, realm: Realm): Promise<PracticeAnswer> {
  if (request.path.toLowerCase() !== '/ews/exchange.asmx') return lacks(`${request.method} ${request.path}`);
  if (request.method !== 'POST') return lacks(`${request.method} ${request.path}`);
  const caller = await readExchangeToken(request.headers['authorization'], cloudsOf(request), realm);
  if ('refused' in caller) {
    if (caller.refused === 'audience')
      return unauthenticated(
        '2000003;reason="The audience claim value is invalid for the current resource.";error_category="invalid_resource"',
      );
    return unauthenticated('2000001;reason="OAuth token submitted with the request can not be parsed.";error_category="invalid_token"');
  }
  const { bearer } = caller;
  if (bearer.kind !== 'application') return lacks('EWS for a signed-in person');
  if (!knowsEws(bearer))
    return unauthenticated(
      '2000008;reason="The token contains no permissions, or permissions can not be understood.";error_category="invalid_grant"',
    );
  const reason = tenantBlock(bearer.tenant, bearer.appId, realm.world);
  if (reason !== null) return blocked(reason);
  return answered(typeof request.body === 'string' ? request.body : '', bearer);
}
