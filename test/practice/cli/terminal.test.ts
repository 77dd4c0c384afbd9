import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { requireProgram } from '../../system.ts';
import { workplace } from './command-line.ts';

beforeEach(() => requireProgram('script'));

const place = workplace();

interface Screen {
  readonly code: number | null;
  readonly text: string;
}

/** The command line at a terminal (util-linux `script` gives it one); answers the first question with these keys. */
function atTerminal(args: readonly string[], keys: string): Promise<Screen> {
  return new Promise((resolve, reject) => {
    const command = [process.execPath, 'main/cli/index.ts', ...args].map((word) => `'${word}'`).join(' ');
    const cache = join(tmpdir(), 'tenant-keyring-test-compiled');
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', LANG: 'C', TERM: 'xterm', NODE_COMPILE_CACHE: cache },
    });
    let text = '';
    let asked = false;
    child.stdout.on('data', (data: Buffer) => {
      text += data.toString();
      if (asked || !text.includes('[y/N]')) return;
      asked = true;
      child.stdin.write(keys);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
  });
}

describe('at a terminal', () => {
  const args = (name: string) => ['connect', '--name', name, '--fqdn', 'mailstore.example.com', '--key-size', '2048', ...place().at(name)];

  it('what passes is replaced, the plan is asked for, yes applies it', async () => {
    const { code, text } = await atTerminal(args('yes'), 'y\r');
    expect(code).toBe(0);
    expect(text).toContain('! EWS ends on ');
    expect(text).toContain('Apply to Contoso, contoso.example? [y/N]');
    expect(text).toContain('\r\u001B[2K');
    expect(text).toMatch(/✔ .+ – passed/);
  });

  it.each([
    ['n', 'n\r', 2],
    ['Ctrl+D', '\u0004', 2],
    ['Ctrl+C', '\u0003', 9],
  ])('%s writes nothing', async (name, keys, expected) => {
    const before = place().applications().length;
    const { code, text } = await atTerminal(args(name), keys);
    expect(text).toMatch(/Nothing was changed|The run was stopped/);
    expect(text).not.toContain('await');
    expect(code).toBe(expected);
    expect(place().applications()).toHaveLength(before);
  });
});
