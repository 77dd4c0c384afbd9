import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { desk, draft, type Desk } from './desk.ts';

const clientId = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc02f';
const tenant = '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa';
const byHand = { ...draft, clientId, tenant };

async function created({ request }: Desk) {
  const made = await request('certificate:create', { commonName: 'Contoso archive' });
  if (!made.ok) throw new Error(made.fault.message);
  return made.value;
}

async function ended(here: Desk, input: Parameters<Desk['setUp']>[0]) {
  const last = (await here.setUp(input)).at(-1);
  if (last?.kind !== 'ended') throw new Error(JSON.stringify(last));
  return last.report;
}

describe('a certificate that was made while the dialog is open', () => {
  it('can be downloaded before anything is stored, and never with its key in the answer', async () => {
    const here = await desk();
    const { certificate, facts } = await created(here);
    const path = join(here.here.directory, 'draft.cer');
    here.paths.push(path);
    expect(await here.request('certificate:export', { id: certificate, format: 'cer', password: null, encryption: 'modern' })).toEqual({
      ok: true,
      value: { path, importCommands: null, generatedPassword: null },
    });
    expect(new X509Certificate(readFileSync(path)).fingerprint.replaceAll(':', '')).toBe(facts.thumbprint);
    expect(facts.keySize).toBe(2048);
    expect(await here.request('credentials:list', { deleted: false })).toEqual({ ok: true, value: [] });
  });

  it('is the one that the set-up publishes and proves; both sides of it are shown', async () => {
    const here = await desk();
    const { certificate, facts } = await created(here);
    const report = await ended(here, { draft, certificate });
    expect(report.credential.certificate).toEqual(facts);
    const side = { thumbprint: facts.thumbprint, notBefore: facts.notBefore, notAfter: facts.notAfter };
    expect(report.proof?.checks.find(({ check }) => check === 'key-credential')).toMatchObject({
      result: 'passed',
      compared: { here: side, there: { thumbprint: facts.thumbprint } },
    });
    expect(report.proof?.checks.find(({ check }) => check === 'token-graph')).toMatchObject({ result: 'passed' });
  });
});

describe('customer and notes', () => {
  it('are stored as typed, what was not typed stays, and what is wrong stands beside its field', async () => {
    const { request } = await desk();
    const saved = await request('credential:save', { draft: { ...byHand, customer: ' Contoso Ltd', notes: 'a\r\nb' }, certificate: null });
    if (!saved.ok) throw new Error(saved.fault.message);
    expect(saved.value).toMatchObject({ customer: 'Contoso Ltd', notes: 'a\nb' });
    const { id } = saved.value;
    const again = await request('credential:save', { draft: { ...byHand, id, notes: '' }, certificate: null });
    expect(again).toMatchObject({ ok: true, value: { customer: 'Contoso Ltd', notes: '' } });
    const checked = await request('draft:check', { ...byHand, id, customer: 'x'.repeat(121) });
    expect(checked).toMatchObject({ ok: true, value: { faults: { customer: { message: expect.stringContaining('120') } } } });
  });

  it('reach the credential that is set up', async () => {
    const here = await desk();
    const report = await ended(here, { draft: { ...draft, customer: 'Contoso Ltd' }, certificate: null });
    expect(report.credential).toMatchObject({ customer: 'Contoso Ltd', notes: '' });
  });
});

describe('OK', () => {
  it('stores what was typed, with the key, and asks no tenant', async () => {
    const here = await desk();
    const { certificate, facts } = await created(here);
    const saved = await here.request('credential:save', { draft: byHand, certificate });
    expect(saved).toMatchObject({
      ok: true,
      value: {
        clientId,
        tenantId: tenant,
        certificate: facts,
        state: 'never-checked',
        redirectUri: 'https://mailstore.example.com:8462/oidc/signin',
      },
    });
    if (!saved.ok) throw new Error('not saved');
    const path = join(here.here.directory, 'saved.pfx');
    here.paths.push(path);
    expect(
      await here.request('certificate:export', {
        id: saved.value.id,
        format: 'pfx',
        password: { typed: 'secret 1' },
        encryption: 'modern',
      }),
    ).toMatchObject({ ok: true });
  });

  it('needs the two ids of a registration that was made by hand', async () => {
    const { request } = await desk();
    expect(await request('credential:save', { draft: { ...byHand, clientId: '' }, certificate: null })).toMatchObject({
      ok: false,
      fault: { code: 'credential.client-id-needed' },
    });
    expect(await request('credential:save', { draft: { ...byHand, tenant: 'contoso.com' }, certificate: null })).toMatchObject({
      ok: false,
      fault: { code: 'track.tenant-unknown' },
    });
    expect(await request('credential:save', { draft: { ...byHand, tenant: '' }, certificate: null })).toMatchObject({
      ok: false,
      fault: { code: 'credential.tenant-id-needed' },
    });
  });

  it('takes a domain for the tenant, and asks for its id', async () => {
    const { request, here } = await desk();
    const [contoso] = here.server.world.state.tenants;
    expect(await request('credential:save', { draft: { ...byHand, tenant: 'Contoso.Example' }, certificate: null })).toMatchObject({
      ok: true,
      value: { tenantId: contoso?.id, tenantDomain: 'contoso.example' },
    });
  });

  it('asks for no id of a domain that the credential has already', async () => {
    const { request, here } = await desk();
    const saved = await request('credential:save', { draft: { ...byHand, tenant: 'contoso.example' }, certificate: null });
    if (!saved.ok) throw new Error(saved.fault.message);
    // Asked now, Microsoft would know no such domain.
    here.server.world.state.tenants[0]?.domains.splice(0);
    const edited = { ...byHand, id: saved.value.id, tenant: 'contoso.example', name: 'Renamed' };
    expect(await request('credential:save', { draft: edited, certificate: null })).toMatchObject({
      ok: true,
      value: { name: 'Renamed', tenantId: saved.value.tenantId, tenantDomain: 'contoso.example' },
    });
    const moved = await request('credential:save', { draft: { ...edited, tenant }, certificate: null });
    expect(moved).toMatchObject({ ok: true, value: { tenantId: tenant, tenantDomain: '' } });
  });

  it('waits, and keeps no answer, while nobody has said who makes the certificate', async () => {
    const { request } = await desk();
    expect(await request('credential:save', { draft: { ...byHand, custody: null }, certificate: null })).toMatchObject({
      ok: true,
      value: { state: 'waiting-certificate', certificate: null },
    });
    expect(await request('settings:read', null)).toMatchObject({ value: { custody: 'ask' } });
  });

  it('waits for the server’s certificate when MailStore holds the key', async () => {
    const { request } = await desk();
    expect(await request('credential:save', { draft: { ...byHand, custody: 'external' }, certificate: null })).toMatchObject({
      ok: true,
      value: { state: 'waiting-certificate' },
    });
  });

  it('refuses a certificate of the other custody', async () => {
    const here = await desk();
    const { certificate } = await created(here);
    expect(await here.request('credential:save', { draft: { ...byHand, custody: 'external' }, certificate })).toMatchObject({
      ok: false,
      fault: { code: 'credential.certificate-of-other-custody' },
    });
  });
});

describe('the answer to who makes the certificate', () => {
  const answered = async ({ request }: Desk) => {
    const settings = await request('settings:read', null);
    return settings.ok ? settings.value.custody : settings.fault.code;
  };

  it('is needed by a set-up, and remembered for the next new credential', async () => {
    const here = await desk();
    expect(await here.request('setup:begin', { draft: { ...draft, custody: null }, certificate: null })).toMatchObject({
      ok: false,
      fault: { code: 'credential.custody-open' },
    });
    expect(await answered(here)).toBe('ask');
    const { credential } = await ended(here, { draft, certificate: null });
    expect(await answered(here)).toBe('keyring');
    await here.request('credential:save', { draft: { ...byHand, name: 'Other', custody: 'external' }, certificate: null });
    expect(await answered(here)).toBe('external');
    // A stored credential says nothing about the next one.
    const edited = { ...draft, id: credential.id, clientId: credential.clientId ?? '', tenant: credential.tenantId };
    await here.request('credential:save', { draft: edited, certificate: null });
    expect(await answered(here)).toBe('external');
  });

  it('is nobody’s where the server alone can make it', async () => {
    const here = await desk();
    const hybrid = { ...byHand, server: 'exchange-hybrid', profile: 'exchange-hybrid', custody: 'external' as const, userSignIn: false };
    expect(await here.request('credential:save', { draft: hybrid, certificate: null })).toMatchObject({ ok: true });
    expect(await answered(here)).toBe('ask');
  });
});

describe('the application’s name', () => {
  it('is that of the server software, unless another one was typed', async () => {
    const here = await desk();
    await ended(here, { draft, certificate: null });
    await ended(here, { draft: { ...draft, name: 'Second', appName: ' Archive of Contoso ' }, certificate: null });
    const names = here.here.server.world.state.tenants[0]?.applications.map(({ displayName }) => displayName);
    expect(names).toEqual(['MailStore Server', 'Archive of Contoso']);
    expect(await here.request('draft:check', { ...draft, appName: 'x'.repeat(257) })).toMatchObject({
      value: { faults: { appName: { message: expect.stringContaining('256') } } },
    });
  });
});

describe('Edit', () => {
  it('renames without touching the proof; a new redirect URI has to be proven again', async () => {
    const here = await desk();
    const { credential } = await ended(here, { draft, certificate: null });
    const edited = { ...draft, id: credential.id, clientId: credential.clientId ?? '', tenant: credential.tenantId };
    expect(await here.request('credential:save', { draft: { ...edited, name: 'Renamed' }, certificate: null })).toMatchObject({
      ok: true,
      value: { name: 'Renamed', state: credential.state, provenAt: credential.provenAt },
    });
    expect(await here.request('credential:save', { draft: { ...edited, name: 'Renamed', port: '443' }, certificate: null })).toMatchObject({
      ok: true,
      value: { state: 'never-checked', provenAt: null },
    });
    const again = await ended(here, { draft: { ...edited, name: 'Renamed', port: '443' }, certificate: null });
    expect(again).toMatchObject({
      credential: { id: credential.id, redirectUri: 'https://mailstore.example.com/oidc/signin' },
      proof: { ok: true },
    });
  });

  it('leaves the application of a registered credential alone', async () => {
    const here = await desk();
    const { credential } = await ended(here, { draft, certificate: null });
    const edited = { ...draft, id: credential.id, clientId, tenant: credential.tenantId };
    expect(await here.request('credential:save', { draft: edited, certificate: null })).toMatchObject({
      ok: false,
      fault: { code: 'credential.identity-fixed' },
    });
  });

  it('puts a new certificate beside the old one, which the next set-up publishes', async () => {
    const here = await desk();
    const { credential } = await ended(here, { draft, certificate: null });
    const { certificate, facts } = await created(here);
    const edited = { ...draft, id: credential.id, clientId: credential.clientId ?? '', tenant: credential.tenantId };
    expect(await here.request('credential:save', { draft: edited, certificate })).toMatchObject({
      ok: true,
      value: { certificate: facts, state: 'never-checked' },
    });
    const report = await ended(here, { draft: edited, certificate: null });
    expect(report.credential.certificate).toEqual(facts);
    expect(here.here.server.world.state.tenants[0]?.applications[0]?.keyCredentials).toHaveLength(2);
  });
});

describe('a name', () => {
  it('that is taken is refused by whoever stores it; the same set-up again is continued', async () => {
    const here = await desk();
    const { credential } = await ended(here, { draft, certificate: null });
    expect(await here.request('credential:save', { draft: byHand, certificate: null })).toMatchObject({
      ok: false,
      fault: { code: 'input.name.taken' },
    });
    expect(await ended(here, { draft, certificate: null })).toMatchObject({ credential: { id: credential.id }, plan: [] });
    expect((await here.setUp({ draft: { ...draft, port: '443' }, certificate: null })).at(-1)).toMatchObject({
      kind: 'failed',
      fault: { code: 'input.name.taken' },
    });
  });
});
