import type { CredentialRecord } from '../credential/index.ts';
import { datedChanges, isTouched, type DatedChange } from '../servers/index.ts';

/** Days before a change at which it becomes more urgent. */
const steps = [7, 30, 90] as const;

/** A change at Microsoft that credentials of the list have to be prepared for. */
export interface ChangeAhead {
  readonly id: DatedChange['id'];
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Whole days that are left, counting the one that has begun. */
  readonly days: number;
  /** The narrowest of 90, 30 and 7 days that it has come within; null while it is further away. */
  readonly level: number | null;
  readonly source: DatedChange['source'];
  readonly credentials: readonly { readonly id: string; readonly name: string }[];
}

const dayMs = 86_400_000;

/** What is still to come, and whom of the list it touches; what touches nobody is left out, and what has passed too. */
export function changesAhead(records: readonly CredentialRecord[], now: Date): ChangeAhead[] {
  return datedChanges().flatMap((change): ChangeAhead[] => {
    const days = Math.ceil((Date.parse(`${change.date}T00:00:00Z`) - now.getTime()) / dayMs);
    const touched = records.filter(({ profile }) => isTouched(profile, change));
    if (days <= 0 || touched.length === 0) return [];
    const level = steps.find((step) => days <= step) ?? null;
    const { id, date, source } = change;
    return [{ id, date, days, level, source, credentials: touched.map(({ id: credential, name }) => ({ id: credential, name })) }];
  });
}
