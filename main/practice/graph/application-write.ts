import type { StoredApplication, World } from '../world.ts';
import type { Call, Properties } from './call.ts';
import { applicationShape, refuseReadOnly } from './application-type.ts';
import { keyInTokens, replicateKey } from './replication.ts';
import { policyFor, requireLifetime, requireTrustedAuthority } from './rules/app-management.ts';
import {
  nextPasswordCredentials,
  requireDisplayName,
  requireIdentifierUris,
  requireLogoutUrl,
  requireSignInAudience,
  requireTextLengths,
} from './rules/application-properties.ts';
import {
  newKeyCredential,
  nextKeyCredentials,
  requireUsageAndType,
  type KeyCredential,
  type KeyCredentialContext,
} from './rules/key-credentials.ts';
import { requireRedirectUris } from './rules/redirect-uris.ts';
import { requireResourceAccess } from './rules/required-resource-access.ts';
import { patched, requireShape } from './shape.ts';

/**
 * The application as the body wants it, validated by every rule; nothing is stored yet. Create, update and upsert share it
 * (Microsoft Graph, "Create application", "Update application", "Upsert application").
 *
 * @throws Refusal 400
 */
export function validatedApplication(call: Call, stored: StoredApplication, body: Properties): StoredApplication {
  refuseReadOnly(body);
  requireShape(body, applicationShape, 'Application');
  const { keyCredentials, passwordCredentials, ...rest } = body;
  const next = patched(stored, rest);
  requireDisplayName(next);
  requireSignInAudience(next);
  requireTextLengths(next);
  if ('web' in body) requireLogoutUrl(next);
  if ('web' in body || 'spa' in body || 'publicClient' in body || 'signInAudience' in body) requireRedirectUris(next);
  if ('requiredResourceAccess' in body) requireResourceAccess(next);
  if ('identifierUris' in body) requireIdentifierUris(next, call.tenant);
  if (Array.isArray(keyCredentials)) next.keyCredentials = validatedKeys(call, stored, keyCredentials);
  if (Array.isArray(passwordCredentials)) next.passwordCredentials = nextPasswordCredentials(stored, passwordCredentials);
  return next;
}

function keyContext({ world, tenant }: Call, stored: StoredApplication): KeyCredentialContext {
  const policy = policyFor(tenant, stored.id);
  const created = { createdDateTime: stored.createdDateTime ?? world.now().toISOString() };
  return {
    now: world.now(),
    newId: () => world.newId(),
    requirePolicy: ({ startDateTime, endDateTime }, certificate) => {
      requireLifetime(policy, created, startDateTime, endDateTime);
      requireTrustedAuthority(policy, created, certificate);
    },
  };
}

function validatedKeys(call: Call, stored: StoredApplication, sent: readonly unknown[]): KeyCredential[] {
  return nextKeyCredentials(stored.keyCredentials ?? [], sent, keyContext(call, stored));
}

/** One new key credential, validated as in a list; nothing is stored yet. @throws Refusal 400 */
export function validatedKey(call: Call, stored: StoredApplication, entry: Properties): KeyCredential {
  requireUsageAndType(entry);
  return newKeyCredential(entry, keyContext(call, stored));
}

function keyIds(application: StoredApplication | undefined): string[] {
  return (application?.keyCredentials ?? []).flatMap(({ keyId }) => (keyId ? [keyId] : []));
}

/** Keys that are new wait for the token endpoint to know them; keys that are gone are forgotten. */
export function followKeys(world: World, before: StoredApplication | undefined, after: StoredApplication): void {
  const old = new Set(keyIds(before));
  const now = new Set(keyIds(after));
  for (const keyId of now) if (!old.has(keyId)) replicateKey(world, keyId);
  for (const keyId of old) if (!now.has(keyId)) delete world.state.inTokensAt[keyInTokens(keyId)];
}
