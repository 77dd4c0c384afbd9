import type { Step } from '../../servers/index.ts';
import type { Change, PlannedChange } from '../change.ts';
import type { Desired, DesiredCertificate } from '../desired.ts';
import type { Observed, ObservedApplication, ObservedKeyCredential } from '../observed.ts';

const added = (change: Change, step: Step): PlannedChange => ({ change, step, removes: false });

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
      step: 'key-credential',
      removes: true,
    }));
}

/**
 * Removals of the current certificate where it stands in the application more than once (an upload by hand, or a request
 * that was repeated): one stays, the one that is stored here or else the one that ends last.
 */
function doubles({ keyId: stored }: DesiredCertificate, published: readonly ObservedKeyCredential[], at: string): PlannedChange[] {
  const byEnd = published.toSorted((one, other) => Date.parse(other.endDateTime) - Date.parse(one.endDateTime));
  const kept = byEnd.find((key) => key.entry.keyId.toLowerCase() === stored.toLowerCase() && !hasEnded(key, at)) ?? byEnd[0];
  return published.filter((key) => key !== kept).map((key) => removalOf(key, { double: true }));
}

const hasEnded = ({ endDateTime }: ObservedKeyCredential, at: string): boolean => Date.parse(endDateTime) < Date.parse(at);

const removalOf = (
  { entry: { keyId }, displayName, thumbprint }: ObservedKeyCredential,
  why: { readonly double: true } | { readonly ended: true },
): PlannedChange => ({
  change: { change: 'remove-key-credential', keyId, displayName, ours: true, thumbprint, ...why },
  step: 'key-credential',
  removes: true,
});

/** Another keyId for the same certificate, the same each time: the other half of its hash. */
const renewedKeyId = ({ thumbprintSha256 }: DesiredCertificate): string =>
  thumbprintSha256
    .slice(32)
    .toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/**
 * The current certificate where every entry of it has ended in the tenant although it is still valid itself, as somebody who
 * uploads it with an end of their own can make it: nobody can sign in with it, so it is published anew in their place.
 */
function renewal(certificate: DesiredCertificate, published: readonly ObservedKeyCredential[]): PlannedChange[] {
  return [
    ...published.map((key) => removalOf(key, { ended: true })),
    added({ change: 'add-key-credential', certificate: { ...certificate, keyId: renewedKeyId(certificate) } }, 'key-credential'),
  ];
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
  const endedEarly = published.every((key) => hasEnded(key, at)) && Date.parse(certificate.notAfter) > Date.parse(at);
  if (application !== null && published.length > 0 && endedEarly) return renewal(certificate, published);
  if (application !== null && published.length > 0)
    return [...doubles(certificate, published, at), ...ownRemovals(application, desired.retiredThumbprints, () => true)];
  const expired =
    application === null ? [] : ownRemovals(application, desired.earlierThumbprints, (key) => Date.parse(key.endDateTime) < Date.parse(at));
  return [...expired, added({ change: 'add-key-credential', certificate }, 'key-credential')];
}

function signInChanges(desired: Desired, application: ObservedApplication | null): PlannedChange[] {
  if (desired.redirectUri === null) return [];
  const changes: PlannedChange[] = [];
  const uris = application?.redirectUris ?? [];
  if (!uris.includes(desired.redirectUri)) {
    changes.push(added({ change: 'set-redirect-uris', uris: [...uris, desired.redirectUri], added: desired.redirectUri }, 'user-sign-in'));
  }
  if (!application?.idTokens) changes.push(added({ change: 'enable-id-tokens' }, 'user-sign-in'));
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
    return [added({ change: 'require-permission', resourceAppId, id, type, value }, 'permissions')];
  });
}

/** On an application that we made, settings that the guide wants off are ours to switch off again (G13, G14). */
function ownSettings(desired: Desired, application: ObservedApplication | null): PlannedChange[] {
  if (application === null || desired.uniqueName === null) return [];
  const changes: PlannedChange[] = [];
  if (application.accessTokens) changes.push({ change: { change: 'disable-access-tokens' }, step: 'user-sign-in', removes: true });
  if (application.logoutUrl)
    changes.push({ change: { change: 'clear-logout-url', was: application.logoutUrl }, step: 'user-sign-in', removes: true });
  return changes;
}

/** Changes of the application object, in the guide's order. */
export function applicationChanges(desired: Desired, observed: Observed): PlannedChange[] {
  const create: PlannedChange[] =
    observed.application === null && desired.uniqueName !== null
      ? [added({ change: 'create-application', displayName: desired.appName, uniqueName: desired.uniqueName }, 'registration')]
      : [];
  return [
    ...create,
    ...keyChanges(desired, observed),
    ...signInChanges(desired, observed.application),
    ...ownSettings(desired, observed.application),
    ...requiredChanges(desired, observed),
  ];
}
