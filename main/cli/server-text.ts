import { registrationKey } from '../credential/index.ts';
import { addressUrl, type ArchiveOverview, type InstanceOverview, type ServerRecord } from '../mailstore/index.ts';
import type { Texts } from '../texts/index.ts';
import { faultDocument, faultLine } from './output.ts';
import { table } from './table.ts';

/** A credential here: what it is told apart by. */
export interface OwnCredential {
  readonly id: string;
  readonly clientId: string | null;
  readonly tenantId: string;
}

/** A server as documents show it. `sha256` is null where this computer trusts the certificate. */
export const serverDocument = ({ name, kind, version, pin, instances, ...address }: ServerRecord) => ({
  name,
  kind,
  version,
  address: addressUrl(address),
  sha256: pin,
  instances,
});

/** What an archive says of itself, each of its credentials with the one of this list that has the same ids. */
export function overviewDocument({ credentials, redirectUri, runs }: ArchiveOverview, own: readonly OwnCredential[]) {
  const ours = (held: { readonly clientId: string; readonly tenantId: string }) =>
    own.find((record) => registrationKey(record) === registrationKey(held))?.id ?? null;
  return {
    credentials: credentials.map(({ id, name, type, clientId, tenantId, thumbprint, notAfter, selected }) => ({
      id,
      name,
      type,
      clientId,
      tenantId,
      thumbprint,
      notAfter,
      selected,
      credential: ours({ clientId, tenantId }),
    })),
    redirectUri,
    runs,
  };
}

/** One instance as documents show it. */
export const instanceDocument = (each: InstanceOverview, own: readonly OwnCredential[], texts: Texts) =>
  'fault' in each
    ? { instance: each.instance, ...faultDocument(each.fault, texts) }
    : { instance: each.instance, ...overviewDocument(each.overview, own) };

/** One line of the list. */
export const serverLine = (record: ServerRecord, { t }: Texts): string[] => [
  record.name,
  t(`asked-server.kind.${record.kind}`),
  record.version,
  addressUrl(record),
  record.user,
  record.lastContact.slice(0, 10),
];

/** What an archive says of itself, in words. */
export function overviewText({ credentials, redirectUri, runs }: ArchiveOverview, { t }: Texts): string {
  const rows = credentials.map(({ name, clientId, tenantId, thumbprint, notAfter, selected }) => [
    `  ${name}`,
    clientId,
    tenantId,
    thumbprint,
    t('asked-server.until', { date: notAfter.slice(0, 10) }),
    selected ? t('asked-server.selected') : '',
  ]);
  const { last, failingSince } = runs;
  const run =
    last === null
      ? t('asked-server.no-run')
      : t('asked-server.last-run', { result: last.result, count: last.itemsArchived, time: last.completedAt.replace('T', ' ') });
  return [
    rows.length === 0 ? `  ${t('asked-server.no-credential')}\n` : table(rows),
    redirectUri === null ? '' : `  ${t('field.redirect-uri')}: ${redirectUri}\n`,
    `  ${run}\n`,
    failingSince === null ? '' : `  ${t('asked-server.failing-since', { time: failingSince.replace('T', ' ') })}\n`,
  ].join('');
}

/** The same of one instance, or why it says nothing. */
export const instanceText = (each: InstanceOverview, texts: Texts): string =>
  `${each.instance}\n${'fault' in each ? `  ${faultLine(each.fault, texts)}` : overviewText(each.overview, texts)}`;
