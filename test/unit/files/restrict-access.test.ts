import { readFileSync, statSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { restrictAccess, writeNewFile } from '../../../main/files/index.ts';
import type { Program, ProgramEnded } from '../../../main/windows/index.ts';
import { scratch } from '../vault/samples.ts';

const sid = 'S-1-5-21-1004336348-1177238915-682003330-1001';

/** Windows as far as it is asked: its two programs, and what they were asked. What real Windows answers, these tests do not show. */
function windows(answers: { readonly whoami?: ProgramEnded; readonly icacls?: ProgramEnded | Error } = {}) {
  const asked: Program[] = [];
  const run = (program: Program): Promise<ProgramEnded> => {
    asked.push(program);
    const answer = program.file.endsWith('whoami.exe')
      ? (answers.whoami ?? { code: 0, output: `"contoso\\anna","${sid}"` })
      : (answers.icacls ?? { code: 0, output: '' });
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { asked, place: { platform: 'win32', env: { SystemRoot: 'C:\\Windows' }, run } as const };
}

describe('a file with a private key on Windows', () => {
  it('is left to its owner, to Windows and to the administrators, by their identifiers, without what the folder lends', async () => {
    const { asked, place } = windows();
    expect(await restrictAccess('C:\\out\\x.pfx', place)).toBe(true);
    expect(asked).toEqual([
      { file: 'C:\\Windows\\System32\\whoami.exe', args: ['/user', '/fo', 'csv', '/nh'] },
      {
        file: 'C:\\Windows\\System32\\icacls.exe',
        args: ['C:\\out\\x.pfx', '/inheritance:r', '/grant:r', `*${sid}:(F)`, '*S-1-5-18:(F)', '*S-1-5-32-544:(F)', '/q'],
      },
    ]);
  });

  it.each([
    ['who that is, is not told', { whoami: { code: 1, output: '' } }],
    ['the answer is another', { whoami: { code: 0, output: 'contoso\\anna' } }],
    ['the file system has no access lists', { icacls: { code: 5, output: '' } }],
    ['the program is missing', { icacls: new Error('ENOENT') }],
  ])('has the rights of its folder where %s', async (_, answers) => {
    expect(await restrictAccess('C:\\out\\x.pfx', windows(answers).place)).toBe(false);
  });

  it('is restricted while it is empty, and the administrator is told before anything is in it', async () => {
    const path = join(scratch(), 'x.pfx');
    const seen: (string | number)[] = [];
    const restrict = (restricted: string) => {
      seen.push('restricted', statSync(restricted).size);
      return Promise.resolve(false);
    };
    await writeNewFile(path, Buffer.from('secret'), {
      force: false,
      secret: { restrict, onFolderRights: (told) => void seen.push('told', told, Number(existsSync(told))) },
    });
    expect(seen).toEqual(['restricted', 0, 'told', path, 0]);
    expect(readFileSync(path, 'utf8')).toBe('secret');
  });

  it('is not written where the telling fails', async () => {
    const path = join(scratch(), 'x.pfx');
    const secret = { restrict: () => Promise.resolve(false), onFolderRights: () => Promise.reject(new Error('cancelled')) };
    await expect(writeNewFile(path, Buffer.from('secret'), { force: false, secret })).rejects.toThrow('cancelled');
    expect(existsSync(path)).toBe(false);
  });
});

it('elsewhere the mode is enough: nothing is started', async () => {
  const { asked, place } = windows();
  expect(await restrictAccess('/tmp/x', { ...place, platform: 'linux' })).toBe(true);
  expect(asked).toEqual([]);
});
