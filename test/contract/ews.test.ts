import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventName, SetupEvent } from '../../preload/contract.ts';
import { ewsOfTenant } from '../../main/registration/index.ts';
import { desk, draft, type Desk } from './desk.ts';

const stranger = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b';

/** A file with this text, by its path. */
function file(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tenant-keyring-ews-')), name);
  writeFileSync(path, text);
  return path;
}

async function read(here: Desk) {
  const outcome = await here.request('ews:read', null);
  if (!outcome.ok) throw new Error(outcome.fault.code);
  return outcome.value;
}

/** A desk with one credential, whose own key may read its tenant unless the server has it. */
async function ready(custody: 'keyring' | 'external' = 'keyring') {
  const here = await desk();
  const set = (await here.setUp({ draft: { ...draft, custody }, certificate: null })).at(-1);
  if (set?.kind !== 'ended') throw new Error('not set up');
  return { here, row: set.report.credential };
}

/** Signs in to a tenant of the list. @returns what its run said last */
async function signIn(here: Desk, tenantId: string): Promise<SetupEvent> {
  const over = Promise.withResolvers<SetupEvent>();
  here.listen((event: EventName, value: unknown) => {
    const { event: step } = event === 'run:event' ? (value as { event: SetupEvent }) : { event: null };
    if (step !== null && ['over', 'failed', 'ended'].includes(step.kind)) over.resolve(step);
  });
  const begun = await here.request('ews:sign-in', { tenantId, account: null });
  if (!begun.ok) throw new Error(begun.fault.code);
  return over.promise;
}

const state = (allowed: readonly string[]) => ({ ewsEnabled: true, ewsAllowedAppIds: allowed });
const result = (tenantId: string, allowed: readonly string[], at = '2026-11-30T12:00:00Z') =>
  JSON.stringify({ version: 1, tenantId, appId: tenantId, at, whatIf: false, before: state([]), after: state(allowed) });

describe('what hangs on EWS', () => {
  it('is told of each tenant with the credential’s own token; of one that nobody has looked at nothing is claimed', async () => {
    const { here, row } = await ready();
    const before = await read(here);
    expect(before).toMatchObject({ usage: null, looking: null, tenants: [{ tenantId: row.tenantId, state: 'unknown', holders: [] }] });
    expect(await here.request('ews:look', null)).toEqual({ ok: true, value: null });
    const { tenants, looking } = await read(here);
    expect(looking).toBeNull();
    expect(tenants).toMatchObject([
      {
        tenantName: 'Contoso',
        state: 'read',
        readBy: { kind: 'credential', name: row.name },
        holders: [{ clientId: row.clientId, permissions: ['full_access_as_app'], ours: true, calls: null }],
        switch: null,
        fault: null,
      },
    ]);
    // Owners and last sign-ins as the command line tells them.
    const { engine } = here.here.services;
    const told = await ewsOfTenant(engine, 'global', row.id, { usage: null, signIn: false }, here.here.run());
    expect(tenants[0]?.holders).toEqual(told.holders);
    expect(here.emitted.filter(([name]) => name === 'ews:changed').length).toBeGreaterThanOrEqual(3);
    // Stopped when nothing runs, nothing happens.
    expect(await here.request('ews:stop', null)).toEqual({ ok: true, value: null });
  });

  it('is looked at while it is asked for, and stopped leaves what was not seen as it was', async () => {
    const { here } = await ready();
    const look = here.request('ews:look', null);
    expect(await read(here)).toMatchObject({ looking: { done: 0, total: 1 }, tenants: [{ state: 'looking' }] });
    await here.request('ews:stop', null);
    expect(await look).toEqual({ ok: true, value: null });
    expect(await read(here)).toMatchObject({ looking: null, tenants: [{ state: 'unknown' }] });
  });

  it('needs a sign-in where the server has the key, and is read by whoever signs in', async () => {
    const { here, row } = await ready('external');
    await here.request('ews:look', null);
    expect((await read(here)).tenants).toMatchObject([{ state: 'sign-in', readBy: null, fault: null }]);
    expect(await signIn(here, row.tenantId)).toEqual({ kind: 'over' });
    expect((await read(here)).tenants).toMatchObject([{ state: 'read', readBy: { kind: 'administrator' }, holders: [{ ours: true }] }]);
    expect(await here.request('ews:sign-in', { tenantId: stranger, account: null })).toMatchObject({
      ok: false,
      fault: { code: 'ews.not-listed' },
    });
    // Other data are open by then.
    here.leave();
    expect((await read(here)).tenants).toMatchObject([{ state: 'unknown' }]);
  });

  it('is told apart by use with the report that somebody chooses', async () => {
    const { here, row } = await ready();
    await here.request('ews:look', null);
    here.paths.push(null, file('usage.csv', `Application ID,Number of calls\n${stranger},34\n`), file('empty.csv', 'a,b\n'));
    expect(await here.request('ews:add-usage', null)).toEqual({ ok: true, value: null });
    expect(await here.request('ews:add-usage', null)).toEqual({ ok: true, value: { name: 'usage.csv', applications: 1 } });
    expect(await here.request('ews:add-usage', null)).toMatchObject({ ok: false, fault: { code: 'ews.usage-unreadable' } });
    const { usage, tenants } = await read(here);
    expect(usage).toEqual({ name: 'usage.csv', applications: 1 });
    expect(tenants[0]?.holders).toMatchObject([{ clientId: row.clientId, calls: 0 }]);
  });
});

describe('the script that looks for what a move costs', () => {
  it('is saved for any tenant of the list, and its result is shown there and offered before a move', async () => {
    const { here, row } = await ready();
    const { tenantId } = row;
    const path = file('losses.ps1', '');
    const at = new Date().toISOString();
    const found = { archives: ['a@contoso.example', 'b@contoso.example'], publicFolders: 0, withoutImap: ['c@contoso.example'] };
    const told = { version: 1, kind: 'losses', tenantId, at, whatIf: false, ...found };
    here.paths.push(
      null,
      path,
      file('losses.json', JSON.stringify(told)),
      file('other.json', JSON.stringify({ ...told, tenantId: stranger })),
    );
    expect(await here.request('ews:save-losses-script', { tenantId })).toEqual({ ok: true, value: null });
    expect(await here.request('ews:save-losses-script', { tenantId })).toEqual({ ok: true, value: { path } });
    expect(readFileSync(path, 'utf8')).toContain(`$tenantId = '${tenantId.toLowerCase()}'`);
    expect(await here.request('ews:save-losses-script', { tenantId: stranger })).toMatchObject({
      ok: false,
      fault: { code: 'ews.not-listed' },
    });

    expect(await here.request('ews:read-result', null)).toEqual({
      ok: true,
      value: { about: 'losses', tenantName: 'Contoso', readAt: at },
    });
    expect(await here.request('ews:read-result', null)).toMatchObject({ ok: false, fault: { code: 'ews.not-listed' } });
    expect((await read(here)).tenants[0]?.losses).toEqual({ archives: 2, publicFolders: 0, withoutImap: 1, readAt: at });
    expect(await here.request('migration:offer', { id: row.id })).toMatchObject({
      ok: true,
      value: {
        targets: [{ losses: [{ loss: 'archive-mailboxes', count: 2, names: found.archives, readAt: at }] }],
        tenantId,
        lookedAt: at,
      },
    });
  });
});

describe('the script for Exchange', () => {
  it('is saved for an application of a tenant that was read, and its result is kept and shown', async () => {
    const { here, row } = await ready();
    const { tenantId, clientId } = row;
    const wanted = { tenantId, clientId: clientId ?? '' };
    expect(await here.request('ews:save-script', wanted)).toMatchObject({ ok: false, fault: { code: 'ews.not-listed' } });
    await here.request('ews:look', null);
    const path = file('allow.ps1', '');
    here.paths.push(null, path);
    expect(await here.request('ews:save-script', wanted)).toEqual({ ok: true, value: null });
    expect(await here.request('ews:save-script', wanted)).toEqual({ ok: true, value: { path } });
    const script = readFileSync(path, 'utf8');
    expect(script.startsWith('\u{FEFF}#Requires -Version 5.1')).toBe(true);
    expect(script).toContain(`$appId = '${clientId}'`);

    here.paths.push(
      null,
      file('result.json', result(tenantId, [clientId ?? ''])),
      file('older.json', result(tenantId, [], '2026-11-01T12:00:00Z')),
      file('stranger.json', result(stranger, [])),
    );
    const readAt = '2026-11-30T12:00:00.000Z';
    expect(await here.request('ews:read-result', null)).toEqual({ ok: true, value: null });
    expect(await here.request('ews:read-result', null)).toEqual({ ok: true, value: { about: 'switch', tenantName: 'Contoso', readAt } });
    // An older one does not take its place, and one of another tenant is none of this list.
    expect(await here.request('ews:read-result', null)).toEqual({ ok: true, value: { about: 'switch', tenantName: 'Contoso', readAt } });
    expect(await here.request('ews:read-result', null)).toMatchObject({ ok: false, fault: { code: 'ews.not-listed' } });
    expect((await read(here)).tenants[0]?.switch).toEqual({ enabled: true, allowed: [clientId], readAt });
    const verified = await here.request('credential:verify', { id: row.id });
    const check = verified.ok ? verified.value.proof?.checks.find((each) => each.check === 'ews-allowed') : undefined;
    expect(check?.evidence).toBe(
      'An Exchange administrator read on 2026-11-30 that EWS is on and this application is allowed. Nothing has tried it since.',
    );
  });
});
