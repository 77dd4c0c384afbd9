import { randomUUID } from 'node:crypto';
import { noAnnotations, type CredentialRecord, type StoredCertificate } from '../../../main/credential/index.ts';

export function sampleCertificate(changes: Partial<StoredCertificate> = {}): StoredCertificate {
  return {
    thumbprint: 'A'.repeat(40),
    thumbprintSha256: 'B'.repeat(64),
    subject: 'CN=Contoso archive',
    keySize: 3072,
    notBefore: '2026-11-24T10:20:00Z',
    notAfter: '2028-02-24T10:20:00Z',
    der: 'MIIB',
    keyId: null,
    inTenant: null,
    holder: 'keyring',
    otherHolders: 'none',
    usedHereOnly: false,
    handover: null,
    ...changes,
  };
}

export function sampleRecord(changes: Partial<CredentialRecord> = {}): CredentialRecord {
  return {
    id: randomUUID(),
    version: 0,
    name: 'Contoso archive',
    ...noAnnotations,
    cloud: 'global',
    tenantId: randomUUID(),
    tenantName: 'Contoso',
    tenantDomain: 'contoso.com',
    appName: 'Contoso archive',
    uniqueName: 'tenant-keyring-1',
    adopted: false,
    clientId: null,
    objectId: null,
    servicePrincipalId: null,
    redirectUri: 'https://mail.contoso.com:8462/oidc/signin',
    server: { id: 'mailstore-server', instance: null },
    profile: {
      id: 'mailstore-guide',
      version: 1,
      permissions: [
        {
          resourceAppId: '00000003-0000-0000-c000-000000000000',
          value: 'Directory.Read.All',
          type: 'Role',
          why: 'profile.why.directory',
        },
      ],
    },
    custody: 'keyring',
    certificate: sampleCertificate(),
    earlierCertificates: [],
    state: 'never-checked',
    proof: null,
    presented: null,
    rotation: null,
    sheet: {},
    createdAt: '2026-11-24T10:30:00.000Z',
    updatedAt: '2026-11-24T10:30:00.000Z',
    deletedAt: null,
    ...changes,
  };
}
