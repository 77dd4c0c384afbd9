import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../preload/contract.ts';
import { toCer } from '../../main/certificates/index.ts';
import { ours } from '../unit/certificates/samples.ts';
import { desk, type Desk } from './desk.ts';

const tenant = '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa';
const clientId = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc02f';
const typed: Input<'track:one'> = { name: 'Contoso', tenant, clientId, cloud: 'global', certificate: null };

function fileOf({ here, paths }: Desk, name: string, content: string | Uint8Array): string {
  const path = join(here.directory, name);
  writeFileSync(path, content);
  paths.push(path);
  return path;
}

async function chosen(here: Desk) {
  const { certificate } = await ours();
  fileOf(here, 'server.cer', toCer(certificate));
  const answer = await here.request('certificate:choose', null);
  if (!answer.ok || answer.value === null) throw new Error('nothing chosen');
  return answer.value;
}

describe('one credential that exists already', () => {
  it('is validated field by field, and added with the expiry of its certificate', async () => {
    const here = await desk();
    const { request, emitted } = here;
    expect(await request('track:check', typed)).toEqual({ ok: true, value: { faults: {} } });
    const bad = await request('track:check', { ...typed, name: ' ', tenant: 'contoso', clientId: 'x' });
    if (!bad.ok) throw new Error('refused');
    expect(Object.keys(bad.value.faults).toSorted()).toEqual(['clientId', 'name', 'tenant']);
    expect(await request('track:check', { ...typed, clientId: '' })).toMatchObject({
      value: { faults: { clientId: { message: expect.stringContaining('Neither') } } },
    });
    expect(await request('track:one', { ...typed, clientId: '' })).toMatchObject({
      ok: false,
      fault: { code: 'track.id-or-certificate-needed' },
    });
    expect(await request('track:one', { ...typed, certificate: tenant })).toMatchObject({
      ok: false,
      fault: { code: 'window.run-unknown' },
    });
    const { certificate, facts } = await chosen(here);
    expect(await request('track:one', { ...typed, certificate })).toMatchObject({
      ok: true,
      value: { name: 'Contoso', custody: 'external', state: 'never-checked', certificate: facts },
    });
    expect(emitted).toContainEqual(['store:changed', null]);
    expect(await request('track:check', typed)).toMatchObject({
      value: { faults: { name: { message: expect.stringContaining('taken') } } },
    });
  });
});

describe('a file of them', () => {
  const csv = `name;tenant id;client id\nContoso;${tenant};${clientId}\nBad;contoso.com;${clientId}\n`;

  it('is shown line by line, its good lines are added, and the others can be saved and mended', async () => {
    const here = await desk();
    const { request, paths } = here;
    fileOf(here, 'tenants.csv', csv);
    const shown = await request('track:choose', { cloud: 'global' });
    if (!shown.ok || shown.value === null) throw new Error('nothing chosen');
    const lines = [
      { line: 2, name: 'Contoso', tenant, certificate: null, problem: null },
      { line: 3, name: 'Bad', tenant: 'contoso.com', certificate: null, problem: expect.stringContaining('No tenant of this cloud') },
    ];
    expect(shown.value).toEqual({ file: expect.any(String), name: 'tenants.csv', lines });
    expect(await request('credentials:list', { deleted: false })).toEqual({ ok: true, value: [] });
    const { file } = shown.value;
    const added = await request('track:add', { file });
    if (!added.ok) throw new Error(added.fault.message);
    expect(added.value.lines).toEqual(lines);
    expect(await request('credentials:list', { deleted: false })).toMatchObject({
      value: [{ id: added.value.added[0], name: 'Contoso', cloud: 'global' }],
    });
    expect(await request('track:save-refused', { file })).toEqual({ ok: true, value: null });
    const path = join(here.here.directory, 'refused.csv');
    paths.push(path);
    expect(await request('track:save-refused', { file })).toEqual({ ok: true, value: { path } });
    expect(readFileSync(path, 'utf8')).toMatch(/Bad;contoso\.com/);
    expect(readFileSync(path, 'utf8')).not.toMatch(/Contoso;/);
  });

  it('that cannot be read is refused as a whole, one that was not chosen is nobody’s', async () => {
    const here = await desk();
    expect(await here.request('track:choose', { cloud: 'global' })).toEqual({ ok: true, value: null });
    fileOf(here, 'empty.csv', '');
    expect(await here.request('track:choose', { cloud: 'global' })).toMatchObject({ ok: false, fault: { code: 'track.nothing-inside' } });
    for (const channel of ['track:add', 'track:save-refused'] as const)
      expect(await here.request(channel, { file: tenant })).toMatchObject({ ok: false, fault: { code: 'window.run-unknown' } });
  });

  it('is validated again when it is added: the list may have changed meanwhile', async () => {
    const here = await desk();
    fileOf(here, 'tenants.csv', csv);
    const shown = await here.request('track:choose', { cloud: 'global' });
    if (!shown.ok || shown.value === null) throw new Error('nothing chosen');
    await here.request('track:one', typed);
    expect(await here.request('track:add', { file: shown.value.file })).toMatchObject({
      ok: true,
      value: { added: [], lines: [{ problem: expect.stringContaining('taken') }, {}] },
    });
  });
});

describe('a look-up of domains that is under way', () => {
  /** Microsoft answers no question about a domain; the promise says that it was asked. */
  const unanswered = ({ here }: Desk): Promise<void> => {
    const asked = Promise.withResolvers<void>();
    here.server.faultOn(
      ({ path }) => {
        if (path.includes('openid-configuration')) asked.resolve();
        return path.includes('openid-configuration');
      },
      'slow',
      { ms: 60_000 },
    );
    return asked.promise;
  };
  const domain = { ...typed, tenant: 'contoso.example' };

  it.each([
    ['Cancel', 'one'],
    ['the end of the window', 'one'],
    ['Cancel', 'a file'],
    ['the end of the window', 'a file'],
  ])('ends at once with %s, for %s: nothing is stored', async (way, what) => {
    const here = await desk();
    const asked = unanswered(here);
    if (what === 'a file') fileOf(here, 'tenants.csv', `name;tenant id;client id\nContoso;contoso.example;${clientId}\n`);
    const under = what === 'one' ? here.request('track:one', domain) : here.request('track:choose', { cloud: 'global' });
    await asked;
    if (way === 'Cancel') expect(await here.request('track:cancel', null)).toEqual({ ok: true, value: null });
    else here.leave();
    expect(await under).toMatchObject({ ok: false, fault: { code: 'interrupted' } });
    expect(await here.request('credentials:list', { deleted: false })).toEqual({ ok: true, value: [] });
    // What was given up can be begun again.
    expect(await here.request('track:one', domain)).toMatchObject({
      ok: true,
      value: { name: 'Contoso', tenantDomain: 'contoso.example' },
    });
  });

  it('may have ended before Cancel comes: what is stored stays', async () => {
    const here = await desk();
    await here.request('track:one', typed);
    expect(await here.request('track:cancel', null)).toEqual({ ok: true, value: null });
    expect(await here.request('credentials:list', { deleted: false })).toMatchObject({ value: [{ name: 'Contoso' }] });
  });
});

describe('the list as a file', () => {
  it('is written without keys, marked as practice, and read into another list', async () => {
    const here = await desk();
    await here.request('track:one', typed);
    expect(await here.request('list:export', null)).toEqual({ ok: true, value: null });
    const path = join(here.here.directory, 'list.json');
    here.paths.push(path);
    expect(await here.request('list:export', null)).toEqual({ ok: true, value: { path, count: 1 } });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      practice: true,
      credentials: [{ name: 'Contoso', tenantId: tenant, clientId }],
    });
    const there = await desk();
    there.paths.push(path);
    const shown = await there.request('track:choose', { cloud: 'china' });
    if (!shown.ok || shown.value === null) throw new Error('nothing chosen');
    await there.request('track:add', { file: shown.value.file });
    expect(await there.request('credentials:list', { deleted: false })).toMatchObject({ value: [{ name: 'Contoso', cloud: 'global' }] });
    expect(existsSync(path)).toBe(true);
  });

  it('is written as CSV where a file of that kind was chosen', async () => {
    const here = await desk();
    await here.request('track:one', typed);
    const path = join(here.here.directory, 'list.csv');
    here.paths.push(path);
    expect(await here.request('list:export', null)).toEqual({ ok: true, value: { path, count: 1 } });
    expect(readFileSync(path, 'utf8')).toMatch(/^\uFEFF"Name","Customer",/);
    here.paths.push(path);
    expect(await here.request('track:choose', { cloud: 'global' })).toMatchObject({ ok: true, value: { lines: [{ name: 'Contoso' }] } });
  });
});
