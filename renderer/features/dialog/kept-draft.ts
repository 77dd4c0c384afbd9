import type { Draft } from '../../../preload/contract.ts';
import { isCloud } from '../../parts/clouds.ts';
import { currentCertificate, type Form } from './form.ts';

/**
 * What was typed and not saved yet, kept in the window's own storage as its views are: fields of the dialog alone, and never a
 * key, a password or a certificate, which main holds. Only what differs from what the dialog began with is kept, so that what
 * somebody else changes meanwhile is not typed over.
 */
export interface KeptDraft {
  /** When something was typed last; ISO 8601. */
  readonly at: string;
  readonly change: Partial<Draft>;
  /** A certificate was chosen from a file, which has to be chosen again. */
  readonly fromFile: boolean;
}

/** Of drafts that nobody comes back to the oldest go. */
const most = 20;

/** Practice data and real data are never in one list. */
const placeOf = (practice: boolean) => (practice ? 'dialog.drafts.practice' : 'dialog.drafts');
const nameOf = (credential: string | null) => credential ?? 'new';

const texts = [
  'name',
  'clientId',
  'tenant',
  'appName',
  'fqdn',
  'port',
  'server',
  'instance',
  'profile',
  'permissions',
  'keepAs',
  'customer',
  'notes',
];
const accepts: Readonly<Record<string, (value: unknown) => boolean>> = {
  ...Object.fromEntries(texts.map((field) => [field, (value: unknown) => typeof value === 'string'])),
  userSignIn: (value) => typeof value === 'boolean',
  custody: (value) => value === 'keyring' || value === 'external',
  cloud: (value) => typeof value === 'string' && isCloud(value),
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isChange = (value: unknown): value is Partial<Draft> =>
  isObject(value) && Object.entries(value).every(([field, typed]) => accepts[field]?.(typed) === true);
const isKept = (value: unknown): value is KeptDraft =>
  isObject(value) && !Number.isNaN(Date.parse(String(value['at']))) && isChange(value['change']) && typeof value['fromFile'] === 'boolean';

function readAll(practice: boolean): Readonly<Record<string, KeptDraft>> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(placeOf(practice)) ?? '{}');
    return isObject(found) ? Object.fromEntries(Object.entries(found).flatMap(([name, kept]) => (isKept(kept) ? [[name, kept]] : []))) : {};
  } catch {
    return {};
  }
}

/** @param credential id of what was edited; null for a new one */
export const readDraft = (practice: boolean, credential: string | null): KeptDraft | null => readAll(practice)[nameOf(credential)] ?? null;

/** What was typed since the dialog began; null where it is as it was. */
function draftOf(base: Draft, form: Form, now: Date): KeptDraft | null {
  const { draft } = form;
  const before = new Map<string, unknown>(Object.entries(base));
  const change = Object.fromEntries(Object.entries(draft).filter(([field, value]) => field !== 'id' && value !== before.get(field)));
  if (Object.keys(change).length === 0 || !isChange(change)) return null;
  const slot = currentCertificate(form);
  const fromFile = slot.kind === 'new' && (draft.custody === 'external' || slot.chain !== undefined);
  return { at: now.toISOString(), change, fromFile };
}

function write(practice: boolean, credential: string | null, kept: KeptDraft | null): void {
  const { [nameOf(credential)]: _replaced, ...others } = readAll(practice);
  const newest = Object.entries(others)
    .toSorted(([, one], [, other]) => other.at.localeCompare(one.at))
    .slice(0, most - 1);
  localStorage.setItem(
    placeOf(practice),
    JSON.stringify(Object.fromEntries([...(kept === null ? [] : [[nameOf(credential), kept]]), ...newest])),
  );
}

/** Keeps what was typed in a dialog that began with `base`. */
export const keepDraft = (practice: boolean, base: Draft, form: Form): void => write(practice, base.id, draftOf(base, form, new Date()));

export const forgetDraft = (practice: boolean, credential: string | null): void => write(practice, credential, null);

export const withDraft = (form: Form, { change }: KeptDraft): Form => ({ ...form, draft: { ...form.draft, ...change } });
