import { randomUUID } from 'node:crypto';
import { authorityOf } from '../hosts.ts';
import type { PracticeAnswer, PracticeRequest } from '../world.ts';
import { findClient } from './clients.ts';
import { clientInfo, idToken } from './issue.ts';
import { checkAccess, type Person } from './people.ts';
import { errorPage, finishedPage, html } from './pages.ts';
import type { PendingSignIn, Realm } from './realm.ts';
import { refusalBody, type EntraRefusal } from './refusal.ts';
import { answerToClient, redirectAddress } from './response.ts';

const stateField = (state: string | null): Record<string, string> => (state === null ? {} : { state });

/**
 * The person is signed in and everything is consented: the client gets what it asked for, or the waiting device gets its
 * turn. An ID token is issued here, so the policies that a code meets when it is redeemed are asked now.
 */
export async function endSignIn(
  person: Person,
  context: string,
  pending: PendingSignIn,
  request: PracticeRequest,
  realm: Realm,
): Promise<PracticeAnswer> {
  const { clientId, scope, multiFactor, answer } = pending;
  const grant = { tenantId: person.tenant.id, upn: person.account.upn, clientId, multiFactor };
  if (answer.to === 'client' && answer.response.types.includes('id_token')) checkAccess(person, multiFactor);
  realm.pending.delete(context);
  if (answer.to === 'device') {
    answer.device.outcome = { kind: 'granted', grant };
    return html(finishedPage('You have signed in on your device. You may now close this window.'));
  }
  const { redirectUri, state, nonce, codeChallenge, response } = answer;
  const code = response.types.includes('code')
    ? realm.codes.add({ ...grant, scope, redirectUri, codeChallenge, nonce, redeemed: false }, realm.world.now())
    : null;
  const client = findClient(clientId, person.tenant, realm);
  return answerToClient(response.mode, redirectUri, {
    ...(code === null ? {} : { code }),
    ...(response.types.includes('id_token')
      ? { id_token: await idToken(person, client, { nonce, code }, authorityOf(request), realm) }
      : {}),
    ...(answer.clientInfo ? { client_info: clientInfo(person, realm) } : {}),
    ...stateField(state),
    session_state: randomUUID(),
  });
}

/** What the redirect URI gets of a refusal (RFC 6749 §4.1.2.1). */
export function refusalFields(
  { fields }: EntraRefusal,
  state: string | null,
  request: PracticeRequest,
  { world }: Realm,
): Record<string, string> {
  const { error, error_description: description, error_uri: uri } = refusalBody(fields, request, world);
  return { error: String(error), error_description: String(description), error_uri: String(uri), ...stateField(state) };
}

/**
 * The sign-in ended with a refusal. What the person decided (declined, needs an administrator) goes back at once; what the
 * page has to say first (wrong account) is shown, with a button that takes the refusal to the client.
 */
export function refuseSignIn(
  refusal: EntraRefusal,
  context: string,
  pending: PendingSignIn,
  request: PracticeRequest,
  realm: Realm,
): PracticeAnswer {
  realm.pending.delete(context);
  const state = pending.answer.to === 'client' ? pending.answer.state : null;
  const fields = refusalFields(refusal, state, request, realm);
  const description = fields['error_description'] ?? refusal.message;
  if (pending.answer.to === 'device') {
    pending.answer.device.outcome = { kind: 'declined' };
    return html(errorPage(description), 400);
  }
  const { redirectUri, response } = pending.answer;
  if (refusal.fields.error === 'access_denied') return answerToClient(response.mode, redirectUri, fields);
  if (response.mode !== 'form_post') return html(errorPage(description, { address: redirectAddress(response.mode, redirectUri, fields) }));
  return html(errorPage(description, { action: redirectUri, fields }));
}
