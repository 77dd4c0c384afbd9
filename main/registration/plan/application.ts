import type { Change, PlannedChange } from '../change.ts';
import type { Desired, DesiredCertificate } from '../desired.ts';
import type { Observed, ObservedApplication, ObservedKeyCredential } from '../observed.ts';

const added = (change: Change, step: string): PlannedChange => ({ change, step, removes: false });

/** Removals of key credentials that are ours by the hash of their certificate. */
function ownRemovals(
  application: ObservedApplication,
  ours: readonly string[],
  which: (key: ObservedKeyCredential) => boolean,
): PlannedChange[] {
  return application.keyCredentials
    .filter((key) => key.thumbprintSha256 !== null && ours.includes(key.thumbprintSha256) && which(key))
    .map((key) => ({
      change: {
        change: 'remove-key-credential',
        keyId: key.entry.keyId,
        displayName: key.displayName,
        ours: true,
        thumbprint: key.thumbprint,
      },
      step: 'G10',
      removes: true,
    }));
}

/**
 * Removals of the current certificate where it stands in the application more than once (an upload by hand, or a request
 * that was repeated): one stays, the one that is stored here or else the one that ends last.
 */
function doubles({ keyId: stored }: DesiredCertificate, published: readonly ObservedKeyCredential[]): PlannedChange[] {
  const last = published.toSorted((one, other) => Date.parse(other.endDateTime) - Date.parse(one.endDateTime))[0];
  const kept = published.find(({ entry }) => entry.keyId.toLowerCase() === stored.toLowerCase()) ?? last;
  return published
    .filter((key) => key !== kept)
    .map(({ entry: { keyId }, displayName, thumbprint }) => ({
      change: { change: 'remove-key-credential', keyId, displayName, ours: true, thumbprint, double: true },
      step: 'G10',
      removes: true,
    }));
}

/** What the plan of the key credentials depends on. */
export type ObservedKeys = Pick<Observed, 'at' | 'application'>;

/**
 * Changes of the key credentials. With a new one go those of ours whose end has passed, because they can make Microsoft
 * refuse the update; what was retired goes only while the current one is there.
 */
export function keyChanges(desired: Desired, { at, application }: ObservedKeys): PlannedChange[] {
  const { certificate } = desired;
  if (certificate === null) return [];
  const published = application?.keyCredentials.filter((key) => key.thumbprintSha256 === certificate.thumbprintSha256) ?? [];
  if (application !== null && published.length > 0)
    return [...doubles(certificate, published), ...ownRemovals(application, desired.retiredThumbprints, () => true)];
  const expired =
    application === null ? [] : ownRemovals(application, desired.earlierThumbprints, (key) => Date.parse(key.endDateTime) < Date.parse(at));
  return [...expired, added({ change: 'add-key-credential', certificate }, 'G10')];
}

function signInChanges(desired: Desired, application: ObservedApplication | null): PlannedChange[] {
  if (desired.redirectUri === null) return [];
  const changes: PlannedChange[] = [];
  const uris = application?.redirectUris ?? [];
  if (!uris.includes(desired.redirectUri)) {
    changes.push(added({ change: 'set-redirect-uris', uris: [...uris, desired.redirectUri], added: desired.redirectUri }, 'G12'));
  }
  if (!application?.idTokens) changes.push(added({ change: 'enable-id-tokens' }, 'G14'));
  return changes;
}

/** The permissions the application asks for (`requiredResourceAccess`); those of others stay. */
function requiredChanges(desired: Desired, observed: Observed): PlannedChange[] {
  return desired.permissions.flatMap((permission) => {
    const resource = observed.resources[permission.resourceAppId];
    const id = permission.type === 'Role' ? resource?.roles[permission.value] : resource?.scopes[permission.value];
    if (id === undefined) return [];
    const there = observed.application?.required.some(
      (entry) =>
        entry.resourceAppId === permission.resourceAppId &&
        entry.resourceAccess.some((access) => access.id === id && access.type === permission.type),
    );
    if (there) return [];
    const { resourceAppId, type, value } = permission;
    return [added({ change: 'require-permission', resourceAppId, id, type, value }, permission.step)];
  });
}

/** On an application that we made, settings that the guide wants off are ours to switch off again (G13, G14). */
function ownSettings(desired: Desired, application: ObservedApplication | null): PlannedChange[] {
  if (application === null || desired.uniqueName === null) return [];
  const changes: PlannedChange[] = [];
  if (application.accessTokens) changes.push({ change: { change: 'disable-access-tokens' }, step: 'G14', removes: true });
  if (application.logoutUrl)
    changes.push({ change: { change: 'clear-logout-url', was: application.logoutUrl }, step: 'G13', removes: true });
  return changes;
}

/** Changes of the application object, in the guide's order. */
export function applicationChanges(desired: Desired, observed: Observed): PlannedChange[] {
  const create: PlannedChange[] =
    observed.application === null && desired.uniqueName !== null
      ? [added({ change: 'create-application', displayName: desired.appName, uniqueName: desired.uniqueName }, 'G2')]
      : [];
  return [
    ...create,
    ...keyChanges(desired, observed),
    ...signInChanges(desired, observed.application),
    ...ownSettings(desired, observed.application),
    ...requiredChanges(desired, observed),
  ];
}
