import type { AppFacts, CredentialRow } from '../../../preload/contract.ts';
import type { Texts } from '../../bridge/translate.ts';
import { groupedThumbprint } from '../../parts/thumbprint.ts';
import { cloudNames } from '../../parts/clouds.ts';
import type { Fact } from '../../parts/fact-list.tsx';

const copied = (name: string, value: string | null, none: string): Fact =>
  value === null || value === '' ? { name, value: none } : { name, value, copy: value };

/** Who the credential is. */
export function identityFacts(
  row: CredentialRow,
  { profiles, servers, annotations }: Pick<AppFacts, 'profiles' | 'servers' | 'annotations'>,
  { t }: Texts,
): Fact[] {
  const none = t('manager.none');
  return [
    { name: t('field.name'), value: row.name },
    ...annotations.flatMap(({ field, label }) => (row[field] === '' ? [] : [{ name: label, value: row[field] }])),
    { name: t('field.type'), value: t('manager.type') },
    { name: t('field.tenant'), value: [row.tenantName, row.tenantDomain].filter(Boolean).join(' · ') || none },
    copied(t('field.tenant-id'), row.tenantId, none),
    copied(t('field.client-id'), row.clientId, none),
    { name: t('details.cloud'), value: t(cloudNames[row.cloud]) },
    copied(t('field.redirect-uri'), row.redirectUri, t('details.no-redirect-uri')),
    { name: t('field.server'), value: servers.find((server) => server.id === row.server)?.name ?? row.server },
    ...(row.instance === null ? [] : [{ name: t('field.instance'), value: row.instance }]),
    { name: t('field.profile'), value: profiles.find((profile) => profile.id === row.profile)?.name ?? row.profile },
    { name: t('field.custody'), value: t(`custody.${row.custody}`) },
  ];
}

/** Its certificate. */
export function certificateFacts({ certificate, handover }: CredentialRow, { t, date, dateTime }: Texts): Fact[] {
  if (certificate === null) return [];
  return [
    { name: t('details.thumbprint'), value: groupedThumbprint(certificate.thumbprint), copy: certificate.thumbprint },
    { name: t('details.thumbprint-sha256'), value: groupedThumbprint(certificate.thumbprintSha256), copy: certificate.thumbprintSha256 },
    { name: t('dialog.details.x5t'), value: certificate.x5t, copy: certificate.x5t },
    { name: t('details.subject'), value: certificate.subject },
    { name: t('details.key'), value: t('details.key.rsa', { bits: String(certificate.keySize) }) },
    { name: t('details.not-before'), value: date(certificate.notBefore) },
    ...(handover === null
      ? []
      : [
          {
            name: t('field.handover'),
            value: t(handover.word === 'server' ? 'details.handover.seen' : 'details.handover', {
              by: handover.by,
              time: dateTime(handover.confirmedAt),
              same: handover.thumbprint === certificate.thumbprint ? 'yes' : 'no',
            }),
          },
        ]),
  ];
}
