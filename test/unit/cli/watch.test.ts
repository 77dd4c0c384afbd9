import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../../main/services.ts';
import type { CredentialRecord } from '../../../main/credential/index.ts';
import type { RunProgram } from '../../../main/windows/index.ts';
import { inside } from '../../practice/cli/command-line.ts';
import { scratch } from '../vault/samples.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';

const keychainCalls = vi.hoisted((): string[] => []);
vi.mock(import('keytar'), () => {
  const called = (name: string) => async () => {
    keychainCalls.push(name);
    throw new Error('the collection is locked');
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every call ends in an error
  return {
    default: { getPassword: called('get'), setPassword: called('set'), deletePassword: called('delete'), findCredentials: called('find') },
  } as never;
});

beforeEach(() => void keychainCalls.splice(0));

const day = 86_400_000;
const ending = (name: string, days: number, changes: Partial<CredentialRecord> = {}) =>
  sampleRecord({ name, certificate: sampleCertificate({ notAfter: new Date(Date.now() + days * day).toISOString() }), ...changes });

/** A data directory with these credentials in its list. */
async function listOf(...records: readonly CredentialRecord[]): Promise<string> {
  const directory = scratch();
  const opened = openStore({ program: 'command line', dataDir: directory, env: {}, platform: process.platform, practice: null });
  opened.store.insertAll(records);
  await opened.close();
  return directory;
}

const watch = (directory: string, ...more: readonly string[]) => inside(['watch', '--data-dir', directory, ...more]);

describe('watch', () => {
  it.each([
    ['nothing', [], [], 0],
    ['all is well', [300, 31], [], 0],
    ['one expires', [300, 29.5], [], 6],
    ['one has expired', [-1, 29.5], [], 7],
    ['others days are asked for', [45], ['--within', '60d'], 6],
    ['fewer days are asked for', [20], ['--within', '7'], 0],
  ])('ends as documented when %s', async (_name, days, options, code) => {
    const directory = await listOf(...days.map((each, index) => ending(`c${index}`, each)));
    expect(await watch(directory, ...options)).toMatchObject({ code, stderr: '' });
  });

  it('names what expires, for people and as a document', async () => {
    const directory = await listOf(
      ending('Far', 300),
      ending('Soon', 9.5, { custody: 'external' }),
      sampleRecord({ name: 'Empty', certificate: null, custody: 'external' }),
    );
    const said = await watch(directory);
    expect(said.stdout).toMatch(
      /^Soon {2}Contoso {2}expires in 10 days, on .*\nCertificates watched: 2\. Expired: 0\. Ending within 30 days: 1\.\n1 credential has no certificate that could be watched\.\n$/,
    );
    const json = JSON.parse((await watch(directory, '--json')).stdout);
    expect(Object.keys(json)).toEqual(['at', 'withinDays', 'result', 'certificates', 'servers', 'damaged', 'previousRun']);
    expect(json.result).toBe('expiring');
    expect(json.certificates[0]).toEqual({
      id: expect.any(String),
      name: 'Soon',
      tenantId: expect.any(String),
      tenantName: 'Contoso',
      status: 'expiring',
      days: 10,
      level: 14,
      thumbprint: 'A'.repeat(40),
      notAfter: expect.any(String),
      superseded: false,
    });
    expect(Date.now() - Date.parse(json.previousRun)).toBeLessThan(60_000);
  });

  it('never asks the keychain, and no verb does to empty the bin where no server has told the time', async () => {
    const directory = await listOf(
      ending('Soon', 9.5),
      ending('Binned', 9.5, { deletedAt: new Date(Date.now() - 40 * day).toISOString() }),
    );
    expect(await watch(directory)).toMatchObject({ code: 6 });
    expect(keychainCalls).toEqual([]);
    expect(await inside(['list', '--data-dir', directory])).toMatchObject({ code: 0 });
    expect(keychainCalls).toEqual([]);
  });

  it('marks simulated credentials and starts no practice tenant', async () => {
    const directory = await listOf();
    const opened = openStore({
      program: 'command line',
      dataDir: directory,
      env: {},
      platform: process.platform,
      practice: { url: null, account: null },
    });
    opened.store.insert(ending('Soon', 5));
    await opened.close();
    expect((await watch(directory, '--practice', 'http://127.0.0.1:9')).stdout).toMatch(/^\[Practice\] Soon/);
  });

  it.each(['x', '-3d', '1.5d', '30 weeks', '9999d', ''])('--within %j is refused in one sentence', async (value) => {
    const { code, stderr } = await watch(scratch(), `--within=${value}`);
    expect(code).toBe(2);
    expect(stderr.split('\n')).toHaveLength(2);
  });
});

describe('watch --event-log', () => {
  it('writes the events and says so in the document', async () => {
    const directory = await listOf(ending('Soon', 9.5), ending('Gone', -1));
    const inputs: string[] = [];
    const runProgram: RunProgram = async ({ input = '' }) => {
      inputs.push(input);
      return { code: 0, output: 'Application' };
    };
    const { code, stdout } = await inside(['watch', '--event-log', '--json', '--data-dir', directory], { platform: 'win32', runProgram });
    expect(code).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject({ result: 'expired', eventLog: { source: 'Application', events: 3 } });
    expect(inputs.map((each) => JSON.parse(each).map(({ id }: { id: number }) => id))).toEqual([[100, 200, 114]]);
  });

  it('is refused in one sentence where there is no Windows, before anything else', async () => {
    const directory = scratch();
    const { code, stderr } = await inside(['watch', '--event-log', '--data-dir', directory], { platform: 'linux' });
    expect({ code, lines: stderr.split('\n').length, files: readdirSync(directory) }).toEqual({ code: 2, lines: 2, files: [] });
  });
});

describe('watch --calendar', () => {
  it('writes the calendar beside the watch, and replaces a file only where told to', async () => {
    const directory = await listOf(ending('Soon', 9.5), ending('Far', 300));
    const path = join(scratch(), 'certificates.ics');
    const args = ['--calendar', path, '--json'];
    const first = await watch(directory, ...args);
    expect(first.code).toBe(6);
    expect(JSON.parse(first.stdout)).toMatchObject({ result: 'expiring', calendar: { path, events: 2 } });
    expect(readFileSync(path, 'utf8').match(/^UID:/gm)).toHaveLength(2);
    expect(await watch(directory, ...args)).toMatchObject({ code: 2, stdout: expect.stringContaining('file.exists') });
    expect(await watch(directory, ...args, '--force')).toMatchObject({ code: 6 });
    expect((await watch(directory, '--calendar', path, '--force')).stdout).toContain(`2 events written to ${path}.\n`);
  });
});
