import { resourceAppIds } from '../clouds/index.ts';
import type { Check, HandoverView } from '../credential/index.ts';
import type { Texts } from '../texts/index.ts';
import type { Change, Finding, PlannedChange } from './change.ts';

const resourceNames: Readonly<Record<string, string>> = {
  [resourceAppIds.graph]: 'Microsoft Graph',
  [resourceAppIds.exchange]: 'Office 365 Exchange Online',
};

const resourceName = (appId: string) => resourceNames[appId] ?? appId;

/** Placeholders of the text of a change. */
function parameters(change: Change): Record<string, string> {
  switch (change.change) {
    case 'create-application':
      return { name: change.displayName };
    case 'add-key-credential':
      return { thumbprint: change.certificate.thumbprint, end: change.certificate.notAfter.slice(0, 10) };
    case 'remove-key-credential':
      return {
        name: change.displayName,
        keyId: change.keyId,
        ours: change.ended === true ? 'ended' : change.double === true ? 'double' : String(change.ours),
      };
    case 'set-redirect-uris':
      return { uri: change.added };
    case 'require-permission':
    case 'remove-permission':
    case 'grant-role':
      return { value: change.value, resource: resourceName(change.resourceAppId) };
    case 'revoke-role':
      return { value: change.value, resource: change.resource };
    case 'grant-scopes':
      return { scopes: change.added.join(' ') };
    case 'create-resource-service-principal':
      return { resource: resourceName(change.appId) };
    case 'clear-logout-url':
    case 'set-audience':
      return { was: change.was };
    default:
      return {};
  }
}

/** One line that says what a change does and why, in the language of the run. */
export function changeReason({ change }: PlannedChange, texts: Texts): string {
  return texts.t(`change.${change.change}`, parameters(change));
}

/** What a change adds, in a few words, and what kind of thing that is; null for one that has to be told as a sentence. */
export function changeName({ change, removes }: PlannedChange, texts: Texts): { readonly name: string; readonly note: string } | null {
  if (removes) return null;
  const { t } = texts;
  switch (change.change) {
    case 'create-application':
      return { name: change.displayName, note: '' };
    case 'create-service-principal':
      return { name: t('change.name.service-principal'), note: '' };
    case 'add-key-credential':
      return {
        name: change.certificate.thumbprint,
        note: t('change.note.expires', { end: texts.date(new Date(change.certificate.notAfter)) }),
      };
    case 'set-redirect-uris':
      return { name: change.added, note: t('change.note.redirect-uri') };
    case 'enable-id-tokens':
      return { name: t('change.name.id-tokens'), note: '' };
    case 'require-permission':
    case 'grant-role':
      return { name: change.value, note: resourceName(change.resourceAppId) };
    case 'grant-scopes':
      return { name: change.added.join(', '), note: t('change.note.sign-in') };
    default:
      return null;
  }
}

export function findingText({ finding, params }: Finding, texts: Texts): string {
  return texts.t(`finding.${finding}`, params);
}

/** Evidence or reason of a stored check: one sentence, and from the second line on the commands that somebody else runs. */
export function evidenceText({ evidence, script }: Pick<Check, 'evidence' | 'script'>, texts: Texts): string {
  if (typeof evidence === 'string') return evidence;
  const sentence = texts.say(evidence);
  return script === undefined ? sentence : `${sentence}\n${script}`;
}

/** Who says that the server uses the certificate: the administrator, the server itself, or both. */
export function handoverText({ by, confirmedAt, thumbprint, word, server }: HandoverView, texts: Texts): string {
  const { t } = texts;
  const confirmed = t('handover.text', { by, at: texts.date(new Date(confirmedAt)), thumbprint });
  const archived = server?.archived ?? null;
  if (server === undefined || archived === null) return confirmed;
  const told = { server: server.name, count: archived.items, time: archived.completedAt.replace('T', ' '), thumbprint };
  const shown = t('handover.text.server', told);
  return word === 'server' ? shown : `${confirmed}; ${shown}`;
}
