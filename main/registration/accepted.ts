import { Fault } from '../faults.ts';
import type { FindingKind } from './change.ts';

const alone = /^$/;
const entry = /^:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What each finding that can be accepted is called: by its kind alone, or with the id of the entry it is about. */
const forms: Partial<Readonly<Record<FindingKind, RegExp>>> = {
  'access-tokens': alone,
  'logout-url': alone,
  audience: alone,
  'public-client': alone,
  'service-principal-disabled': alone,
  'assignment-required': alone,
  'expired-key-credential': entry,
  'leftover-key-credential': entry,
  'foreign-grant': /^:[\w-]+$/,
};

/**
 * Refuses ids that no finding can have. One that is no longer there is no mistake: the same command has to go through a
 * second time.
 *
 * @throws Fault('input.accept.unknown')
 */
export function requireAcceptable(ids: readonly string[]): void {
  const known = Object.entries(forms);
  for (const id of ids) {
    if (known.some(([kind, rest]) => id.startsWith(kind) && rest.test(id.slice(kind.length)))) continue;
    const allowed = known.map(([kind, rest]) => (rest === alone ? kind : `${kind}:<ID>`)).join(', ');
    throw new Fault('input.accept.unknown', { params: { id, allowed } });
  }
}
