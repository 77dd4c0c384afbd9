import { connect } from 'node:tls';
import { onTestFinished } from 'vitest';
import { clouds, resourceAppIds } from '../../../main/clouds/index.ts';
import { practiceOrigin, type PracticeOptions } from '../../../main/practice/index.ts';
import { assertion, clientCredentials, grant, register, simulation } from '../identity/simulation.ts';

export const mailbox = 'test.mailbox@contoso.example';

interface SoapOptions {
  readonly impersonated?: string | null;
  readonly body?: string;
  readonly header?: string;
}

const count =
  '<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="folder:TotalCount"/></t:AdditionalProperties></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>';

/** The envelope of the probe, with whatever a test wants to be different. */
export function envelope({ impersonated = mailbox, body = count, header = '' }: SoapOptions = {}): string {
  const impersonation =
    impersonated === null
      ? ''
      : `<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>${impersonated}</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>`;
  return `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
  <soap:Header><t:RequestServerVersion Version="Exchange2016"/>${header}${impersonation}</soap:Header>
  <soap:Body>${body}</soap:Body>
</soap:Envelope>`;
}

/** A tenant with one application, and what it and an Exchange administrator do. */
export async function exchange(roles: readonly string[] = ['full_access_as_app'], options: PracticeOptions = {}) {
  const here = await simulation(options);
  const registered = await register(here);
  for (const role of roles) grant(here, registered, 'exchange', role);
  const token = async (resource: 'exchange' | 'graph' = 'exchange'): Promise<string> => {
    const scope = `${clouds.global[resource]}/.default`;
    const { body } = await here.token(clientCredentials(registered.application.appId, await assertion(here, registered), scope));
    return String(body['access_token']);
  };
  const origin = practiceOrigin(here.server.origin);
  return {
    ...here,
    registered,
    token,
    grantGraph: (role: string) => grant(here, registered, 'graph', role),
    exchangePrincipal: here.tenant.servicePrincipals.find(({ appId }) => appId === resourceAppIds.exchange),
    /** One act in Exchange Online PowerShell. */
    administer: async (set: object): Promise<number> => {
      const response = await fetch(`${origin}/practice/exchange`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ tenant: 'contoso.example', set }),
      });
      await response.body?.cancel();
      return response.status;
    },
    ews: async (text: string, bearer?: string) => {
      const response = await here.fetch(`${clouds.global.exchange}/EWS/Exchange.asmx`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=utf-8', authorization: `Bearer ${bearer ?? (await token())}` },
        body: text,
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    imapPlace: async (): Promise<{ readonly port: number; readonly certificate: string }> => {
      const response = await fetch(`${origin}/practice/imap`);
      return Object(await response.json());
    },
  };
}

/** Sends lines over IMAP with TLS, each once the answer to the one before is there; resolves with all that came back. */
export async function imapLines(place: { readonly port: number; readonly certificate: string }, lines: readonly string[]): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: place.port, ca: place.certificate });
  onTestFinished(() => void socket.destroy());
  socket.setEncoding('utf8');
  const waiting = [...lines];
  let said = '';
  let last = '*';
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => resolve(said));
    socket.on('data', (chunk: string) => {
      said += chunk;
      const answered = new RegExp(`^(?:${last.replace('*', '\\*')} |\\+ )`, 'm').test(chunk);
      if (!answered) return;
      const next = waiting.shift();
      if (next === undefined) {
        socket.end();
        return;
      }
      last = /^\w+ /.exec(next)?.[0].trim() ?? last;
      socket.write(`${next}\r\n`);
    });
  });
}

export const xoauth2 = (user: string, token: string): string =>
  Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64');
