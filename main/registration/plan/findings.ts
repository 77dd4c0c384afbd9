import type { AppRoleAssignment } from '../../directory/directory.ts';
import type { Change } from '../change.ts';
import type { Desired } from '../desired.ts';
import type { Observed, ObservedApplication } from '../observed.ts';
import { found, remedy, type Found } from './found.ts';
import { leftoverKeys } from './leftovers.ts';
import { clampedLifetime } from './lifetime.ts';

/** Settings of an adopted application that the guide would have left otherwise. Ours are corrected by the plan itself. */
function adoptedSettings(application: ObservedApplication): Found[] {
  const list: Found[] = [];
  if (application.accessTokens)
    list.push(found('access-tokens', {}, { remedy: remedy({ change: 'disable-access-tokens' }, 'user-sign-in') }));
  if (application.logoutUrl) {
    list.push(
      found(
        'logout-url',
        { url: application.logoutUrl },
        { remedy: remedy({ change: 'clear-logout-url', was: application.logoutUrl }, 'user-sign-in') },
      ),
    );
  }
  return list;
}

function settings(application: ObservedApplication): Found[] {
  const list: Found[] = [];
  if (application.signInAudience !== 'AzureADMyOrg') {
    list.push(
      found(
        'audience',
        { audience: application.signInAudience },
        { remedy: remedy({ change: 'set-audience', was: application.signInAudience }, 'registration') },
      ),
    );
  }
  if (application.isFallbackPublicClient)
    list.push(found('public-client', {}, { remedy: remedy({ change: 'clear-public-client' }, 'registration') }));
  for (const uri of application.spaRedirectUris) list.push(found('other-platform', { platform: 'SPA', uri }, { key: `spa:${uri}` }));
  for (const uri of application.publicClientRedirectUris)
    list.push(found('other-platform', { platform: 'Mobile and desktop', uri }, { key: `desktop:${uri}` }));
  return list;
}

/** Key credentials that are not of this credential; one whose key is in the keychain is ours all the same, and stays. */
export function foreignKeys(desired: Desired, observed: Pick<Observed, 'at'>, application: ObservedApplication): Found[] {
  const ours = new Set([desired.certificate?.thumbprintSha256, ...desired.earlierThumbprints]);
  return application.keyCredentials
    .filter((key) => key.thumbprintSha256 === null || !ours.has(key.thumbprintSha256))
    .map((key) => {
      const params = { keyId: key.entry.keyId, name: key.displayName, thumbprint: key.thumbprint ?? '', end: key.endDateTime };
      const { own, others } = desired.heldThumbprints;
      const isHeld = key.thumbprint !== null && [...own, ...others].includes(key.thumbprint);
      if (isHeld) {
        const whose = own.includes(key.thumbprint) ? 'own' : 'other';
        return found('own-key-credential', { ...params, end: key.endDateTime.slice(0, 10), whose }, { key: key.entry.keyId });
      }
      if (Date.parse(key.endDateTime) >= Date.parse(observed.at)) return found('foreign-key-credential', params, { key: key.entry.keyId });
      const change: Change = {
        change: 'remove-key-credential',
        keyId: key.entry.keyId,
        displayName: key.displayName,
        ours: false,
        thumbprint: key.thumbprint,
      };
      return found('expired-key-credential', params, { key: key.entry.keyId, remedy: remedy(change, 'key-credential') });
    });
}

/** What a granted role is called, for people: value and resource; their ids where the resource could not be read. */
function roleName(observed: Observed, { resourceId, appRoleId, resourceDisplayName }: AppRoleAssignment) {
  const resource = Object.values(observed.resources).find((each) => each?.servicePrincipalId === resourceId);
  const value = Object.entries(resource?.roles ?? {}).find(([, id]) => id === appRoleId)?.[0] ?? appRoleId;
  return { value, resource: resource?.displayName || resourceDisplayName || resourceId, resourceAppId: resource?.appId ?? '' };
}

/** Profiles that a server was handed over with and that need this permission: without it, that server stops. */
const neededBy = ({ handedOver }: Desired, resourceAppId: string, value: string): string =>
  [
    ...new Set(handedOver.filter((each) => each.resourceAppId === resourceAppId && each.value === value).map(({ profile }) => profile)),
  ].join(', ');

function foreignGrants(desired: Desired, observed: Observed): Found[] {
  const wanted = new Set(
    desired.permissions.map((permission) => {
      const resource = observed.resources[permission.resourceAppId];
      return `${resource?.servicePrincipalId} ${resource?.roles[permission.value]}`;
    }),
  );
  return observed.roleGrants
    .filter((grant) => !wanted.has(`${grant.resourceId} ${grant.appRoleId}`))
    .map((grant) => {
      const { value, resource, resourceAppId } = roleName(observed, grant);
      const change: Change = { change: 'revoke-role', resourceId: grant.resourceId, assignmentId: grant.id, value, resource };
      const needed = neededBy(desired, resourceAppId, value);
      const params = { value, resource, needed: needed === '' ? 'no' : 'yes', profile: needed };
      return found('foreign-grant', params, { key: grant.id, remedy: remedy(change, 'consent') });
    });
}

function servicePrincipal(observed: Observed): Found[] {
  const principal = observed.servicePrincipal;
  if (principal === null) return [];
  const list: Found[] = [];
  if (!principal.accountEnabled) {
    list.push(
      found(
        'service-principal-disabled',
        {},
        { remedy: { change: { change: 'enable-service-principal', id: principal.id }, step: 'registration', removes: false } },
      ),
    );
  }
  if (principal.assignmentRequired) {
    list.push(
      found('assignment-required', {}, { remedy: remedy({ change: 'clear-assignment-required', id: principal.id }, 'registration') }),
    );
  }
  return list;
}

/** Everything the tenant holds that is neither made nor needed by this credential. */
export function collectFindings(desired: Desired, observed: Observed): Found[] {
  const { application } = observed;
  const sameName = observed.sameName
    .filter((other) => other.clientId !== application?.clientId)
    .map((other) =>
      found(
        'same-name-application',
        { name: other.displayName, clientId: other.clientId, created: other.createdDateTime },
        { key: other.clientId },
      ),
    );
  const policy =
    observed.policy === null ? [found('policy-unreadable', {})] : clampedLifetime(desired, observed.policy).map((finding) => ({ finding }));
  if (application === null) return [...sameName, ...policy];
  const foreignUris = application.redirectUris
    .filter((uri) => uri !== desired.redirectUri)
    .map((uri) => found('foreign-redirect-uri', { uri }, { key: uri }));
  return [
    ...sameName,
    ...policy,
    ...(desired.uniqueName === null ? adoptedSettings(application) : []),
    ...settings(application),
    ...foreignKeys(desired, observed, application),
    ...leftoverKeys(desired, observed),
    ...foreignUris,
    ...foreignGrants(desired, observed),
    ...servicePrincipal(observed),
  ];
}
