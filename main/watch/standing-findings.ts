import type { CredentialRecord } from '../credential/index.ts';
import type { Texts } from '../texts/index.ts';
import { localTime, type ServerFinding, type ServerFindingKind } from './server-findings.ts';

/** In which archive a credential of this list is; null where that is not known. */
export type ArchiveOf = (credentialId: string) => { readonly server: { readonly id: string }; readonly instance: string | null } | null;

/** What a server showed later decides more than what it was found to need. */
const overBy = {
  expired: 'server-certificate',
  expiring: 'server-certificate',
  'other-certificate': 'server-certificate',
  failing: 'server-archiving',
  'failing-after-move': 'server-archiving',
  empty: 'server-archiving',
  'not-asked': null,
} as const satisfies Record<ServerFindingKind, string | null>;

/** Whether its server has shown since that it is well: somebody has mended it, and the daily question comes tomorrow. */
function isOver({ proof }: CredentialRecord, { finding, askedAt }: ServerFinding): boolean {
  const check = overBy[finding];
  return proof?.checks.some((each) => each.check === check && each.result === 'passed' && (each.passedAt ?? proof.at) > askedAt) ?? false;
}

/** The credentials here that a finding is about: the one it names, or those that are in this archive. */
function concerned(
  { credential, name, server, instance }: ServerFinding,
  records: readonly CredentialRecord[],
  archiveOf: ArchiveOf,
): readonly CredentialRecord[] {
  if (credential !== null) return records.filter(({ id }) => id === credential);
  // Of a credential that nobody added.
  if (name !== null) return [];
  return records.filter(({ id }) => {
    const at = archiveOf(id);
    return at?.server.id === server && at.instance?.toLowerCase() === instance?.toLowerCase();
  });
}

/** Those that no server has shown to be over since it was asked for them. */
export function standingFindings(
  findings: readonly ServerFinding[],
  records: readonly CredentialRecord[],
  archiveOf: ArchiveOf,
): readonly ServerFinding[] {
  return findings.filter((each) => !concerned(each, records, archiveOf).some((record) => isOver(record, each)));
}

function reasonText({ finding, serverName: server, params }: ServerFinding, { t }: Texts): string | null {
  const since = localTime(params['since']).slice(0, 10);
  switch (finding) {
    // It says nothing of any credential.
    case 'not-asked':
      return null;
    case 'failing':
    case 'failing-after-move':
      return t('watch.server.reason.failing', { server, since });
    case 'empty':
      return t('watch.server.reason.empty', { server, since });
    default:
      return t(`watch.server.reason.${finding}`, { server });
  }
}

/**
 * What stands beside the state of a credential because of its server, in a few words, by the credential's id; the first that was found
 * counts.
 *
 * @param findings as `standingFindings` leaves them
 */
export function findingReasons(
  findings: readonly ServerFinding[],
  records: readonly CredentialRecord[],
  archiveOf: ArchiveOf,
  texts: Texts,
): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  for (const each of findings) {
    const reason = reasonText(each, texts);
    if (reason === null) continue;
    for (const { id } of concerned(each, records, archiveOf)) if (!reasons.has(id)) reasons.set(id, reason);
  }
  return reasons;
}
