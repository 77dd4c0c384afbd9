import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readListedCertificate } from '../../../main/certificates/index.ts';
import { askPracticeArchives, practiceArchives } from '../../../main/practice/mailstore/index.ts';
import { grant, keyCredential, register, simulation } from '../identity/simulation.ts';

const redirectUrl = 'https://mailstore.example.com:8462/oidc/signin';

/** A browser at the pages that stand in for MailStore Client. */
async function client() {
  const here = await simulation();
  const archives = practiceArchives(here.server, { clock: here.clock });
  onTestFinished(() => archives.close());
  const at = (path: string) => `${here.server.origin}/practice/mailstore${path}`;
  const get = (path: string) => fetch(at(path));
  const post = (path: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
    fetch(at(path), { method: 'POST', body: new URLSearchParams(form), headers });
  const [server, spe] = await archives.servers();
  return { here, archives, get, post, server, spe };
}

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

describe('the pages that stand in for MailStore Client', () => {
  it.each(['server', 'spe'] as const)('go through MailStore’s half of the guide on a %s', async (kind) => {
    const { here, get, post, server, spe } = await client();
    const base = kind === 'server' ? '/server' : `/spe/${spe.describe().instances[0] ?? ''}`;
    const instance = kind === 'server' ? server.instance() : spe.instance(spe.describe().instances[0]);
    const registered = await register(here, { keyCredentials: [] });
    grant(here, registered, 'graph', 'Directory.Read.All');
    grant(here, registered, 'graph', 'Mail.ReadWrite');
    const entry = { name: 'Contoso <Ltd>', clientId: registered.application.appId, tenantId: here.tenant.id };
    // G4, G5: the dialog opens with a certificate (G6) that can be saved before OK (G7).
    expect(await (await post(`${base}/credentials`, { act: 'create' })).text()).toContain('Azure AD App Credentials');
    const downloaded = await post(`${base}/credentials/new`, { ...entry, act: 'download' });
    expect(downloaded.headers.get('content-disposition')).toContain(encodeURIComponent('[Practice] Contoso _Ltd_.cer'));
    const der = await bytesOf(downloaded);
    expect(instance.credentials).toEqual([]);
    // OK: it is listed with its type (G8), with the certificate that was saved, and selected by default (G9).
    const list = await (await post(`${base}/credentials/new`, { ...entry, act: 'ok' })).text();
    expect(list).toContain('<td>Contoso &lt;Ltd&gt;</td>');
    expect(list).toContain('<td>Microsoft 365</td>');
    expect(instance.credentials.map(({ certificate }) => Buffer.from(certificate.der).equals(der))).toEqual([true]);
    expect(await (await get(`${base}/directory-services`)).text()).toMatch(/<option value="1" selected\s*>Contoso &lt;Ltd&gt;/);
    // Not published yet: Entra's number is what Test Settings says.
    const settings = { type: 'microsoft-365', credential: '1', redirectUri: redirectUrl };
    expect(await (await post(`${base}/directory-services`, { ...settings, act: 'test' })).text()).toContain('AADSTS700026');
    registered.application.keyCredentials = [keyCredential(readListedCertificate('MailStore', der))];
    expect(await (await post(`${base}/directory-services`, { ...settings, act: 'test' })).text()).toContain('users found');
    expect(instance).toMatchObject({ directoryServices: { credentialId: 1, redirectUrl }, users: [{ userName: 'admin' }] });
    const mailbox = `test.mailbox@${here.tenant.domains[0] ?? ''}`;
    expect(await (await get(`${base}/profiles`)).text()).toContain(mailbox);
    await post(`${base}/profiles`, { name: 'M365', credential: '1', mailbox });
    expect(await (await post(`${base}/profiles/1`, {})).text()).toContain('12 messages archived');
    expect(instance.runs).toMatchObject([{ result: 'succeeded', itemsArchived: 12 }]);
  });

  it('make the certificate anew, and delete only what nothing uses', async () => {
    const { here, post, server } = await client();
    const instance = server.instance();
    const id = await server.console().createCredential({ name: 'Contoso', clientId: crypto.randomUUID(), tenantId: here.tenant.id });
    const before = instance.credentials[0]?.certificate.thumbprint ?? '';
    const dialog = await (await post(`/server/credentials/${id}`, { act: 'make', name: 'Contoso' })).text();
    expect(instance.credentials[0]?.certificate.thumbprint).not.toBe(before);
    expect(dialog).toContain(instance.credentials[0]?.certificate.thumbprint);
    const saved = new X509Certificate(await bytesOf(await post(`/server/credentials/${id}`, { act: 'download' })));
    expect(saved.fingerprint.replaceAll(':', '')).toBe(instance.credentials[0]?.certificate.thumbprint);
    server.console().selectInDirectoryServices(id, { redirectUrl });
    expect(await (await post(`/server/credentials/${id}`, { act: 'delete' })).text()).toContain('in use');
    await post('/server/directory-services', { type: 'internal', act: 'save' });
    await post(`/server/credentials/${id}`, { act: 'delete' });
    expect(instance.credentials).toEqual([]);
  });

  it.each([
    [{ name: '' }, 'Enter a name.'],
    [{ clientId: 'x' }, 'The Application (client) ID is not a valid ID.'],
    [{ tenantId: '' }, 'The Directory (tenant) ID is not a valid ID.'],
  ])('refuse %j in the dialog, which keeps what was typed', async (wrong, said) => {
    const { post, server } = await client();
    const entry = { name: 'Contoso', clientId: crypto.randomUUID(), tenantId: crypto.randomUUID(), ...wrong };
    const page = await (await post('/server/credentials/new', { ...entry, act: 'ok' })).text();
    expect(page).toContain(said);
    for (const value of Object.values(entry)) expect(page).toContain(`value="${value}"`);
    expect(server.instance().credentials).toEqual([]);
  });

  it('tell how both servers are reached, to people and to the program', async () => {
    const { here, get, server, spe } = await client();
    const page = await (await get('')).text();
    for (const { url, password, sha256 } of [server.describe(), spe.describe()])
      for (const value of [url, password, sha256]) expect(page).toContain(value);
    expect(page).toContain('Practice: a simulated MailStore');
    expect(await askPracticeArchives(here.server.origin, fetch)).toEqual([server.describe(), spe.describe()]);
  });

  it('take no form from a page elsewhere, and have no other address', async () => {
    const { get, post, server } = await client();
    const refused = await post('/server/directory-services', { type: 'internal' }, { origin: 'https://example.com' });
    expect(refused.status).toBe(403);
    expect((await get('/server/nothing')).status).toBe(404);
    expect((await get('/spe/nobody/credentials')).status).toBe(404);
    expect((await get('/server/credentials/7')).status).toBe(404);
    expect((await post('/server/profiles/7', {})).status).toBe(404);
    // The interface has no such pages: they are no part of MailStore.
    expect(server.calls).toEqual([]);
  });

  it('are not there where nobody attached them', async () => {
    const here = await simulation();
    expect(await askPracticeArchives(here.server.origin, fetch)).toEqual([]);
  });

  it('are there again at the next start, with the same address, certificate and keys', async () => {
    const here = await simulation();
    const folder = mkdtempSync(join(tmpdir(), 'keyring-archives-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const options = { clock: here.clock, statePath: join(folder, 'archives.json') };
    const first = practiceArchives(here.server, options);
    const entry = { name: 'Contoso', clientId: crypto.randomUUID(), tenantId: here.tenant.id };
    const saved = await fetch(`${here.server.origin}/practice/mailstore/server/credentials/new`, {
      method: 'POST',
      body: new URLSearchParams({ ...entry, act: 'ok' }),
    });
    expect(saved.status).toBe(200);
    const [server, spe] = await first.servers();
    const before = [server.describe(), spe.describe(), server.saved()];
    await first.close();
    const second = practiceArchives(here.server, options);
    onTestFinished(() => second.close());
    const [again, speAgain] = await second.servers();
    expect([again.describe(), speAgain.describe(), again.saved()]).toEqual(before);
    expect(again.instance().credentials).toMatchObject([{ ...entry, id: 1 }]);
    // What cannot be read begins anew: nothing in it is worth more than that.
    await second.close();
    writeFileSync(options.statePath, '{');
    const third = practiceArchives(here.server, options);
    onTestFinished(() => third.close());
    expect((await third.servers())[0].instance().credentials).toEqual([]);
  });
});
