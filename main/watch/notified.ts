import { z } from 'zod';
import type { Log } from '../log/index.ts';
import type { CredentialRecord } from '../credential/index.ts';
import { expiring, expirySteps, type Expiring } from './expiry.ts';
import { recall, remember } from './remembered.ts';

/** The last step that was notified, by credential and the thumbprint of its certificate: a new certificate begins anew. */
const notifiedSchema = z.record(z.string(), z.literal(expirySteps));
type Notified = z.infer<typeof notifiedSchema>;

const nameOf = ({ record, certificate }: Expiring): string => `${record.id}/${certificate.thumbprint}`;

/**
 * The certificates that have come to a step that nobody was told of, and remembers that they now are. Of several steps
 * that passed meanwhile only the last counts.
 *
 * @param file where it is remembered
 */
export async function newlyExpiring(records: readonly CredentialRecord[], now: Date, file: string, log: Log): Promise<Expiring[]> {
  const notified = await recall<Notified>(file, notifiedSchema, {});
  const all = expiring(records, now);
  const fresh = all.filter((each) => {
    const before = notified[nameOf(each)];
    return before === undefined || before > each.step;
  });
  if (fresh.length === 0) return [];
  const next: Notified = Object.fromEntries(all.map((each) => [nameOf(each), each.step]));
  await remember(file, next, log, 'expiry.not-remembered');
  return fresh;
}
