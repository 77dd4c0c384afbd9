import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Spoils the row of one credential as a flipped byte or another program does: no rule of the table is asked.
 *
 * @param document SQL for what is to stand there
 */
export function spoil(directory: string, credentialId: string, document: string): void {
  const raw = new DatabaseSync(join(directory, 'keyring.sqlite'));
  raw.exec('PRAGMA ignore_check_constraints = ON');
  raw.prepare(`UPDATE credential SET document = ${document} WHERE id = ?`).run(credentialId);
  raw.close();
}
