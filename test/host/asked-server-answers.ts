import type { CredentialRow, Output, ReportView } from '../../preload/contract.ts';
import type { FakeAnswers, FakeMain } from './fake-bridge.ts';
import { idOf, today } from './fixtures.ts';

type AskedServer = Output<'server:list'>['servers'][number];
type Word = Output<'server:ask'>;
type Checks = NonNullable<ReportView['proof']>['checks'];

const at = today.toISOString();
const sha256 = 'A1B2C3D4E5F60718293A4B5C6D7E8F90A1B2C3D4E5F60718293A4B5C6D7E8F90';

/** Two servers, as they are kept. */
export const someServers: readonly AskedServer[] = [
  {
    id: idOf('server Archive'),
    name: 'Archive',
    kind: 'server',
    address: 'https://mailstore.contoso.com:8463',
    user: 'keyring',
    sha256,
    version: '26.1.0.30112',
    instances: [],
    lastContact: at,
    password: 'kept',
  },
  {
    id: idOf('server Hosting'),
    name: 'Hosting',
    kind: 'spe',
    address: 'https://spe.example.com:8474',
    user: 'keyring',
    sha256,
    version: '26.1.0.30112',
    instances: ['contoso', 'fabrikam', 'litware'],
    lastContact: at,
    password: 'wanted',
  },
];

/** A certificate that nobody has accepted. */
export const shownCertificate = {
  host: 'mailstore.contoso.com',
  port: 8463,
  sha256,
  sha1: '0123456789ABCDEF0123456789ABCDEF01234567',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2029-01-01T00:00:00.000Z',
  expected: null,
};

const check = (name: string, title: string, result: Checks[number]['result'], evidence: string): Checks[number] => ({
  check: `server-${name}`,
  name: title,
  result,
  evidence,
});

/** What a server says that holds another certificate than the one here. */
export const otherCertificate = (credential: CredentialRow): Word => ({
  credential,
  server: 'Archive',
  at,
  checks: [
    check('credential', 'Credential in MailStore', 'passed', 'Archive has it as “Contoso”, with both IDs.'),
    check('certificate', 'Certificate in MailStore', 'failed', 'Archive holds certificate 4FC5D2…, valid until 2028-02-29: another one.'),
    check('selected', 'Selected in directory services', 'passed', 'The directory services of Archive use “Contoso”.'),
    check('redirect-uri', 'Redirect URI in MailStore', 'passed', `Archive has ${credential.redirectUri ?? ''}.`),
    check('archiving', 'Archiving', 'not-testable', 'Archive does not use the certificate here, so its runs say nothing of it.'),
  ],
  made: { thumbprint: '4FC5D23B8A6E0F914C2D7B5A3E8F60719C4D2B1A', notAfter: '2028-02-29T10:00:00.000Z', first: false },
  wouldSwitchDirectory: false,
  fault: null,
});

/** Credential and certificate are there by what the server shows; the rest is still to be done. */
function halfDone(credential: CredentialRow): Word {
  const seen = { by: 'evidence' as const, at };
  return {
    credential: { ...credential, sheet: { ...credential.sheet, credential: seen, certificate: seen } },
    server: 'Archive',
    at,
    checks: [],
    made: null,
    wouldSwitchDirectory: true,
    fault: null,
  };
}

/** What the daily look found in both servers. */
export function someFindings([row]: readonly CredentialRow[]): Output<'server:findings'> {
  const [archive = '', hosting = ''] = someServers.map(({ id }) => id);
  const ofArchive = { server: archive, askedAt: at, credential: null };
  return [
    {
      ...ofArchive,
      finding: 'other-certificate',
      place: 'Archive / Contoso',
      text: 'The server holds another certificate, 4FC5D23B8A6E0F914C2D7B5A3E8F60719C4D2B1A; here it is 7AE1C05D9F38B264E0A1C7D25B3F89E6104D2C7B. It cannot archive until its own is published.',
      credential: row?.id ?? null,
    },
    {
      ...ofArchive,
      finding: 'failing',
      place: 'Archive',
      text: 'The last 25741 runs failed, since 2025-03-21 04:10:00 (the server’s time), and archived nothing. AADSTS700027: the certificate has expired.',
    },
    { ...ofArchive, finding: 'expired', place: 'Archive / Old', text: 'the certificate expired on 21/03/2025' },
    {
      server: hosting,
      finding: 'not-asked',
      place: 'Hosting',
      text: 'The password for keyring at Hosting is not kept.',
      credential: null,
      askedAt: at,
    },
  ];
}

/** An archive with a credential of this list, which directory services use, and one that nobody added. */
const shownArchive = (instance: string | null, row: CredentialRow | undefined): Output<'server:show'>['archives'][number] => ({
  instance,
  credentials: [
    {
      id: 7,
      name: `Contoso ${instance ?? ''}`.trim(),
      clientId: row?.clientId ?? idOf('application'),
      tenantId: row?.tenantId ?? idOf('tenant'),
      thumbprint: '4FC5D23B8A6E0F914C2D7B5A3E8F60719C4D2B1A',
      notAfter: '2028-02-29T10:00:00.000Z',
      selected: true,
      credential: row?.id ?? null,
    },
    {
      id: 8,
      name: 'Old',
      clientId: idOf('old application'),
      tenantId: idOf('old tenant'),
      thumbprint: '7AE1C05D9F38B264E0A1C7D25B3F89E6104D2C7B',
      notAfter: '2025-03-21T04:00:00.000Z',
      selected: false,
      credential: null,
    },
  ],
  redirectUri: 'https://mailstore.contoso.com:8462/oidc/signin',
  lastRun: { result: 'failed', itemsArchived: 0, completedAt: '2026-11-24T04:10:00' },
  failingSince: '2025-03-21T04:10:00',
});

type AskedChannel = Extract<keyof FakeAnswers, `server:${string}` | `practice:${string}`>;

/** What a main process answers about servers that are asked. */
export function askedServerAnswers(
  main: FakeMain,
  change: (id: string, to: Partial<CredentialRow>) => CredentialRow,
): Pick<FakeAnswers, AskedChannel> {
  const find = (id: string): AskedServer => {
    const found = main.askedServers.find((each) => each.id === id);
    if (found === undefined) throw new Error(`no server ${id}`);
    return found;
  };
  const keep = (server: AskedServer): { readonly server: AskedServer } => {
    main.askedServers = [...main.askedServers.filter(({ id }) => id !== server.id), server];
    return { server };
  };
  const rowOf = (id: string): CredentialRow => {
    const row = main.list.find((each) => each.id === id);
    if (row === undefined) throw new Error(`no row ${id}`);
    return row;
  };
  return {
    'server:list': () => ({ servers: [...main.askedServers], forbidden: false, keepsPasswords: true }),
    'server:add': ({ name, address, user, pin, keepPassword }) => {
      const [model] = someServers;
      if (pin === null || model === undefined) return { certificate: shownCertificate };
      return keep({ ...model, id: idOf(`server ${name}`), name, address, user, password: keepPassword ? 'kept' : 'session' });
    },
    'server:set': ({ id, password: _password, keepPassword: _keep, pin: _pin, ...some }) => keep({ ...find(id), ...some }),
    'server:password': ({ id }) => keep({ ...find(id), password: 'session' }),
    'server:test': ({ id }) => keep(find(id)),
    'server:remove': ({ id }) => {
      main.askedServers = main.askedServers.filter((each) => each.id !== id);
      return null;
    },
    'server:show': ({ id, instance }) => ({ server: find(id), archives: [shownArchive(instance, main.list[0])] }),
    'server:save-recording': () => ({ path: 'C:\\Temp\\MailStore.json' }),
    'server:link': ({ credential, server, instance }) =>
      change(credential, { inServer: { id: server, name: find(server).name, instance } }),
    'server:unlink': ({ credential }) => {
      const { inServer: _linked, ...row } = rowOf(credential);
      main.list = main.list.map((each) => (each.id === credential ? row : each));
      void main.emit('store:changed', null);
      return row;
    },
    'server:ask': ({ credential }) => halfDone(rowOf(credential)),
    'server:test-users': () => ({
      check: check('users', 'User synchronization', 'passed', 'Archive could read the users of the tenant.'),
      answer: JSON.stringify({ added: [{ userName: 'test.mailbox', fullName: 'Test Mailbox' }], deleted: [] }, null, 2),
    }),
    'server:test-address': () => ({
      check: check(
        'address',
        'Redirect address',
        'failed',
        'mailstore.contoso.com answers with a certificate that this computer does not trust.',
      ),
    }),
    'server:take-over': () => ({ added: [], known: [], refused: [], missing: [], ews: [], archives: [] }),
    'server:findings': () => [],
    'server:look': () => [],
    'server:cancel': () => null,
    'practice:servers': () => [],
    'practice:open-servers': () => null,
  };
}
