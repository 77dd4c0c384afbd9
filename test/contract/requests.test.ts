import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requests, type Channel } from '../../preload/contract.ts';
import { toCer } from '../../main/certificates/index.ts';
import { ours, scratchFile } from '../unit/certificates/samples.ts';
import { desk, draft } from './desk.ts';

const channels = Object.keys(requests) as Channel[];

describe('every request', () => {
  it('is refused to a page that is not ours, before anything is looked at', async () => {
    const { raw } = await desk();
    for (const channel of channels)
      expect(await raw(channel, null, false), channel).toMatchObject({ ok: false, fault: { code: 'window.sender-refused' } });
  });

  it('is refused when its input does not fit', async () => {
    const { raw } = await desk();
    for (const channel of channels) {
      for (const input of [undefined, 7, 'text', [], { unknown: true }, { __proto__: { id: 1 } }]) {
        if (requests[channel].in.safeParse(input).success) continue;
        expect(await raw(channel, input), `${channel} ${JSON.stringify(input)}`).toMatchObject({
          ok: false,
          fault: { code: 'window.request-malformed' },
        });
      }
    }
  });

  it.each([undefined, null, 7, {}, 'secret:get', 'constructor', '__proto__', 'toString'])('named %j does not exist', async (channel) => {
    const { raw } = await desk();
    expect(await raw(channel, null)).toMatchObject({ ok: false, fault: { code: 'window.request-malformed' } });
  });
});

describe('the way of one credential', () => {
  it('from an empty list to a proven tenant, an exported certificate, a handover, the bin and back', async () => {
    const { here, current, request, setUp, emitted, paths } = await desk();
    expect(await request('credentials:list', { deleted: false })).toEqual({ ok: true, value: [] });
    const seen = await setUp({ draft, certificate: null });
    expect(seen.map((event) => event.kind)).toEqual(expect.arrayContaining(['signed-in', 'preview', 'line', 'ended']));
    const ended = seen.at(-1);
    if (ended?.kind !== 'ended') throw new Error('not ended');
    expect(ended.report.proof).toMatchObject({ ok: true, state: 'set-up' });
    const { id } = ended.report.credential;
    expect(emitted.some(([event]) => event === 'store:changed')).toBe(true);
    expect(await request('credentials:list', { deleted: false })).toMatchObject({
      ok: true,
      value: [{ id, name: 'Contoso archive', tenantName: 'Contoso' }],
    });
    expect(await request('credential:read', { id })).toMatchObject({
      ok: true,
      value: { history: expect.arrayContaining([expect.objectContaining({ phase: 'done' })]) },
    });
    const path = join(here.directory, 'c.pfx');
    paths.push(path, null);
    expect(await request('certificate:export', { id, format: 'pfx', password: { typed: 'secret 1' }, encryption: 'modern' })).toEqual({
      ok: true,
      value: {
        path,
        importCommands: {
          powershell: expect.stringContaining(`Import-PfxCertificate -FilePath '${path}'`),
          certutil: expect.stringContaining(`"${path}"`),
        },
        generatedPassword: null,
      },
    });
    expect(existsSync(path)).toBe(true);
    expect(await request('certificate:export', { id, format: 'cer', password: null, encryption: 'modern' })).toEqual({
      ok: true,
      value: null,
    });
    expect(await request('handover:confirm', { id, thumbprint: current(id) })).toMatchObject({ ok: true, value: { state: 'confirmed' } });
    expect(await request('credential:remove', { id, purge: false })).toEqual({ ok: true, value: null });
    expect(await request('credentials:list', { deleted: true })).toMatchObject({ ok: true, value: [{ id }] });
    expect(await request('credential:restore', { id })).toMatchObject({ ok: true, value: { proof: { ok: true } } });
    expect(await request('credential:verify', { id })).toMatchObject({ ok: true, value: { proof: { ok: true } } });
  });

  it('with the server’s certificate: ids first, the certificate later', async () => {
    const { request, setUp, paths } = await desk();
    const first = (await setUp({ draft: { ...draft, custody: 'external' }, certificate: null })).at(-1);
    if (first?.kind !== 'ended') throw new Error('not ended');
    expect(first.report.credential).toMatchObject({ state: 'waiting-certificate', certificate: null });
    const { certificate } = await ours('MailStore');
    paths.push(scratchFile('mailstore.cer', toCer(certificate)));
    const chosen = await request('certificate:choose', null);
    if (!chosen.ok || chosen.value === null) throw new Error('nothing chosen');
    expect(chosen.value.facts.thumbprint).toBe(certificate.thumbprint);
    const { id, clientId } = first.report.credential;
    const second = (
      await setUp({ draft: { ...draft, id, clientId: clientId ?? '', custody: 'external' }, certificate: chosen.value.certificate })
    ).at(-1);
    expect(second).toMatchObject({
      kind: 'ended',
      report: { credential: { id, certificate: { thumbprint: certificate.thumbprint } }, proof: { ok: true } },
    });
    const alone = await request('credential:verify', { id });
    if (!alone.ok) throw new Error(alone.fault.code);
    const sentence = alone.value.proof?.checks.find(({ check }) => check === 'redirect-uri')?.evidence;
    expect(sentence).toContain('by an administrator: choose “Sign in and verify…”');
    expect(JSON.stringify(alone.value)).not.toMatch(/ --[a-z]/);
  });
});

describe('a set-up', () => {
  it('that was declined in the preview changes nothing', async () => {
    const { here, setUp } = await desk();
    expect((await setUp({ draft, certificate: null }, { apply: false, accepted: [] })).at(-1)).toMatchObject({
      kind: 'failed',
      fault: { code: 'input.declined' },
    });
    expect(here.server.world.state.tenants[0]?.applications).toEqual([]);
  });

  it('does not begin with fields that are not acceptable', async () => {
    const { request } = await desk();
    expect(await request('setup:begin', { draft: { ...draft, fqdn: 'https://x' }, certificate: null })).toMatchObject({
      ok: false,
      fault: { code: 'input.fqdn.scheme' },
    });
    expect(await request('setup:begin', { draft, certificate: '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b' })).toMatchObject({
      ok: false,
      fault: { code: 'window.run-unknown' },
    });
  });

  it('that has ended takes no more decisions', async () => {
    const { request } = await desk();
    const run = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b';
    for (const answer of [
      request('run:decide', { run, apply: true, accepted: [] }),
      request('run:cancel', { run }),
      request('run:copy-address', { run }),
    ]) {
      expect(await answer).toMatchObject({ ok: false, fault: { code: 'window.run-unknown' } });
    }
  });
});

describe('the dialog’s fields', () => {
  it('are validated one by one, in words, and come to a redirect URI', async () => {
    const { request } = await desk();
    expect(await request('draft:check', draft)).toEqual({
      ok: true,
      value: { faults: {}, warnings: {}, redirectUri: 'https://mailstore.example.com:8462/oidc/signin' },
    });
    const bad = await request('draft:check', { ...draft, name: '', clientId: 'x', tenant: 'a b', fqdn: '10.0.0.1', port: '0' });
    if (!bad.ok) throw new Error('refused');
    expect(Object.keys(bad.value.faults).toSorted()).toEqual(['clientId', 'fqdn', 'name', 'port', 'tenant']);
    // In one line each: what would be right.
    expect(bad.value.faults).toMatchObject({
      tenant: { message: 'Enter an ID or a domain: contoso.com', fix: '' },
      port: { message: '1 to 65535', fix: '' },
    });
    expect(await request('draft:check', { ...draft, fqdn: 'mailstore', userSignIn: true })).toMatchObject({
      ok: true,
      value: { warnings: { fqdn: expect.stringContaining('Add a domain') } },
    });
    expect(await request('draft:check', { ...draft, userSignIn: false, fqdn: '', port: '' })).toEqual({
      ok: true,
      value: { faults: {}, warnings: {}, redirectUri: null },
    });
  });

  it('say that a name is taken, but not by the credential itself', async () => {
    const { request, setUp } = await desk();
    const ended = (await setUp({ draft, certificate: null })).at(-1);
    if (ended?.kind !== 'ended') throw new Error('not ended');
    expect(await request('draft:check', { ...draft, name: 'CONTOSO archive' })).toMatchObject({
      value: { faults: { name: { message: expect.stringContaining('Another credential') } } },
    });
    expect(await request('draft:check', { ...draft, id: ended.report.credential.id })).toMatchObject({ value: { faults: {} } });
  });
});

describe('links', () => {
  it('lead to the portal of the credential’s cloud, and nowhere before there is an application', async () => {
    const { request, setUp, opened } = await desk();
    const ended = (await setUp({ draft, certificate: null })).at(-1);
    if (ended?.kind !== 'ended') throw new Error('not ended');
    const { id, clientId } = ended.report.credential;
    await request('portal:open', { id, page: 'permissions' });
    await request('portal:open', { id, page: 'consent' });
    expect(opened).toEqual([
      expect.stringMatching(new RegExp(`^https://entra\\.microsoft\\.com/.*${clientId}$`)),
      expect.stringMatching(/^https:\/\/login\.microsoftonline\.com\/.*\/adminconsent\?client_id=/),
    ]);
  });
});
