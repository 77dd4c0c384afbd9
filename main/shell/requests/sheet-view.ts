import type { CredentialRow } from '../../../preload/contract.ts';
import type { CredentialRecord } from '../../credential/index.ts';
import { serverById } from '../../servers/index.ts';

/** When the current certificate was last seen in the tenant; null where nobody has seen it there. */
function publishedAt({ certificate, proof }: CredentialRecord): string | null {
  if (certificate === null) return null;
  if (certificate.inTenant !== null) return certificate.inTenant.seenAt;
  const check = proof?.checks.find((each) => each.check === 'key-credential');
  return check?.result === 'passed' ? (proof?.at ?? null) : null;
}

/**
 * The steps in the server that are done. With a key of the server's, its certificate is seen in the tenant, so nobody ticks that step;
 * a key of ours says nothing about what the server has.
 */
export function sheetView(record: CredentialRecord): CredentialRow['sheet'] {
  const { sheet, server, custody } = record;
  const step = serverById(server.id)?.sheet.find((each) => 'part' in each)?.id ?? 'certificate';
  if (custody === 'keyring') return { ...sheet };
  const { [step]: _word, ...others } = sheet;
  const at = publishedAt(record);
  return at === null ? others : { ...others, [step]: { by: 'evidence', at } };
}
