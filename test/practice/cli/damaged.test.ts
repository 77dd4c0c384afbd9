import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { spoil } from '../../unit/vault/damage.ts';
import { connectArgs, inside, workplace } from './command-line.ts';

const place = workplace();
const data = 'damaged';
const directory = () => join(place().data(data), 'practice');
const fault = (code: string) => ({ fault: expect.objectContaining({ code }) as unknown });
let id = '';

const names = (document: unknown, of: 'credentials' | 'results'): string[] =>
  (document as Record<string, { name?: string; credential?: { name: string } }[]>)[of]?.map(
    (each) => each.name ?? each.credential?.name ?? '',
  ) ?? [];

beforeAll(async () => {
  for (const name of ['First', 'Second', 'Third'])
    await place().cli(data, ...connectArgs(name, '--app-name', name).map((arg) => arg.replace('mailstore.', `${name.toLowerCase()}.`)));
  const { document } = await place().json(data, 'show', 'Second');
  ({ id } = document['credential'] as { id: string });
  spoil(directory(), id, `json_set(document, '$.note', 'written by another version')`);
});

describe('with a damaged row', () => {
  it('list shows the others, names it, and ends 0', async () => {
    const listed = await place().json(data, 'list');
    expect(listed.code).toBe(0);
    expect(names(listed.document, 'credentials')).toEqual(['First', 'Third']);
    expect(listed.document['damaged']).toEqual([{ id, name: 'Second', reason: 'note' }]);
    const plain = await place().cli(data, 'list');
    expect(plain.code).toBe(0);
    expect(plain.stdout).toMatch(
      new RegExp(`1 credential cannot be read[^]*Second +${id} +note[^]*restore-store[^]*remove ID[^]*First[^]*Third`),
    );
  });

  it('verify, watch and rotation do the others, and end 5', async () => {
    const verified = await place().json(data, 'verify', '--all');
    expect(verified).toMatchObject({ code: 5, stderr: expect.stringContaining('restore-store') });
    expect(names(verified.document, 'results').toSorted()).toEqual(['First', 'Third']);
    expect(verified.document['damaged']).toEqual([{ id, name: 'Second', reason: 'note' }]);
    const watched = await place().json(data, 'watch');
    expect(watched).toMatchObject({ code: 5, document: { result: 'fine', damaged: [{ id }] } });
    expect(watched.document['certificates']).toHaveLength(2);
    expect(await place().json(data, 'rotate', '--all-due', '--unattended')).toMatchObject({
      code: 5,
      document: { results: [], damaged: [{ id }] },
    });
  });

  it('whoever asks for it by itself gets a fault that names it; its name is not free, its keys are not unneeded', async () => {
    for (const which of [id, 'Second']) {
      const shown = await place().json(data, 'verify', which);
      expect(shown).toMatchObject({ code: 5, document: fault('store.row-damaged') });
      expect(shown.stderr).toContain(`“Second” (${id})`);
    }
    expect(await place().json(data, ...connectArgs('Second'))).toMatchObject({ code: 5, document: fault('store.row-damaged') });
    const keys = await place().json(data, 'keys');
    expect(keys.document).toMatchObject({ unneeded: [], unsettled: [{ credentialId: id }], missing: [] });
    expect(await place().json(data, 'keys', '--forget', '--yes')).toMatchObject({ document: { forgotten: [], kept: [] } });
    expect((await place().cli(data, 'keys')).stdout).toContain(id);
    expect((await place().json(data, 'audit', id)).document['entries']).not.toEqual([]);
  });

  it('somebody moves it into a file by its id, when somebody says so, and only it', async () => {
    expect(await place().json(data, 'remove', id)).toMatchObject({ code: 2, document: fault('input.confirmation-needed') });
    expect(await inside(['remove', id, ...place().at(data)], { answers: ['n'] })).toMatchObject({ code: 2 });
    expect(await place().json(data, 'remove', id, '--purge', '--yes')).toMatchObject({ code: 5, document: fault('store.row-damaged') });
    const removed = await inside(['remove', 'Second', ...place().at(data)], { answers: ['y'] });
    expect(removed).toMatchObject({ code: 0, stdout: expect.stringContaining('Its keys stay') });
    const file = readdirSync(directory()).find((name) => name.startsWith('damaged-')) ?? '';
    const written = JSON.parse(readFileSync(join(directory(), file), 'utf8')) as { id: string; document: string };
    expect(written.id).toBe(id);
    expect(JSON.parse(written.document)).toMatchObject({ id, name: 'Second', note: 'written by another version' });
    expect(await place().json(data, 'list')).toMatchObject({ code: 0, document: { damaged: [] } });
    expect(await place().json(data, 'verify', '--all')).toMatchObject({ code: 0, document: { damaged: [] } });
    // Its key is still the one that its server may use.
    const keys = await place().json(data, 'keys');
    expect(keys.document).toMatchObject({ unneeded: [], unsettled: [{ credentialId: id }] });
    const { thumbprint } = (keys.document['unsettled'] as { thumbprint: string }[])[0] ?? { thumbprint: '' };
    expect(await place().json(data, 'keys', '--forget', '--thumbprint', thumbprint, '--yes')).toMatchObject({
      code: 0,
      document: { forgotten: [{ thumbprint }] },
    });
  });
});
