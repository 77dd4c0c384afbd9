import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectArgs, inside, workplace } from './command-line.ts';

const place = workplace({ tenants: 1 });
const mailbox = 'test.mailbox@contoso.example';

/** The same but for what looking itself has moved on: it signs in, and reads again. */
const withoutTimes = (tenants: unknown): unknown =>
  JSON.parse(JSON.stringify(tenants).replaceAll(/("(?:lastSignIn|readAt)":)"[^"]+"/g, '$1""'));

describe('ews', () => {
  it('ends with one document of the documented form', async () => {
    await place().json('form', ...connectArgs('form'));
    const { code, document } = await place().json('form', 'ews', 'form');
    expect(code).toBe(0);
    expect(Object.keys(document)).toEqual(['daysLeft', 'tenants']);
    expect(document['tenants']).toEqual([
      {
        tenantId: place().server.describe().tenants[0]?.id,
        tenantName: 'Contoso',
        readBy: { credential: 'form' },
        holders: [
          {
            clientId: expect.stringMatching(/^[0-9a-f-]{36}$/),
            name: 'form',
            permissions: ['full_access_as_app'],
            publisher: null,
            owner: 'this-tenant',
            owners: [expect.stringContaining('@contoso.example')],
            lastSignIn: expect.stringMatching(/Z$/),
            ours: true,
            calls: null,
          },
        ],
        switch: null,
        unused: [],
        signInReport: 'read',
        losses: ['archive-mailboxes', 'public-folders', 'imap-off', 'kiosk-licences'].map((loss) =>
          loss === 'kiosk-licences'
            ? { loss, count: 0, names: [], readAt: expect.stringMatching(/Z$/) }
            : { loss, count: null, names: [], readAt: null },
        ),
      },
    ]);
    const all = await place().json('form', 'ews', '--all');
    expect([all.code, withoutTimes(all.document['tenants'])]).toEqual([0, withoutTimes(document['tenants'])]);
  });

  it.each([
    [['ews'], 'input.argument.missing'],
    [['ews', 'form', '--all'], 'input.argument.excess'],
    [['ews', '--all', '--usage', '/nonexistent/usage.csv'], 'track.file-unreadable'],
    [['ews', '--all', '--sign-in', '--account', 'nobody'], 'input.option.value-invalid'],
    [['ews', '--all', '--sign-in', '--account', mailbox, '--device-code'], 'input.option.conflict'],
    [['migrate', 'form'], 'input.option.missing'],
    [['migrate', 'form', '--to', 'mailstore-graph', '--back'], 'input.option.conflict'],
    [['migrate', '--all', '--to', 'mailstore-graph', '--limit', '0'], 'input.option.value-invalid'],
    [['migrate', '--all', '--to', 'mailstore-graph', '--mailbox', mailbox], 'input.option.conflict'],
    [['migrate', 'form', '--to', 'mailstore-graph'], 'migrate.unconfirmed'],
    [['migrate', '--all', '--to', 'mailstore-graph'], 'migrate.unconfirmed'],
    [['migrate', 'form', '--to', 'mailstore-graph', '--pilot'], 'migrate.losses'],
    [['migrate', 'form', '--back', '--losses-accepted'], 'input.option.conflict'],
    [['migrate', 'form', '--to', 'mailstore-graph', '--losses-accepted-in', 'contoso.example'], 'input.option.missing'],
  ])('%j is refused', async (args, code) => {
    const { document } = await place().json('form', ...args, '--yes');
    expect(document['fault']).toMatchObject({ code });
  });
});

it('ews writes the script for a credential, and takes its result', async () => {
  await place().json('script', ...connectArgs('script'));
  const [script, result] = [join(place().folder, 'allow.ps1'), join(place().folder, 'result.json')];
  const written = await place().json('script', 'ews', 'script', '--script', script);
  expect(written.code).toBe(0);
  const text = readFileSync(script, 'utf8');
  const tenantId = place().server.describe().tenants[0]?.id ?? '';
  expect(text.startsWith('\u{FEFF}#Requires -Version 5.1')).toBe(true);
  expect(text).toContain(`$tenantId = '${tenantId}'`);
  const state = { ewsEnabled: true, ewsAllowedAppIds: ['11111111-2222-3333-4444-555555555555'] };
  const document = { version: 1, tenantId, appId: tenantId, at: '2026-11-30T12:00:00Z', whatIf: false, before: state, after: state };
  writeFileSync(result, JSON.stringify(document));
  const told = await place().json('script', 'ews', 'script', '--result', result);
  expect(told.document['tenants']).toMatchObject([
    { switch: { enabled: true, allowed: state.ewsAllowedAppIds, source: '2026-11-30T12:00:00.000Z' } },
  ]);
  // It is remembered, and said where the switch is asked for.
  const [[, later], proof] = [
    Object.entries((await place().json('script', 'ews', 'script')).document).at(-1) ?? [],
    await place().json('script', 'verify', 'script'),
  ];
  expect(withoutTimes(later)).toEqual(withoutTimes(told.document['tenants']));
  expect(JSON.stringify(proof.document)).toContain('An Exchange administrator read on 2026-11-30');
  writeFileSync(result, JSON.stringify({ ...document, tenantId: '11111111-2222-4333-8444-555555555555' }));
  const other = await place().json('script', 'ews', 'script', '--result', result);
  expect(other.document['fault']).toMatchObject({ code: 'ews.result-other-tenant' });
});

it('ews writes the scripts that need nothing read of the tenant, and checks what they have come to', async () => {
  await place().json(
    'steps',
    'connect',
    '--name',
    'steps',
    '--app-name',
    'steps',
    '--profile',
    'imap-access',
    '--key-size',
    '2048',
    '--yes',
  );
  const [script, result] = [join(place().folder, 'imap.ps1'), join(place().folder, 'imap.json')];
  const args = ['ews', 'steps', '--for', 'imap'];
  const written = await place().json('steps', ...args, '--script', script, '--mailbox', mailbox);
  expect([written.code, written.document['tenants']]).toEqual([0, []]);
  const tenant = place().server.world.state.tenants[0];
  const principal = tenant?.servicePrincipals.find(({ displayName }) => displayName === 'steps');
  const [appId, objectId] = [principal?.appId ?? '', principal?.id ?? ''];
  const text = readFileSync(script, 'utf8');
  expect(text).toContain(`$objectId = '${objectId}'`);
  expect(text).toContain(`$Mailbox = @('${mailbox}')`);
  const state = (fullAccess: boolean, known: string) => ({
    servicePrincipal: { appId, objectId: known },
    mailboxes: [{ address: mailbox, found: true, fullAccess, imapEnabled: true, reason: null }],
  });
  const document = { version: 1, kind: 'imap', tenantId: tenant?.id, at: '2026-11-30T12:00:00Z', whatIf: false, appId, objectId };
  const write = (after: object) => writeFileSync(result, JSON.stringify({ ...document, before: after, after }));
  write(state(true, objectId));
  const done = await place().json('steps', ...args, '--result', result);
  expect([done.code, done.document['results']]).toMatchObject([0, [{ kind: 'imap', at: '2026-11-30T12:00:00.000Z' }]]);
  // The client id or that of the registration, which Exchange takes as well.
  write(state(false, appId));
  const wrong = await place().json('steps', ...args, '--result', result);
  expect(wrong.code).toBe(5);
  for (const lang of ['en', 'fr', 'de']) {
    const told = await inside([...args, '--result', result, '--lang', lang, ...place().at('steps')]);
    expect([told.code, told.stdout.match(new RegExp(`${appId}|${mailbox}`, 'g'))], lang).toEqual([5, [appId, mailbox]]);
  }
  const found = { archives: ['a@contoso.example'], publicFolders: 0, withoutImap: [] };
  const looked = { version: 1, kind: 'losses', tenantId: tenant?.id, at: '2026-11-30T12:00:00Z', whatIf: false };
  const said = async (more: object) => {
    writeFileSync(result, JSON.stringify({ ...looked, ...more }));
    return (await inside(['ews', 'steps', '--for', 'losses', '--result', result, ...place().at('steps')])).stdout;
  };
  expect(await said(found)).toContain('A move may lose: 1 archive mailbox.');
  expect(await said({ ...found, archives: [] })).toContain('Nothing was found that EWS alone can archive.');
  const named = await inside(['ews', 'steps', '--for', 'losses', '--script', join(place().folder, 'losses.ps1'), ...place().at('steps')]);
  expect(named.stdout).toContain('losses.ps1. Run it with -WhatIf first.');
  const refused = async (...more: string[]) => (await place().json('steps', 'ews', 'steps', ...more)).document['fault'];
  expect(await refused('--for', 'imap')).toMatchObject({ code: 'input.option.missing' });
  expect(await refused('--for', 'rbac', '--script', script)).toMatchObject({ code: 'input.option.missing' });
  expect(await refused('--for', 'rbac', '--script', script, '--group', 'a@b.example')).toMatchObject({ code: 'ews.step-not-needed' });
  expect(await refused('--for', 'losses', '--script', script, '--mailbox', mailbox)).toMatchObject({ code: 'input.option.conflict' });
  expect(await refused('--for', 'imap', '--script', script, '--mailbox', 'nobody')).toMatchObject({ code: 'input.option.value-invalid' });
  writeFileSync(result, JSON.stringify({ ...document, tenantId: appId, before: state(true, objectId), after: state(true, objectId) }));
  expect(await refused('--for', 'imap', '--result', result)).toMatchObject({ code: 'ews.result-other-tenant' });
});

it('migrate has what connect has, and a timeline; in words it says what is next', async () => {
  await place().json('move', ...connectArgs('move'));
  const args = ['migrate', 'move', '--to', 'mailstore-graph', '--pilot', '--losses-accepted', '--mailbox', mailbox, '--yes'];
  const { code, document } = await place().json('move', ...args);
  expect([code, Object.keys(document)]).toEqual([0, ['credential', 'plan', 'findings', 'proof', 'requests', 'timeline']]);
  expect(document['timeline']).toEqual(['begun', 'granted', 'proven'].map((state) => ({ state, at: expect.stringMatching(/Z$/) })));
  const finish = await place().json('move', 'migrate', 'move', '--finish', '--yes');
  expect(finish.document['fault']).toMatchObject({ code: 'migrate.not-handed-over' });
  for (const lang of ['en', 'fr', 'de']) {
    const { stdout } = await inside([...args, '--lang', lang, ...place().at('move')]);
    expect(stdout, lang).toContain('handover move --confirmed');
  }
});

it('migrate --all tells what each tenant loses, holds back what nobody accepted, and says how many of all are moved', async () => {
  const profile = join(place().folder, 'confirmed.json');
  const { document: shipped } = await place().json('many', 'profiles');
  const graph = (shipped['profiles'] as readonly Readonly<Record<string, unknown>>[]).find(({ id }) => id === 'mailstore-graph');
  writeFileSync(profile, JSON.stringify({ ...graph, id: 'graph-confirmed', unconfirmed: false }));
  await place().json('many', ...connectArgs('many'));
  const all = ['migrate', '--all', '--to', profile];
  const { id: tenantId = '' } = place().server.describe().tenants[0] ?? {};
  const result = join(place().folder, 'losses.json');
  const found = { archives: ['a@contoso.example'], publicFolders: 0, withoutImap: [] };
  writeFileSync(result, JSON.stringify({ version: 1, kind: 'losses', tenantId, at: new Date().toISOString(), whatIf: false, ...found }));
  const planned = async () => (await inside([...all, '--plan', ...place().at('many')])).stdout;
  expect(await planned()).toContain('Archive mailboxes: nobody has looked; Public folders: nobody has looked. Held back');
  await place().json('many', 'ews', 'many', '--result', result);
  expect(await planned()).toMatch(/many.*: 1 archive mailbox \([^)]+\)\. Held back until that is accepted\./);
  expect((await place().json('many', ...all, '--plan')).document).toMatchObject({
    waiting: [{ credential: { name: 'many' }, losses: [{ loss: 'archive-mailboxes', count: 1, names: found.archives }], held: true }],
    moved: 0,
    left: 1,
  });
  const held = await place().json('many', ...all, '--yes');
  expect([held.code, held.document['moved']]).toEqual([2, 0]);
  expect(held.document['results']).toMatchObject([{ credential: { name: 'many' }, fault: { code: 'migrate.losses' } }]);
  const stray = await place().json('many', ...all, '--yes', '--losses-accepted-in', 'fabrikam.example');
  expect(stray.document['fault']).toMatchObject({ code: 'ews.not-listed' });

  const args = [...all, '--losses-accepted-in', 'CONTOSO.example', '--yes'];
  const { code, document } = await place().json('many', ...args);
  expect([code, document['moved'], document['left'], document['lastRun']]).toEqual([0, 1, 0, null]);
  expect(document['results']).toMatchObject([{ credential: { name: 'many', profile: 'graph-confirmed' } }]);
  const { stdout } = await inside([...args, ...place().at('many')]);
  expect(stdout).toContain('1 of 1 moved, none is left on EWS.');
});
