import { describe, expect, it } from 'vitest';
import { desk, draft } from './desk.ts';

const fault = (field: string, message: RegExp) => ({
  ok: true,
  value: { faults: { [field]: { message: expect.stringMatching(message) } } },
});

describe('the server software of a draft', () => {
  it('says which redirect URI it comes to, and whether an instance is missing', async () => {
    const { request } = await desk();
    const spe = { ...draft, server: 'mailstore-spe', port: '443' };
    expect(await request('draft:check', { ...spe, instance: 'Contoso1' })).toMatchObject({
      ok: true,
      value: { faults: {}, redirectUri: 'https://mailstore.example.com/Contoso1/oidc/signin' },
    });
    expect(await request('draft:check', spe)).toMatchObject({ ...fault('instance', /Management Console/), value: { redirectUri: null } });
    expect(await request('draft:check', { ...spe, instance: 'a/b' })).toMatchObject(fault('instance', /letters/));
    expect(await request('draft:check', { ...draft, server: 'exchange-hybrid', fqdn: '' })).toMatchObject({
      ok: true,
      value: { faults: {}, redirectUri: null },
    });
  });

  it('is told in words, with its sheet and its profiles', async () => {
    const { request } = await desk();
    const facts = await request('app:read', null);
    if (!facts.ok) throw new Error(facts.fault.message);
    const [first, spe] = facts.value.servers;
    expect(first).toMatchObject({
      id: 'mailstore-server',
      name: 'MailStore Server',
      port: '8462',
      instances: false,
      profiles: expect.arrayContaining(['mailstore-guide', 'mailstore-graph', 'directory-only']),
    });
    expect(spe).toMatchObject({ id: 'mailstore-spe', instances: true, port: '443' });
    for (const { sheet } of facts.value.servers) for (const step of sheet) expect('part' in step ? step.waiting : step.text).toMatch(/ /);
  });
});

describe('permissions of one’s own', () => {
  const free = { ...draft, server: 'other', profile: '' };

  it('are typed as API/VALUE, at least one', async () => {
    const { request } = await desk();
    expect(await request('draft:check', free)).toMatchObject(fault('permissions', /at least one/));
    expect(await request('draft:check', { ...free, permissions: 'graph/Mail.Read\nMail' })).toMatchObject(fault('permissions', /“Mail”/));
    expect(await request('draft:check', { ...free, permissions: 'graph/Mail.Read', keepAs: '1' })).toMatchObject(
      fault('keepAs', /Small letters/),
    );
    const taken = { ...free, permissions: 'graph/Mail.Read', keepAs: 'imap-access' };
    expect(await request('draft:check', taken)).toMatchObject(fault('keepAs', /of Tenant Keyring/));
    expect(await request('draft:check', { ...free, permissions: 'graph/Mail.Read, exchange/IMAP.AccessAsApp' })).toMatchObject({
      ok: true,
      value: { faults: {} },
    });
  });

  it('are found by name in the tenant, or the wait for the sign-in ends', async () => {
    const { request } = await desk();
    const found = await request('permissions:find', { tenant: 'contoso.example', cloud: 'global' });
    expect(found).toMatchObject({
      ok: true,
      value: expect.arrayContaining([
        {
          permission: 'exchange/IMAP.AccessAsApp',
          resource: 'Office 365 Exchange Online',
          value: 'IMAP.AccessAsApp',
          displayName: 'IMAP.AccessAsApp',
        },
      ]),
    });
    expect(await request('permissions:find', { tenant: 'nowhere.example', cloud: 'global' })).toMatchObject({ ok: false });
    const waiting = request('permissions:find', { tenant: '', cloud: 'global' });
    await request('permissions:cancel', null);
    expect(await waiting).toMatchObject({ ok: false, fault: { code: 'interrupted' } });
  });

  it('are kept, proven with their credential, changed, and removed without touching it', async () => {
    const { here, request, setUp } = await desk();
    const input = { ...free, name: 'Tool', permissions: 'graph/User.Read.All', keepAs: 'Our tool' };
    expect((await setUp({ draft: input, certificate: null })).at(-1)).toMatchObject({
      kind: 'ended',
      report: { credential: { server: 'other', profile: 'our-tool', redirectUri: null, state: 'proven' } },
    });
    const stored = here.services.engine.store.find('Tool');
    const edited = { ...input, id: stored.id, clientId: stored.clientId ?? '', tenant: stored.tenantId, keepAs: 'our-tool' };
    const more = { ...edited, permissions: 'graph/User.Read.All\ngraph/Group.Read.All' };
    expect(await request('credential:save', { draft: more, certificate: null })).toMatchObject({
      ok: true,
      value: { profile: 'our-tool' },
    });
    const kept = here.services.engine.profiles.get('our-tool');
    expect(kept).toMatchObject({ version: 2 });
    expect(here.services.engine.store.find('Tool').profile).toMatchObject({ version: 2, permissions: [{}, {}] });
    const listed = await request('profiles:list', { credential: stored.id });
    expect(listed).toMatchObject({ ok: true, value: expect.arrayContaining([expect.objectContaining({ id: 'our-tool', own: true })]) });
    expect(await request('profiles:remove', { id: 'our-tool' })).toEqual({ ok: true, value: null });
    const after = await request('profiles:list', { credential: stored.id });
    expect(after).toMatchObject({ ok: true, value: expect.arrayContaining([expect.objectContaining({ id: 'our-tool', own: false })]) });
    expect(here.services.engine.store.find('Tool').profile).toMatchObject({ version: 2 });
  });
});
