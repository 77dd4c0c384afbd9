import type { Application, KeyCredential, RequiredResourceAccess } from '@microsoft/microsoft-graph-types';
import { cutText } from '../../visible-text.ts';
import type { Change } from '../change.ts';
import type { DesiredCertificate } from '../desired.ts';
import type { ObservedApplication } from '../observed.ts';

/** Longest displayName of a key credential (Microsoft Graph, keyCredential resource type). */
const keyNameLength = 90;

type Of<K extends Change['change']> = Extract<Change, { change: K }>;

function pick<K extends Change['change']>(changes: readonly Change[], kind: K): Of<K>[] {
  return changes.filter((change): change is Of<K> => change.change === kind);
}

/** An entry of `keyCredentials` (Microsoft Graph, keyCredential resource type). */
export function keyCredential(certificate: DesiredCertificate): KeyCredential {
  // Graph takes and gives base64 text where its published types say number.
  const key = Buffer.from(certificate.der).toString('base64');
  return {
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    keyId: certificate.keyId,
    displayName: cutText(certificate.subject, keyNameLength),
    startDateTime: certificate.notBefore,
    endDateTime: certificate.notAfter,
    key,
  };
}

/**
 * The complete new `keyCredentials`: PATCH replaces the collection, so every entry that is to stay is sent back as it
 * was read, with `key: null`, which leaves the stored key alone (Microsoft Graph, "Update application").
 */
function keyCredentials(changes: readonly Change[], current: ObservedApplication | null): KeyCredential[] | undefined {
  const adds = pick(changes, 'add-key-credential');
  const removed = new Set(pick(changes, 'remove-key-credential').map((change) => change.keyId));
  if (adds.length === 0 && removed.size === 0) return undefined;
  const kept = (current?.keyCredentials ?? []).filter((key) => !removed.has(key.entry.keyId)).map((key) => ({ ...key.entry, key: null }));
  return [...kept, ...adds.map((change) => keyCredential(change.certificate))];
}

function requiredResourceAccess(changes: readonly Change[], current: ObservedApplication | null): RequiredResourceAccess[] | undefined {
  const adds = pick(changes, 'require-permission');
  const removes = pick(changes, 'remove-permission');
  if (adds.length === 0 && removes.length === 0) return undefined;
  const stays = (appId: string, access: { readonly id: string; readonly type: string }) =>
    !removes.some(({ resourceAppId, id, type }) => resourceAppId === appId && id === access.id && type === access.type);
  const byResource = new Map(
    (current?.required ?? []).map(({ resourceAppId, resourceAccess }) => [
      resourceAppId,
      resourceAccess.filter((access) => stays(resourceAppId, access)),
    ]),
  );
  for (const { resourceAppId, id, type } of adds) byResource.set(resourceAppId, [...(byResource.get(resourceAppId) ?? []), { id, type }]);
  // A resource of which nothing is asked any more is not listed.
  return [...byResource]
    .filter(([, resourceAccess]) => resourceAccess.length > 0)
    .map(([resourceAppId, resourceAccess]) => ({ resourceAppId, resourceAccess }));
}

function web(changes: readonly Change[], current: ObservedApplication | null): Application['web'] | undefined {
  const kinds = new Set(changes.map((change) => change.change));
  const added = pick(changes, 'set-redirect-uris').map((change) => change.added);
  const issuance = kinds.has('create-application') || kinds.has('enable-id-tokens') || kinds.has('disable-access-tokens');
  const body = {
    ...(added.length === 0 ? {} : { redirectUris: [...new Set([...(current?.redirectUris ?? []), ...added])] }),
    ...(kinds.has('clear-logout-url') ? { logoutUrl: null } : {}),
    ...(issuance
      ? {
          implicitGrantSettings: {
            enableIdTokenIssuance: kinds.has('enable-id-tokens') || (current?.idTokens ?? false),
            enableAccessTokenIssuance: kinds.has('disable-access-tokens') ? false : (current?.accessTokens ?? false),
          },
        }
      : {}),
  };
  return Object.keys(body).length === 0 ? undefined : body;
}

/**
 * The one request body that carries out all changes of the application object, merged into what it holds right now
 * (`current`, null for a new one). Single tenant and locked service principal credentials are what the portal gives a
 * new registration ("Configure app instance property locks").
 */
export function applicationBody(changes: readonly Change[], current: ObservedApplication | null): Application {
  const [create] = pick(changes, 'create-application');
  const keys = keyCredentials(changes, current);
  const required = requiredResourceAccess(changes, current);
  const sites = web(changes, current);
  return {
    ...(create
      ? {
          displayName: create.displayName,
          signInAudience: 'AzureADMyOrg',
          servicePrincipalLockConfiguration: { isEnabled: true, allProperties: true },
        }
      : {}),
    ...(pick(changes, 'set-audience').length > 0 ? { signInAudience: 'AzureADMyOrg' } : {}),
    ...(pick(changes, 'clear-public-client').length > 0 ? { isFallbackPublicClient: false } : {}),
    ...(sites ? { web: sites } : {}),
    ...(keys ? { keyCredentials: keys } : {}),
    ...(required ? { requiredResourceAccess: required } : {}),
  };
}
