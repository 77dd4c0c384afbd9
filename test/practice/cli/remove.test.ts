import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectedAt, inside, workplace } from './command-line.ts';

const place = workplace();
const file = (name: string) => join(place().folder, name);
const fault = (code: string) => ({ fault: { code } });
const connected = (name: string, ...more: string[]) => connectedAt(place(), name, ...more);

describe('remove and restore', () => {
  it('keeps key and row until purged', async () => {
    const { id } = await connected('bin');
    expect(await place().json('bin', 'remove', 'bin', '--yes')).toMatchObject({
      code: 0,
      document: { credential: { id }, purged: false, registrationDeleted: false },
    });
    expect((await place().json('bin', 'list')).document).toEqual({ credentials: [], damaged: [] });
    expect((await place().json('bin', 'list', '--deleted')).document).toMatchObject({
      credentials: [{ id, deletedAt: expect.stringMatching(/Z$/) }],
    });
    expect(await place().json('bin', 'restore', 'bin', '--yes')).toMatchObject({
      code: 0,
      document: { credential: { id }, proof: { ok: true } },
    });
    await place().cli('bin', 'remove', id, '--yes');
    expect(await place().json('bin', 'remove', 'bin', '--purge', '--yes')).toMatchObject({ code: 0, document: { purged: true } });
    expect((await place().json('bin', 'list', '--deleted')).document).toEqual({ credentials: [], damaged: [] });
    expect(await place().json('bin', 'restore', 'bin', '--yes')).toMatchObject({ code: 2, document: fault('input.credential.unknown') });
    expect((await place().json('bin', 'audit', id)).document).toMatchObject({ entries: expect.arrayContaining([expect.anything()]) });
  });

  it('with --delete-registration needs the name typed, writes an export first, and comes back whole', async () => {
    const { id, clientId } = await connected('whole');
    const remove = (...args: string[]) => place().json('whole', 'remove', 'whole', '--yes', '--delete-registration', ...args);
    expect(await remove()).toMatchObject({ code: 2, document: fault('removal.name-not-confirmed') });
    expect(await remove('--confirm-name', 'Whole')).toMatchObject({ code: 2, document: fault('removal.name-not-confirmed') });
    expect(
      place()
        .applications()
        .some((each) => each.appId === clientId),
    ).toBe(true);
    const removed = await remove('--confirm-name', 'whole');
    expect(removed).toMatchObject({
      code: 0,
      document: { registrationDeleted: true, export: expect.stringContaining('[Practice] registration-') },
    });
    expect(JSON.parse(readFileSync(String(removed.document['export']), 'utf8'))).toMatchObject({
      application: { appId: clientId },
      keyCredentials: [expect.anything()],
    });
    expect(
      place()
        .applications()
        .some((each) => each.appId === clientId),
    ).toBe(false);
    const [tenant] = place().server.world.state.tenants;
    expect(await place().json('whole', 'restore', 'whole', '--yes')).toMatchObject({
      code: 0,
      document: { credential: { id, clientId }, proof: { ok: true } },
    });
    expect(
      place()
        .applications()
        .some((each) => each.appId === clientId),
    ).toBe(true);
    expect(tenant?.servicePrincipals.some((each) => each.appId === clientId)).toBe(true);
    expect(await place().json('whole', 'verify', 'whole', '--sign-in')).toMatchObject({ code: 0 });
  });

  it('is refused for an adopted application and where others have keys', async () => {
    const { clientId } = await connected('first');
    await place().cli(
      'first',
      'connect',
      '--name',
      'adopted',
      '--fqdn',
      'second.example.com',
      '--client-id',
      clientId,
      '--key-size',
      '2048',
      '--yes',
    );
    expect(await place().json('first', 'remove', 'adopted', '--yes', '--delete-registration', '--confirm-name', 'adopted')).toMatchObject({
      code: 4,
      document: fault('removal.adopted'),
    });
    expect(await place().json('first', 'remove', 'first', '--yes', '--delete-registration', '--confirm-name', 'first')).toMatchObject({
      code: 4,
      document: fault('removal.foreign-keys'),
    });
    expect(
      place()
        .applications()
        .some((each) => each.appId === clientId),
    ).toBe(true);
    expect((await place().json('first', 'list')).document).toMatchObject({ credentials: [{ name: 'adopted' }, { name: 'first' }] });
  });

  it('at a terminal names what is lost, and anything but yes keeps it', async () => {
    const { id } = await connected('asked');
    const args = ['remove', id, '--delete-registration', '--confirm-name', 'asked', ...place().at('asked')];
    expect(await inside(args, { answers: ['no'] })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/Remove “asked” from the list\?/),
    });
    const kept = await inside(args, { answers: ['yes', 'no'] });
    expect(kept).toMatchObject({ code: 2, stdout: '' });
    expect(kept.stderr).toMatch(/Contoso[^]*− Registration +Delete the application.*every server that uses them stops at once.*30 days/);
    expect(
      place()
        .applications()
        .some(({ displayName }) => displayName === 'asked'),
    ).toBe(true);
    const path = file('export.json');
    const removed = await inside([...args, '--out', path], { answers: ['y', 'y'] });
    expect(removed.code).toBe(0);
    expect(removed.stdout).toContain('30 days');
    expect(existsSync(path)).toBe(true);
  });

  it('stopped at any moment is completed by the same command', async () => {
    await connected('stopped');
    const remove = ['remove', 'stopped', '--yes', '--delete-registration', '--confirm-name', 'stopped', ...place().at('stopped')];
    // The deletion took effect, but its answer never came.
    place().server.faultOn(({ method }) => method === 'DELETE', 'drop-after-write', { times: 9 });
    expect((await inside(remove)).code).toBe(9);
    expect(
      place()
        .applications()
        .some((each) => each.displayName === 'stopped'),
    ).toBe(false);
    expect((await place().json('stopped', 'list')).document).toMatchObject({ credentials: [{ name: 'stopped' }] });
    expect((await inside(remove)).code).toBe(0);
    const restore = ['restore', 'stopped', '--yes', ...place().at('stopped')];
    const interrupted = await inside(restore, { onStderr: (text, stop) => (text.includes('Sign-in ') ? stop() : undefined) });
    expect([3, 9]).toContain(interrupted.code);
    expect((await inside(restore)).code).toBe(0);
    expect(readdirSync(place().data(join('stopped', 'practice'))).filter((name) => name.includes('registration-'))).toHaveLength(1);
  });
});
