import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { CredentialRecord } from '../../credential/index.ts';
import type { Engine } from '../engine.ts';

/** What is done here with a key or with the word about it, of which nothing is seen in the tenant; and the consent that a sign-in takes back. */
export type Act =
  | 'export-key'
  | 'import-key'
  | 'confirm-handover'
  | 'server-handover'
  | 'undo-handover'
  | 'mark-used-here-only'
  | 'forget-key'
  | 'remove-sign-in-consent'
  | 'remove-credential'
  | 'restore-credential'
  | 'purge-credential';

/** The account that this program runs as. */
export function whoActs(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown'; // a user id without an account, as in containers
  }
}

/**
 * Writes an act into the trail, with the certificate it is about: who, when, which. Called in the transaction of what it
 * records where there is one, and before what cannot be taken back.
 *
 * @param thumbprint SHA-1, upper-case hex; null where it is about all of them
 */
export function recordAct(
  { trail }: Pick<Engine, 'trail'>,
  { id, tenantId, name }: Pick<CredentialRecord, 'id' | 'tenantId' | 'name'>,
  act: Act,
  thumbprint: string | null,
  detail: Readonly<Record<string, unknown>> = {},
): void {
  trail.append({
    operation: randomUUID(),
    credentialId: id,
    tenantId,
    actor: whoActs(),
    phase: 'done',
    change: act,
    target: thumbprint,
    detail: { name, ...(thumbprint === null ? {} : { thumbprint }), ...detail },
  });
}
