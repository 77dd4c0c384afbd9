import { createHash } from 'node:crypto';
import { noAnnotations } from '../../main/credential/index.ts';
import type { CredentialRow, Output, ReportView, Settings } from '../../preload/contract.ts';

/** The day on which fixtures play: expiry and "days left" are counted from here. */
export const today = new Date('2026-11-24T09:30:00Z');

const day = 24 * 60 * 60_000;
const at = (days: number, minutes = 0) => new Date(today.getTime() + days * day + minutes * 60_000).toISOString();
const digest = (text: string) => createHash('sha256').update(text).digest('hex');
/** The same id for the same name, as RFC 9562 writes it. */
export const idOf = (text: string) => digest(text).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');

interface Sketch {
  readonly name: string;
  readonly domain: string;
  /** Days until the certificate ends; null while there is none. */
  readonly ends: number | null;
  readonly state: CredentialRow['state'];
  /** Minutes since the last proof. */
  readonly proven?: number;
  readonly custody?: CredentialRow['custody'];
  readonly handedOver?: boolean;
  readonly cloud?: CredentialRow['cloud'];
}

export function row({
  name,
  domain,
  ends,
  state,
  proven,
  custody = 'keyring',
  handedOver = true,
  cloud = 'global',
}: Sketch): CredentialRow {
  const thumbprint = digest(name).slice(0, 40).toUpperCase();
  return {
    id: idOf(name),
    name,
    ...noAnnotations,
    cloud,
    tenantId: idOf(domain),
    tenantName: domain.split('.')[0]?.replace(/^./, (letter) => letter.toUpperCase()) ?? domain,
    tenantDomain: domain,
    clientId: state === 'never-checked' ? null : idOf(`application of ${name}`),
    redirectUri: `https://mailstore.${domain}:8462/oidc/signin`,
    server: 'mailstore-server',
    instance: null,
    profile: 'mailstore-guide',
    custody,
    certificate:
      ends === null
        ? null
        : {
            thumbprint,
            thumbprintSha256: digest(`${name} 256`).toUpperCase(),
            x5t: Buffer.from(thumbprint, 'hex').toString('base64url'),
            subject: `CN=${name}`,
            keySize: 3072,
            notBefore: at(ends - 457),
            notAfter: at(ends, 1),
          },
    state,
    reason: state === 'needs-attention' ? 'certificate expired (AADSTS700027)' : null,
    provenAt: proven === undefined ? null : at(0, -proven),
    handover:
      handedOver && ends !== null && (state === 'proven' || state === 'confirmed')
        ? { confirmedAt: at(-2), by: 'admin', thumbprint }
        : null,
    rotation: null,
    migration: { target: 'Microsoft Graph', timeline: [], next: 'begin', canGoBack: false },
    sheet: {},
    usedHereOnly: false,
    adopted: false,
    deletedAt: null,
    registrationDeleted: false,
  };
}

const seven: readonly Sketch[] = [
  { name: 'Contoso archive', domain: 'contoso.com', ends: 456, state: 'proven', proven: 2 },
  { name: 'Fabrikam MailStore', domain: 'fabrikam.fr', ends: 16, state: 'proven', proven: 190 },
  { name: 'Litware archive', domain: 'litware.com', ends: 264, state: 'set-up', proven: 60 * 26, custody: 'external' },
  { name: 'Northwind Traders', domain: 'northwind.de', ends: 221, state: 'proven', proven: 60 * 24 * 3, handedOver: false },
  { name: 'Proseware', domain: 'proseware.co.uk', ends: null, state: 'waiting-certificate', custody: 'external' },
  { name: 'Tailspin Toys', domain: 'tailspin.com', ends: -3, state: 'needs-attention', proven: 60 * 5 },
  { name: 'Wingtip', domain: 'wingtip.io', ends: 432, state: 'confirmed', proven: 60 * 24, custody: 'external', cloud: 'gcch' },
];

const states = ['proven', 'proven', 'proven', 'proven', 'proven', 'set-up', 'waiting-consent', 'needs-attention', 'never-checked'] as const;

/** So many rows: first the seven of the sketch, then as many more as it takes. */
export function rows(count: number): CredentialRow[] {
  const more = Array.from({ length: Math.max(0, count - seven.length) }, (_, index): Sketch => {
    const state = states[index % states.length] ?? 'proven';
    const name = `Tenant ${String(index + 1).padStart(4, '0')} archive`;
    return {
      name,
      domain: `tenant${Math.floor(index / 3)}.example.com`,
      ends: ((index * 37) % 450) + 5,
      state,
      proven: index * 7,
      handedOver: index % 4 !== 0,
    };
  });
  return [...seven.slice(0, count), ...more].map(row);
}

/** What list and keychain do not agree on: one of each kind. */
export const keyFindings: NonNullable<Output<'keys:compare'>> = {
  unneeded: ['Wingtip', 'Adventure Works', 'Somewhere else'].map((name, index) => ({
    credentialId: idOf(name),
    thumbprint: digest(`left over of ${name}`).slice(0, 40).toUpperCase(),
    credential: index === 0 ? name : null,
    known: index < 2,
  })),
  missing: seven.slice(0, 2).map(({ name }, index) => ({
    credentialId: idOf(name),
    thumbprint: digest(name).slice(0, 40).toUpperCase(),
    name,
    deleted: index === 1,
  })),
};

/** A row of the list that cannot be read. */
export const damagedRow: Output<'damaged:list'>[number] = {
  id: idOf('Woodgrove'),
  name: 'Woodgrove archive',
  reason: 'custody',
  deleted: false,
};

/** Copies of the list: with a damaged row, whole, and none that can be used. */
export const listBackups: Output<'backups:list'> = [
  { credentials: 8, damaged: 1, fault: null },
  { credentials: 8, damaged: 0, fault: null },
  { credentials: null, damaged: 0, fault: 'file is not a database' },
].map((contents, index) => ({ name: `credentials-${index}.db`, at: at(-index, -180), size: 40_960, ...contents }));

/** What the service principals of a tenant offer to applications. */
export const offeredPermissions: Output<'permissions:find'> = [
  { value: 'Mail.Read', displayName: 'Read mail in all mailboxes', resource: 'Microsoft Graph', permission: 'graph/Mail.Read' },
  { value: 'Mail.Send', displayName: 'Send mail as any user', resource: 'Microsoft Graph', permission: 'graph/Mail.Send' },
  {
    value: 'IMAP.AccessAsApp',
    displayName: 'IMAP.AccessAsApp',
    resource: 'Office 365 Exchange Online',
    permission: 'exchange/IMAP.AccessAsApp',
  },
];

/** A file of existing credentials, of which one line is bad. */
export const fileLines = seven.slice(0, 3).map((sketch, index) => {
  const { name, tenantId, certificate } = row(sketch);
  return {
    line: index + 2,
    name,
    tenant: tenantId,
    certificate,
    problem: index === 1 ? 'The Directory (tenant) ID is missing. Copy it from the overview page of the registration.' : null,
  };
});

export function reportOf(credential: CredentialRow): ReportView {
  const thumbprint = credential.certificate?.thumbprint ?? '';
  const passed = (check: string, name: string, evidence: string) => ({ check, name, result: 'passed', evidence }) as const;
  return {
    credential,
    plan: [],
    findings: [
      {
        finding: 'foreign-key-credential',
        id: 'foreign-key-credential:1',
        text: 'The application has another certificate: “CN=backup” 77E09B31, valid until 9 Dec 2026. It stays.',
        acceptable: false,
      },
    ],
    proof: {
      ok: credential.state === 'proven',
      state: credential.state,
      checks: [
        passed(
          'token-graph',
          'Token for Microsoft Graph with this key',
          `A fresh token was issued to application ${credential.clientId ?? ''}, signed for with certificate ${thumbprint}; roles: Directory.Read.All`,
        ),
        passed('key-credential', 'Certificate in Microsoft Entra ID', 'Identical byte for byte.'),
        passed('roles-granted', 'Admin consent', `Granted for ${credential.tenantName}: Directory.Read.All, full_access_as_app`),
        passed(
          'sign-in-consent',
          'Consent for the users’ sign-in',
          `Granted for all users of ${credential.tenantName}: openid, profile, email, User.Read`,
        ),
        {
          check: 'redirect-uri',
          name: 'Redirect URI',
          result: credential.state === 'needs-attention' ? 'failed' : 'passed',
          evidence: `${credential.redirectUri ?? ''} is registered under the platform Web.`,
        },
        { check: 'service-principal', name: 'Service principal', result: 'pending', evidence: 'Microsoft is still replicating.' },
        {
          check: 'ews-allowed',
          name: 'EWS allow list of the tenant',
          result: 'not-testable',
          evidence: 'The tenant’s EWS allow list is not in Microsoft Graph.\nGet-OrganizationConfig | Format-List EwsAllowList',
        },
      ],
    },
  };
}

/** The same where nobody could see anything of it. */
export function untestedReportOf(credential: CredentialRow): ReportView {
  const report = reportOf(credential);
  const checks = report.proof?.checks.map(({ check, name }) => ({
    check,
    name,
    result: 'not-testable' as const,
    evidence: 'The server holds the private key, so only its own test can prove this.',
    passedAt: at(-2),
  }));
  return { ...report, proof: { ok: false, state: credential.state, checks: checks ?? [] } };
}

export const settings: Settings = {
  language: 'system',
  theme: 'system',
  server: 'mailstore-server',
  fqdn: 'mailstore.example.com',
  port: '8462',
  profile: 'mailstore-guide',
  keySize: '3072',
  lifetime: '15',
  cloud: 'global',
  updates: 'system',
  signInClientId: '',
  custody: 'ask',
};

/** As it is read: the newest first. */
export function history(names: readonly string[]) {
  const steps = [
    ['registration', 'create-application'],
    ['key-credential', 'add-key-credential'],
    ['user-sign-in', 'set-redirect-uris'],
    ['user-sign-in', 'enable-id-tokens'],
    ['consent', 'grant-role'],
  ] as const;
  const lines = names.flatMap((credential, index) =>
    steps.map(([step, change], turn) => ({
      at: at(-index, turn),
      actor: 'admin@contoso.com',
      phase: turn === 4 && index % 3 === 2 ? 'failed' : 'done',
      step,
      change,
      target: idOf(`${credential} ${change}`),
      credential,
    })),
  );
  return lines.sort((a, b) => b.at.localeCompare(a.at));
}
