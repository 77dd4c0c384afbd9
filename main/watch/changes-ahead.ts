import type { CredentialRecord } from '../credential/index.ts';
import { datedChanges, isTouched, type DatedChange } from '../servers/index.ts';

/** Days before a change at which it becomes more urgent. */
const steps = [7, 30, 90] as const;

/** A change at Microsoft that credentials of the list have to be prepared for, or had to be. */
export interface ChangeAhead {
  readonly id: DatedChange['id'];
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Whole days that are left, counting the one that has begun; 0 when it has come. */
  readonly days: number;
  /** The narrowest of 90, 30 and 7 days that it has come within; null while it is further away. */
  readonly level: number | null;
  readonly source: DatedChange['source'];
  readonly credentials: readonly { readonly id: string; readonly name: string }[];
}

const dayMs = 86_400_000;

/** What touches these credentials, whether it is still to come or has come; what touches none of them is left out. */
export function changesTouching(records: readonly CredentialRecord[], now: Date): ChangeAhead[] {
  return datedChanges().flatMap((change): ChangeAhead[] => {
    const days = Math.max(0, Math.ceil((Date.parse(`${change.date}T00:00:00Z`) - now.getTime()) / dayMs));
    const touched = records.filter(({ profile }) => isTouched(profile, change));
    if (touched.length === 0) return [];
    const level = steps.find((step) => days <= step) ?? null;
    const { id, date, source } = change;
    return [{ id, date, days, level, source, credentials: touched.map(({ id: credential, name }) => ({ id: credential, name })) }];
  });
}

/** What is still to come, and whom of the list it touches; what touches nobody, has passed or was dismissed is left out. */
export const changesAhead = (records: readonly CredentialRecord[], now: Date, dismissed: ReadonlySet<string> = new Set()): ChangeAhead[] =>
  changesTouching(records, now).filter(({ id, days }) => days > 0 && !dismissed.has(id));
