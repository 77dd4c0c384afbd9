import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workplace } from './command-line.ts';

const place = workplace();
const tenant = '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa';
const app = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc02f';
const tracked = (data: string, ...more: string[]) =>
  place().json(data, 'track', '--name', 'Contoso', '--tenant', tenant, '--client-id', app, ...more);

describe('customer and notes', () => {
  it('are given by track, changed and taken away by edit, and shown', async () => {
    expect((await tracked('one', '--customer', 'Contoso Ltd')).document).toMatchObject({
      credential: { name: 'Contoso', customer: 'Contoso Ltd', notes: '' },
    });
    const edited = await place().json('one', 'edit', 'contoso', '--notes', 'first\nsecond', '--name', 'Contoso archive');
    expect(edited).toMatchObject({
      code: 0,
      document: { credential: { name: 'Contoso archive', customer: 'Contoso Ltd', notes: 'first\nsecond' } },
    });
    const shown = (await place().cli('one', 'show', 'Contoso archive')).stdout;
    expect(shown).toMatch(/Customer +Contoso Ltd\n +Notes +first\n +second\n/);
    expect((await place().cli('one', 'list')).stdout).toMatch(/^Name +Customer +Type/);
    expect((await place().cli('one', 'edit', 'Contoso archive', '--customer', '')).stdout).toBe('“Contoso archive” was changed.\n');
    expect((await place().cli('one', 'list')).stdout).toMatch(/^Name +Type/);
    expect((await place().json('one', 'show', 'Contoso archive')).document).toMatchObject({
      credential: { customer: '', notes: 'first\nsecond' },
    });
  });

  it('cannot forge a line of the list', async () => {
    await tracked('forged');
    expect(await place().json('forged', 'edit', 'Contoso', '--customer', 'x\nALL CHECKS PASSED')).toMatchObject({
      code: 2,
      document: { fault: { code: 'input.annotation.control-characters' } },
    });
  });

  it.each([
    [[], 'input.option.missing'],
    [['--customer', 'x'.repeat(121)], 'input.annotation.too-long'],
    [['--name', ' '], 'input.name.empty'],
  ])('%j is refused: %s', async (args, code) => {
    expect(await place().json('none', 'edit', 'Contoso', ...args)).toMatchObject({ code: 2, document: { fault: { code } } });
  });

  it('a name that another one has is refused, and nothing changes', async () => {
    await tracked('taken');
    await place().json('taken', 'track', '--name', 'Fabrikam', '--tenant', tenant, '--client-id', app.replace('c02f', 'c030'));
    expect(await place().json('taken', 'edit', 'Fabrikam', '--name', 'CONTOSO', '--customer', 'x')).toMatchObject({
      code: 2,
      document: { fault: { code: 'input.name.taken' } },
    });
    expect((await place().json('taken', 'show', 'Fabrikam')).document).toMatchObject({ credential: { customer: '' } });
  });
});

describe('list --export', () => {
  it('writes CSV by the extension or by --format, which track reads', async () => {
    await tracked('there', '--customer', '=Contoso', '--notes', 'a; b');
    const csv = join(place().folder, 'list.csv');
    expect((await place().json('there', 'list', '--export', csv)).document).toEqual({ file: { path: csv, format: 'csv' }, count: 1 });
    expect(readFileSync(csv, 'utf8')).toContain(`"'=Contoso"`);
    const other = join(place().folder, 'list.txt');
    await place().cli('there', 'list', '--export', other, '--format', 'csv', '--lang', 'de');
    expect(readFileSync(other, 'utf8')).toMatch(/^\uFEFF"Name";"Kunde";/);
    expect((await place().json('back', 'track', '--csv', other)).code).toBe(0);
    expect((await place().json('back', 'list')).document).toMatchObject({
      credentials: [{ name: 'Contoso', customer: '=Contoso', notes: 'a; b', tenantId: tenant, clientId: app }],
    });
    expect((await place().json('there', 'list', '--format', 'csv')).document).toMatchObject({ fault: { code: 'input.option.missing' } });
  });
});
