import { request } from 'node:https';
import { onTestFinished } from 'vitest';
import {
  startPracticeArchiveServer,
  type PracticeArchiveServer,
  type PracticeArchiveServerOptions,
} from '../../../main/practice/mailstore/index.ts';
import { readListedCertificate } from '../../../main/certificates/index.ts';
import { grant, keyCredential, register, simulation, type Registered, type Simulation } from '../identity/simulation.ts';

export interface Raw {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Without the byte order mark; null where there is no body. */
  readonly body: Record<string, unknown> | null;
}

export interface RawOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly login?: { readonly user: string; readonly password: string } | null;
}

/** A bare request, as any program can send it. */
export function send(url: string, { method = 'POST', headers = {}, body = '', login = null }: RawOptions = {}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const auth = login === null ? {} : { authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}` };
    const sent = request(
      url,
      {
        method,
        rejectUnauthorized: false,
        agent: false,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...('transfer-encoding' in headers ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          ...auth,
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            body: text === '' ? null : JSON.parse(text.replace(/^\u{FEFF}/u, '')),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

export interface Archive {
  readonly here: Simulation;
  readonly server: PracticeArchiveServer;
  /** Calls a function with the right password. */
  readonly invoke: (name: string, form?: Readonly<Record<string, string>>) => Promise<Raw>;
  /** Calls it and polls to its end. */
  readonly finish: (name: string, form?: Readonly<Record<string, string>>) => Promise<Record<string, unknown>>;
}

/** A practice MailStore over a practice tenant, both gone when the test ends. */
export async function archive(options: Omit<PracticeArchiveServerOptions, 'tenants'>): Promise<Archive> {
  const here = await simulation();
  const server = await startPracticeArchiveServer({ clock: here.clock, ...options, tenants: here.server.origin });
  onTestFinished(() => server.close());
  const { url, user, password } = server.describe();
  const login = { user, password };
  const invoke: Archive['invoke'] = (name, form = {}) =>
    send(`${url}/api/invoke/${name}`, { login, body: new URLSearchParams(form).toString() });
  return {
    here,
    server,
    invoke,
    finish: async (name, form) => {
      let { body } = await invoke(name, form);
      while (body?.['statusCode'] === 'running') {
        const poll = {
          token: String(body['token']),
          lastKnownStatusVersion: String(body['statusVersion']),
          millisecondsTimeout: '5000',
        };
        ({ body } = await send(`${url}/api/get-status`, { login, body: new URLSearchParams(poll).toString() }));
      }
      return body ?? {};
    },
  };
}

export interface SetUp extends Archive {
  readonly registered: Registered;
  /** Number of the credential in this MailStore. */
  readonly id: number;
  readonly profile: number;
}

/** The certificate that MailStore gives out, among the keys of the application. */
export function publish({ server }: Archive, { application }: Registered, id: number, instance?: string): void {
  const certificate = readListedCertificate('MailStore', server.console(instance).downloadCertificate(id));
  application.keyCredentials = [...(application.keyCredentials ?? []), keyCredential(certificate)];
}

/** The whole guide done: registered with these roles, published, selected, with a profile for the test mailbox. */
export async function setUp(
  options: Omit<PracticeArchiveServerOptions, 'tenants'>,
  roles: readonly (readonly ['graph' | 'exchange', string])[] = [
    ['graph', 'Directory.Read.All'],
    ['graph', 'Mail.ReadWrite'],
  ],
): Promise<SetUp> {
  const made = await archive(options);
  const registered = await register(made.here, { keyCredentials: [] });
  for (const [resource, role] of roles) grant(made.here, registered, resource, role);
  const instance = options.kind === 'spe' ? (options.instances?.[0] ?? 'contoso') : undefined;
  const console = made.server.console(instance);
  const id = await console.createCredential({
    name: 'Contoso',
    clientId: registered.application.appId,
    tenantId: made.here.tenant.id,
  });
  publish(made, registered, id, instance);
  console.selectInDirectoryServices(id, { redirectUrl: 'https://mailstore.example.com:8462/oidc/signin' });
  const mailbox = `test.mailbox@${made.here.tenant.domains[0] ?? ''}`;
  return { ...made, registered, id, profile: console.createProfile({ name: 'M365', mailbox, credentialId: id }) };
}
