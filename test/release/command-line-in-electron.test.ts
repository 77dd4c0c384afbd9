import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const built = existsSync('out/main/index.js');
if (!built) console.log('skipped, because nothing is built: npm run build');

describe.skipIf(!built)('the command line of the installed program', () => {
  const home = mkdtempSync(join(tmpdir(), 'tenant-keyring-installed-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const data = join(home, 'data');

  const run = (...args: string[]) => {
    const script = join(import.meta.dirname, 'command-line/run.ts');
    const env = {
      PATH: process.env['PATH'],
      SystemRoot: process.env['SystemRoot'],
      TEMP: process.env['TEMP'],
      LANG: 'C',
      HOME: home,
      XDG_DATA_HOME: home,
      LOCALAPPDATA: home,
      DBUS_SESSION_BUS_ADDRESS: process.env['DBUS_SESSION_BUS_ADDRESS'],
    };
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, pathToFileURL('out/main/index.js').href, ...args], {
      env,
      encoding: 'utf8',
      timeout: 100_000,
    });
    return {
      code: status,
      stdout,
      stderr,
      document: () => JSON.parse(stdout) as { fault?: { code: string; message: string }; profiles?: unknown[] },
    };
  };

  it.each([[['cli']], [['--', 'cli']]])('runs after %j, and whole documents come out of it', (begin) => {
    expect(run(...begin, '--version')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\r\n\d+\.\d+\.\d+\n$/) });
    expect(run(...begin, 'profiles', '--json').document().profiles?.length).toBeGreaterThan(2);
  });

  it('ends with the exit code, and says a fault in words', () => {
    const { code, stderr } = run('--', 'cli', 'show', 'nobody', '--data-dir', data);
    expect(code).toBe(2);
    expect(stderr).toContain('nobody');
  });

  it('asks the network through Electron, once that is ready, and keeps Chromium’s files out of the way', () => {
    const id = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b';
    expect(run('--', 'cli', 'track', '--name', 'x', '--tenant', id, '--client-id', id, '--data-dir', data)).toMatchObject({ code: 0 });
    const { code, stderr, document } = run(
      '--',
      'cli',
      'verify',
      'x',
      '--sign-in',
      '--device-code',
      '--yes',
      '--tenant',
      id,
      '--json',
      '--data-dir',
      data,
    );
    expect(code).toBe(9);
    expect(document().fault).toMatchObject({ code: 'service.unreachable', message: expect.stringContaining('net::ERR_NAME_NOT_RESOLVED') });
    const told = stderr.split('\n').filter((line) => line.startsWith('electron: '));
    const product = process.platform === 'win32' ? 'Tenant Keyring' : 'tenant-keyring';
    expect(told[0]).toBe(`electron: userData ${join(home, product, 'command-line')}`);
    expect(told[1]).toBe('electron: ready');
    expect(told[2]).toMatch(/^electron: command-line fetches https:\/\/login\.microsoftonline\.com\/.*, cache false, credentials omit$/);
  });
});
