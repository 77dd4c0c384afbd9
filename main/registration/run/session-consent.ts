import { shaped, type DelegatedGrant } from '../../directory/index.ts';
import { graphCommandLineTools } from '../../identity/sign-in-client.ts';
import type { Engine, Run } from '../engine.ts';
import * as shapes from '../observe/shapes.ts';
import { writeScopes, type Administrator } from './administrator.ts';

/** Consent that the client of the sign-in has in a tenant, by the ids of its grants. */
export type SessionConsent = ReadonlyMap<string, readonly string[]>;

const scopesOf = ({ scope }: DelegatedGrant): readonly string[] => scope.split(' ').filter((value) => value !== '');

/**
 * What the person who is signed in, or everybody, has consented to for the client that signs in. Grants of other people are left out.
 *
 * @throws GraphFailure, Fault('interrupted')
 */
export async function sessionConsent(engine: Engine, { reader, session }: Administrator, run: Run): Promise<SessionConsent> {
  const appId = engine.policies.SignInClientId ?? run.signInClientId ?? graphCommandLineTools;
  const principal = shaped(shapes.idShape, await reader.read(`/servicePrincipals(appId='${appId}')?$select=id`, run.signal));
  const filter = encodeURIComponent(`clientId eq '${principal.id}'`);
  const grants = shaped(shapes.delegatedGrantsShape, await reader.read(`/oauth2PermissionGrants?$filter=${filter}`, run.signal)).value;
  const own = grants.filter(({ consentType, principalId }) => consentType === 'AllPrincipals' || principalId === session.objectId);
  return new Map(own.map((grant) => [grant.id, scopesOf(grant)]));
}

/** Scopes that this program asks for and that were not there before, by grant. */
export function addedConsent(before: SessionConsent, now: SessionConsent): SessionConsent {
  const added = [...now].map(
    ([id, scopes]) => [id, scopes.filter((scope) => writeScopes.includes(scope) && before.get(id)?.includes(scope) !== true)] as const,
  );
  return new Map(added.filter(([, scopes]) => scopes.length > 0));
}

/** Each scope once, as people read them. */
export const scopesIn = (consent: SessionConsent): readonly string[] => [...new Set([...consent.values()].flat())].toSorted();

/**
 * Takes from the client of the sign-in what was added to its consent since `before`, and nothing else: what it has is read again
 * directly before, and afterwards, because other programs use the same client. Nothing else can be written with this session then.
 *
 * @returns the scopes that are gone
 * @throws GraphFailure, Fault('interrupted')
 */
export async function removeAddedConsent(
  engine: Engine,
  administrator: Administrator,
  before: SessionConsent,
  run: Run,
): Promise<readonly string[]> {
  const now = await sessionConsent(engine, administrator, run);
  const added = addedConsent(before, now);
  // That which allows to change grants goes last: by then nothing else is left to do.
  for (const [id, gone] of added) {
    const left = now.get(id)?.filter((scope) => !gone.includes(scope)) ?? [];
    if (left.length === 0) await administrator.writer.deleteDelegatedGrant(id);
    else await administrator.writer.updateDelegatedGrant(id, left.join(' '));
  }
  return scopesIn(added);
}
