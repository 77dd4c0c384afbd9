import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import { createCredentialStore } from '../../../main/credential/index.ts';
import { openDatabase } from '../../../main/vault/index.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { connectArgs, inside, workplace } from './command-line.ts';

const place = workplace();
const fault = (code: string) => ({ fault: expect.objectContaining({ code }) as unknown });
const states = (document: unknown) =>
  ((document as { timeline: { state: string; at: string }[] }).timeline ?? []).map(({ state }) => state);
const keysOf = (name: string) =>
  place()
    .applications()
    .find(({ displayName }) => displayName === name)?.keyCredentials?.length;
const rotate = (name: string, ...args: string[]) => place().json(name, 'rotate', ...args);

async function connected(name: string, ...more: string[]): Promise<void> {
  expect((await place().cli(name, ...connectArgs(name, ...more))).code).toBe(0);
}

function passwordFile(): string {
  const path = join(place().folder, 'password.txt');
  writeFileSync(path, 'correct horse\n');
  return path;
}

async function cerFile(): Promise<string> {
  const path = join(place().folder, 'server.cer');
  writeFileSync(path, (await ours('server')).certificate.der);
  return path;
}

describe('rotate', () => {
  it('goes from the new certificate to the removal of the old one, and says each time how far it is', async () => {
    await connected('whole');
    const pfx = join(place().folder, 'whole.pfx');
    const first = await rotate('whole', 'whole', '--unattended', '--pfx-out', pfx, '--password-file', passwordFile());
    expect(first).toMatchObject({
      code: 0,
      document: {
        credential: { name: 'whole' },
        plan: [{ change: 'add-key-credential' }],
        proof: { ok: true },
        requests: expect.anything(),
      },
    });
    expect(first.document['timeline']).toEqual([
      { state: 'created', at: expect.stringMatching(/Z$/) },
      { state: 'published', at: expect.stringMatching(/Z$/) },
      { state: 'proven', at: expect.stringMatching(/Z$/) },
    ]);
    expect(existsSync(pfx)).toBe(true);
    const waiting = await place().cli('whole', 'rotate', 'whole', '--unattended', '--overlap', '0');
    expect(waiting).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/created[^]*published[^]*proven[^]*Handover pending[^]*handover "whole" --confirmed/),
    });
    expect(keysOf('whole')).toBe(2);
    expect((await place().cli('whole', 'show', 'whole')).stdout).toContain('Handover pending');
    expect(await place().cli('whole', 'handover', 'whole', '--confirmed')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/handed over\n[^]*stays until/),
    });
    const overlap = await place().cli('whole', 'rotate', 'whole', '--unattended', '--overlap', '3d');
    expect(overlap.stdout).toMatch(/stays until/);
    expect(keysOf('whole')).toBe(2);
    const last = await rotate('whole', 'whole', '--yes', '--overlap', '0');
    expect(states(last.document)).toEqual(['created', 'published', 'proven', 'handed-over', 'old-removed']);
    expect(keysOf('whole')).toBe(1);
  });

  it('tells when the old certificate was last used, before and in the document', async () => {
    await connected('used');
    await rotate('used', 'used', '--unattended');
    const shown = await place().cli('used', 'rotate', 'used', '--yes', '--show-use');
    expect(shown).toMatchObject({ code: 0, stderr: expect.stringMatching(/Last sign-in with the earlier certificate [0-9A-F]{40}/) });
    expect((await rotate('used', 'used', '--yes', '--show-use')).document['keyUse']).toEqual({
      keys: [{ thumbprint: expect.any(String), keyId: expect.any(String), lastSignInAt: expect.stringMatching(/Z$/) }],
    });
  });

  it('to a new certificate that ends on the day asked for, when an overlap allows', async () => {
    await connected('day');
    const end = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);
    expect(await rotate('day', 'day', '--unattended', '--until', end, '--overlap', '120')).toMatchObject({
      code: 2,
      document: fault('rotation.overlap-too-long'),
    });
    expect((await rotate('day', 'day', '--unattended', '--until', end)).document).toMatchObject({
      credential: { certificate: { notAfter: `${end}T23:59:59Z` } },
    });
  });

  it('rolls back with one question, and not at all without a yes', async () => {
    await connected('back');
    await rotate('back', 'back', '--unattended');
    const args = ['rotate', 'back', '--roll-back', ...place().at('back')];
    expect(await inside(args, { answers: ['no'] })).toMatchObject({ code: 2, stderr: expect.stringContaining('Both stay published') });
    expect(await inside(args)).toMatchObject({ code: 2 });
    const done = await inside(args, { answers: ['yes'] });
    expect(done).toMatchObject({ code: 0, stdout: expect.stringMatching(/rolled back[^]*Both certificates stay published/) });
    expect(await rotate('back', 'back', '--roll-back', '--yes')).toMatchObject({
      code: 2,
      document: fault('rotation.nothing-to-roll-back'),
    });
    expect(keysOf('back')).toBe(2);
  });

  it('lets a key that no other software uses be replaced to its end', async () => {
    await connected('mine');
    expect((await place().json('mine', 'handover', 'mine', '--not-needed')).code).toBe(0);
    await rotate('mine', 'mine', '--unattended');
    expect(states((await rotate('mine', 'mine', '--unattended', '--overlap', '0')).document)).toEqual([
      'created',
      'published',
      'proven',
      'old-removed',
    ]);
    expect(keysOf('mine')).toBe(1);
  });
});

/** The stored certificate as it will look a year and more from now. */
function ageTo(data: string, name: string, daysLeft: number): void {
  const database = openDatabase(join(place().data(data), 'practice'), { clock: systemClock });
  const store = createCredentialStore(database, systemClock);
  const { id, certificate } = store.find(name);
  if (certificate === null) throw new Error('no certificate');
  const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  store.change(id, () => ({ certificate: { ...certificate, notBefore: at(daysLeft - 455), notAfter: at(daysLeft) } }));
  database.close();
}

describe('rotate --all-due', () => {
  it('takes those that end soon, each with a PFX of its own, and one failure stops none of the others', async () => {
    const folder = join(place().folder, 'pfx');
    mkdirSync(folder);
    for (const name of ['ends late', 'ends soon', 'gone', 'server’s'])
      await place().cli('many', ...connectArgs(name, ...(name === 'server’s' ? ['--certificate', await cerFile()] : [])));
    const due = (...args: string[]) => ['rotate', '--all-due', '--unattended', ...args];
    expect(await place().json('many', ...due())).toMatchObject({ code: 0, document: { results: [] } });
    expect((await place().cli('many', ...due('--within', '10d'))).stdout).toMatch(/No certificate ends within 10 days/);
    for (const name of ['ends soon', 'gone', 'server’s']) ageTo('many', name, 10);
    const gone = place()
      .applications()
      .find(({ displayName }) => displayName === 'gone');
    if (gone === undefined) throw new Error('no application');
    gone.keyCredentials = [];
    const done = await place().json('many', ...due('--pfx-out', folder, '--password-file', passwordFile()));
    expect(done).toMatchObject({ code: 5 });
    const results = done.document['results'] as {
      credential: { name: string };
      fault?: { code: string };
      timeline?: { state: string }[];
    }[];
    const told = Object.fromEntries(
      results.map(({ credential, fault: refused, timeline }) => [credential.name, refused?.code ?? timeline?.at(-1)?.state]),
    );
    expect(told).toEqual({ 'ends soon': 'proven', gone: 'token.refused', 'server’s': 'rotation.certificate-needed' });
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\[Practice\] ends soon [0-9A-F]{8}\.pfx$/)]);
    expect(keysOf('ends soon')).toBe(2);
    // What waits for its handover is not begun again.
    const again = await place().cli('many', ...due());
    expect(again.stdout.split('\n').filter((line) => line !== '')).toHaveLength(2);
    expect(again.stdout).not.toContain('ends soon');
    expect(keysOf('ends soon')).toBe(2);
  });
});

describe('what makes no sense', () => {
  it.each<readonly [args: readonly string[], code: string]>([
    [[], 'input.argument.missing'],
    [['x', '--all-due'], 'input.argument.excess'],
    [['x', '--within', '30d', '--unattended'], 'input.option.missing'],
    [['--all-due', '--tenant', 'contoso.example', '--unattended'], 'input.option.conflict'],
    [['--all-due', '--roll-back', '--yes'], 'input.option.conflict'],
    [['x', '--roll-back', '--overlap', '3', '--yes'], 'input.option.conflict'],
    [['x', '--unattended', '--accept', 'access-tokens'], 'input.option.conflict'],
    [['x', '--unattended', '--show-use'], 'input.option.conflict'],
    [['--all-due', '--show-use', '--yes'], 'input.option.conflict'],
    [['x', '--roll-back', '--show-use', '--yes'], 'input.option.conflict'],
    [['x', '--unattended', '--pfx-out', 'a.pfx'], 'input.option.missing'],
    [['x', '--unattended', '--password-file', 'a.txt'], 'input.option.missing'],
    [['x', '--unattended', '--until', '2025-01-01'], 'input.until.past'],
    [['x', '--unattended', '--until', '2027-01-01', '--valid-months', '3'], 'input.option.conflict'],
    [['x', '--roll-back', '--until', '2027-01-01'], 'input.option.conflict'],
    [['x', '--unattended', '--overlap', '-3'], 'input.option.value-invalid'],
    [['x', '--unattended', '--overlap', 'week'], 'input.option.value-invalid'],
    [['x', '--unattended'], 'input.credential.unknown'],
    [['x'], 'input.confirmation-needed'],
  ])('%o ends 2 and says %s', async (args, code) => {
    expect(await rotate('wrong', ...args)).toMatchObject({ code: 2, document: fault(code) });
  });

  it('an overlap beyond the new certificate, in one sentence', async () => {
    await connected('overlap', '--valid-months', '1');
    const refused = await rotate('overlap', 'overlap', '--unattended', '--overlap', '99');
    expect(refused).toMatchObject({ code: 2, document: fault('rotation.overlap-too-long') });
    expect(refused.stderr).toMatch(/^An overlap of 99 days is longer than the new certificate is valid \((29|30) days\)\. /);
    expect(keysOf('overlap')).toBe(1);
  });

  it('--not-needed beside --confirmed', async () => {
    await connected('both');
    expect(await place().json('both', 'handover', 'both', '--confirmed', '--not-needed')).toMatchObject({
      code: 2,
      document: fault('input.option.conflict'),
    });
  });
});
