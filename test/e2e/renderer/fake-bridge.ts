import type {
  AppFacts,
  Channel,
  CredentialRow,
  Draft,
  DraftAnswer,
  EventName,
  FaultView,
  Input,
  Outcome,
  Output,
  ReportView,
  Settings,
  SetupEvent,
} from '../../../preload/contract.ts';
import { noAnnotations } from '../../../main/credential/index.ts';
import type { BridgeEnd } from './dialog-page.ts';
import { serverViewsIn } from '../../host/server-views.ts';

export const run = '11111111-1111-4111-8111-111111111111';
export const credentialId = '22222222-2222-4222-8222-222222222222';
export const clientId = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc02f';
export const tenantId = '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa';

export const facts = {
  thumbprint: 'A94F12C08D33417AB0C1D2E3F4A5B6C7D8E921B7',
  thumbprintSha256: 'A94F12C08D33417AB0C1D2E3F4A5B6C7D8E921B7A94F12C08D33417AB0C1D2E3',
  x5t: 'qU8SwI0zQXqwwdLj9KW2x9jpIbc',
  subject: 'CN=Tenant Keyring',
  keySize: 3072,
  notBefore: '2026-11-24T09:50:00Z',
  notAfter: '2028-02-24T10:00:00Z',
};
export const theirs = { ...facts, thumbprint: '77E09B3141C2D3E4F5A6B7C8D9E0F1A2B3C4D5E6', subject: 'CN=MailStore Server', keySize: 2048 };

export const settings: Settings = {
  language: 'en',
  theme: 'system',
  server: 'mailstore-server',
  fqdn: '',
  port: '8462',
  profile: 'mailstore-guide',
  keySize: '3072',
  lifetime: '15',
  cloud: 'global',
  updates: 'system',
  signInClientId: '',
  custody: 'ask',
};

export const row: CredentialRow = {
  id: credentialId,
  name: 'Contoso archive',
  ...noAnnotations,
  customer: 'Contoso Ltd',
  cloud: 'global',
  tenantId,
  tenantName: 'Contoso',
  tenantDomain: 'contoso.com',
  clientId,
  redirectUri: 'https://mailstore.contoso.com:8462/oidc/signin',
  server: 'mailstore-server',
  instance: null,
  profile: 'mailstore-guide',
  custody: 'keyring',
  certificate: facts,
  state: 'set-up',
  reason: null,
  provenAt: '2026-11-24T10:05:00Z',
  handover: null,
  rotation: null,
  sheet: {},
  usedHereOnly: false,
  adopted: false,
  deletedAt: null,
  registrationDeleted: false,
};

export const fault = (code: string, retryable = false): FaultView => ({
  code,
  message: `What happened (${code}).`,
  fix: 'What to do about it.',
  retryable,
  correlationId: '33333333-3333-4333-8333-333333333333',
});

export const good = (value: unknown): Outcome<unknown> => ({ ok: true, value });
export const bad = (code: string, retryable = false): Outcome<unknown> => ({ ok: false, fault: fault(code, retryable) });

const ews = 'EWS ends on 1 Apr 2027; until then Exchange must allow this application.';

export const appFacts: AppFacts = {
  version: '0.1.0',
  language: 'en',
  practice: false,
  adminCenters: ['global', 'gcch', 'dod', 'china'],
  dataDirectory: '/data',
  dark: false,
  annotations: [
    { field: 'customer', label: 'Customer', lines: 'one', column: true, search: true },
    { field: 'notes', label: 'Notes', lines: 'several', column: false, search: true },
  ],
  servers: serverViewsIn('en'),
  profiles: [
    {
      id: 'mailstore-guide',
      name: 'MailStore Server, as in the guide',
      description: 'Users from the directory, mail through EWS, sign-in of the users with Microsoft 365.',
      notices: [ews],
      own: false,
      permissions: ['graph/Directory.Read.All', 'exchange/full_access_as_app'],
      instead: { id: 'mailstore-graph', short: 'Microsoft Graph', needs: 'Needs a current MailStore (26 or later).' },
    },
    {
      id: 'directory-only',
      name: 'Directory only',
      description: 'Users from the directory and their sign-in; no mail.',
      notices: [],
      own: false,
      permissions: ['graph/Directory.Read.All'],
    },
  ],
};

const planned: ReportView['plan'] = [
  {
    change: 'create-application',
    step: 'registration',
    reason: 'Register the application “Contoso archive”: single tenant, as the portal does it',
    removes: false,
  },
  {
    change: 'add-key-credential',
    step: 'key-credential',
    reason: `Publish the certificate ${facts.thumbprint}, valid until 24 Feb 2028; the certificates already there stay`,
    removes: false,
  },
  {
    change: 'set-redirect-uris',
    step: 'user-sign-in',
    reason: 'Add the redirect URI https://mailstore.contoso.com:8462/oidc/signin; the ones already there stay',
    removes: false,
  },
  {
    change: 'enable-id-tokens',
    step: 'user-sign-in',
    reason: 'Turn on ID tokens, so that users can sign in to the server',
    removes: false,
  },
  {
    change: 'require-permission',
    step: 'permissions',
    reason: 'Add the permission Directory.Read.All of Microsoft Graph to the application',
    removes: false,
  },
  {
    change: 'require-permission',
    step: 'permissions',
    reason: 'Add the permission full_access_as_app of Office 365 Exchange Online to the application',
    removes: false,
  },
  { change: 'grant-role', step: 'consent', reason: 'Grant admin consent for Directory.Read.All of Microsoft Graph', removes: false },
];
/** As main names the changes of a plan that is shown. */
const names = [
  ['Contoso archive', ''],
  [facts.thumbprint, 'expires 24 Feb 2028'],
  ['https://mailstore.contoso.com:8462/oidc/signin', 'redirect URI'],
  ['ID tokens', ''],
  ['Directory.Read.All', 'Microsoft Graph'],
  ['full_access_as_app', 'Office 365 Exchange Online'],
  ['Directory.Read.All', 'Microsoft Graph'],
] as const;
export const plan: Extract<SetupEvent, { kind: 'preview' }>['plan'] = planned.map((line, index) => {
  const [name = '', note = ''] = names[index] ?? [];
  return { ...line, name, note };
});
export const findings: ReportView['findings'] = [
  {
    finding: 'access-tokens',
    id: 'access-tokens',
    text: 'Access tokens of the implicit flow are on; the guide leaves them off.',
    acceptable: true,
  },
  {
    finding: 'foreign-redirect-uri',
    id: 'foreign-redirect-uri:x',
    text: 'Another redirect URI is registered: https://old.contoso.com/oidc/signin. It stays.',
    acceptable: false,
  },
];

const side = { thumbprint: facts.thumbprint, notBefore: facts.notBefore, notAfter: facts.notAfter };
export const script = "$appId = 'x'\nConnect-ExchangeOnline\nSet-OrganizationConfig -EwsEnabled $true";
export const report: ReportView = {
  credential: row,
  plan: planned,
  findings: [],
  proof: {
    ok: true,
    state: 'set-up',
    checks: [
      {
        check: 'token-graph',
        name: 'Token for Microsoft Graph with this key',
        result: 'passed',
        evidence: `A fresh token was issued to application ${clientId}; roles: Directory.Read.All`,
      },
      {
        check: 'key-credential',
        name: 'Certificate in Microsoft Entra ID',
        result: 'passed',
        evidence: 'Identical byte for byte.',
        compared: { here: side, there: side },
      },
      {
        check: 'redirect-uri',
        name: 'Redirect URI',
        result: 'passed',
        evidence: 'https://mailstore.contoso.com:8462/oidc/signin is registered under the platform Web.',
      },
      {
        check: 'ews-allowed',
        name: 'EWS allow list of the tenant',
        result: 'not-testable',
        evidence: `The tenant’s EWS allow list is not in Microsoft Graph. An Exchange administrator runs this in Exchange Online PowerShell:\n${script}`,
      },
    ],
  },
};

/** A validate that is quick to tell: no name, no dot in the server name, a port that is no number. */
export function validate(draft: Draft): DraftAnswer {
  const wrong = (message: string) => ({ message, fix: 'Correct it.' });
  const server = draft.userSignIn && !draft.fqdn.includes('.');
  const port = draft.userSignIn && !/^\d+$/.test(draft.port);
  return {
    faults: {
      ...(draft.name.trim() === '' ? { name: wrong('The name is empty.') } : {}),
      ...(server ? { fqdn: wrong('The server name is not a full name.') } : {}),
      ...(port ? { port: wrong('The port is no number.') } : {}),
    },
    warnings: {},
    redirectUri: draft.userSignIn && !server && !port ? `https://${draft.fqdn}:${draft.port}/oidc/signin` : null,
  };
}

export type Answers = { [C in Channel]?: (input: Input<C>) => Outcome<unknown> | Promise<Outcome<unknown>> };

export interface FakeBridge extends BridgeEnd {
  readonly asked: { readonly channel: Channel; readonly input: unknown }[];
  /** Inputs that one channel was asked with. */
  inputs<C extends Channel>(channel: C): Input<C>[];
  setup(...events: SetupEvent[]): Promise<void>;
}

/** `window.keyring` whose answers the test decides; what it does not decide is answered as on a good day. */
export function fakeBridge(answers: Answers = {}, shown: Partial<AppFacts> = {}): FakeBridge {
  const asked: FakeBridge['asked'] = [];
  let emit: (event: EventName, value: unknown) => Promise<void> = () => Promise.resolve();
  const usual: Answers = {
    'app:read': () => good({ ...appFacts, ...shown }),
    'settings:read': () => good(settings),
    'profiles:list': () => good(appFacts.profiles),
    'profiles:remove': () => good(null),
    'permissions:cancel': () => good(null),
    'updates:read': () => good({ kind: 'off', reason: 'development' }),
    'policies:read': () => good({ managed: [], unknown: [] }),
    'keys:compare': () => good({ unneeded: [], missing: [] }),
    'credential:read': () => good({ report, history: [] } satisfies Output<'credential:read'>),
    'draft:check': (draft) => good(validate(draft)),
    'credential:save': () => good(row),
    'certificate:create': () => good({ certificate: '44444444-4444-4444-8444-444444444444', facts }),
    'certificate:choose': () => good({ certificate: '55555555-5555-4555-8555-555555555555', facts: theirs }),
    'certificate:read': () => good({ certificate: '55555555-5555-4555-8555-555555555555', facts: theirs }),
    'certificate:export': () => good({ path: 'C:\\Temp\\certificate.cer', importCommands: null, generatedPassword: null }),
    'setup:begin': () => good({ run }),
    'downloads:watch': () => good({ watch: '66666666-6666-4666-8666-666666666666', folder: 'C:\\Users\\admin\\Downloads' }),
    'handover:confirm': () =>
      good({ ...row, state: 'confirmed', handover: { confirmedAt: '2026-11-24T11:00:00Z', by: 'admin', thumbprint: facts.thumbprint } }),
    'sheet:mark': ({ step, done }) => good({ ...row, sheet: done ? { [step]: { by: 'person', at: '2026-11-24T10:30:00Z' } } : {} }),
    'credential:verify': () => good(report),
  };
  return {
    asked,
    inputs: <C extends Channel>(channel: C) => asked.filter((each) => each.channel === channel).map((each) => each.input as Input<C>),
    answer: async (channel, input) => {
      asked.push({ channel, input });
      const answer = (answers[channel] ?? usual[channel] ?? (() => good(null))) as (
        input: unknown,
      ) => Outcome<unknown> | Promise<Outcome<unknown>>;
      return answer(input);
    },
    attach: (ear) => {
      emit = ear;
    },
    setup: async (...events) => {
      for (const event of events) await emit('run:event', { run, event });
    },
  };
}

export const line = (text: string, step = '', outcome: Extract<SetupEvent, { kind: 'line' }>['outcome'] = 'doing'): SetupEvent => ({
  kind: 'line',
  step,
  text,
  outcome,
});
export const signedIn = (mayConsent = true): SetupEvent => ({ kind: 'signed-in', username: 'admin@contoso.com', tenantId, mayConsent });
export const preview = (mayConsent = true): SetupEvent => ({
  kind: 'preview',
  tenant: { id: tenantId, displayName: 'Contoso', defaultDomain: 'contoso.com' },
  username: 'admin@contoso.com',
  mayConsent,
  plan,
  findings,
  hash: 'of this plan',
});
export const signedOut = line(
  'Tokens of admin@contoso.com dropped. Sign out in the browser too: https://login.microsoftonline.com/x/oauth2/v2.0/logout\nThe consent given to the sign-in client stays in the tenant.',
  'sign-out',
  'done',
);
