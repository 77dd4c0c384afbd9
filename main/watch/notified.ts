import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeNewFile } from '../files/index.ts';
import type { Log } from '../log/index.ts';
import type { CredentialRecord } from '../credential/index.ts';
import { expiring, expirySteps, type Expiring } from './expiry.ts';

/** The last step that was notified, by credential and the thumbprint of its certificate: a new certificate begins anew. */
const notifiedSchema = z.record(z.string(), z.literal(expirySteps));
type Notified = z.infer<typeof notifiedSchema>;

const nameOf = ({ record, certificate }: Expiring): string => `${record.id}/${certificate.thumbprint}`;

/** Nothing where there is no such file, or none that is understood: then they are notified once more. */
async function readNotified(file: string): Promise<Notified> {
  try {
    return notifiedSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}

/**
 * The certificates that have come to a step that nobody was told of, and remembers that they now are. Of several steps
 * that passed meanwhile only the last counts.
 *
 * @param file where it is remembered
 */
export async function newlyExpiring(records: readonly CredentialRecord[], now: Date, file: string, log: Log): Promise<Expiring[]> {
  const notified = await readNotified(file);
  const all = expiring(records, now);
  const fresh = all.filter((each) => {
    const before = notified[nameOf(each)];
    return before === undefined || before > each.step;
  });
  if (fresh.length === 0) return [];
  const next: Notified = Object.fromEntries(all.map((each) => [nameOf(each), each.step]));
  try {
    await writeNewFile(file, Buffer.from(`${JSON.stringify(next, null, 2)}\n`), { force: true });
  } catch (error) {
    // Notified twice is better than not at all.
    log.warn('expiry.not-remembered', { cause: error });
  }
  return fresh;
}
