import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { skippedWhere } from '../system.ts';
import { launcherEnvironment, unpackInto, withoutProgram } from './unpacked.ts';

describe('tenant-keyring.cmd', { timeout: 300_000, ...skippedWhere(withoutProgram !== null, String(withoutProgram)) }, () => {
  const scratch = mkdtempSync(join(tmpdir(), 'tenant-keyring-cmd-'));
  const folder = join(scratch, "Tenant Keyring & Söhne's (x64) ^1");
  const command = `"${join(folder, 'tenant-keyring.cmd')}"`;
  const practice = `--practice --data-dir "${join(scratch, 'data')}"`;

  beforeAll(() => unpackInto(folder));
  afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 }));

  /** One line of cmd.exe, its output in files: a pipe of Node's is none that Wine's cmd.exe passes on. */
  function cmd(line: string) {
    const paths = [join(scratch, 'stdout'), join(scratch, 'stderr')] as const;
    const files = paths.map((path) => openSync(path, 'w'));
    const { status } = spawnSync('cmd.exe', ['/d', '/s', '/c', `"${line}"`], {
      cwd: scratch,
      env: { ...process.env, ...launcherEnvironment },
      stdio: ['ignore', files[0] ?? 'ignore', files[1] ?? 'ignore'],
      timeout: 120_000,
      windowsVerbatimArguments: true,
    });
    for (const file of files) closeSync(file);
    const [stdout, stderr] = paths.map((path) => readFileSync(path, 'utf8'));
    return { code: status, stdout: stdout ?? '', stderr: stderr ?? '' };
  }
  const document = ({ stdout }: { readonly stdout: string }) => JSON.parse(stdout) as Record<string, unknown>;

  it('runs from a folder whose name means something to cmd.exe, and ends with the exit code', () => {
    expect(cmd(`${command} --version`)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(new RegExp(`^\\s*${manifest.version}\\s*$`)),
    });
    expect(cmd(`${command} show nobody --json --lang en ${practice}`).code).toBe(2);
    expect(cmd(`call ${command} show nobody ${practice} >nul 2>nul || echo refused`).stdout).toContain('refused');
  });

  it('writes one document on standard output, through a pipe and into a file', () => {
    expect(document(cmd(`${command} profiles --json`))['profiles']).toHaveLength(3);
    expect(cmd(`${command} profiles --json | findstr mailstore-guide`).stdout).toContain('mailstore-guide');
    const file = join(scratch, 'Profile für alle.json');
    expect(cmd(`${command} profiles --json > "${file}"`)).toMatchObject({ code: 0, stdout: '' });
    expect(document({ stdout: readFileSync(file, 'utf8') })['profiles']).toHaveLength(3);
  });

  it.each([
    ['spaces', 'Archiv der Firma'],
    ['an umlaut', 'Größe Œuvre 株式会社'],
    ['an ampersand', 'Müller & Co'],
    ['a caret', 'one ^ two'],
    ['an exclamation mark', 'Yahoo! !TEMP!'],
    ['a quotation mark', String.raw`12\" disk`],
    ['a backslash at the end', String.raw`share\\`],
  ])('passes on %s', (_, typed) => {
    const { code, stdout } = cmd(`${command} show "${typed}" --json --lang en ${practice}`);
    expect(code).toBe(2);
    const { fault } = document({ stdout }) as { fault: { code: string; message: string } };
    expect(fault.code).toBe('input.credential.unknown');
    expect(fault.message).toContain(typed.replaceAll(String.raw`\"`, '"').replaceAll('\\\\', '\\'));
  });

  // In a line of cmd.exe one percent sign stands for itself only where no variable has that name.
  it('passes on a percent sign', () => {
    const { stdout } = cmd(`${command} show "100 % %nobody here%" --json --lang en ${practice}`);
    expect(document({ stdout })).toMatchObject({ fault: { message: expect.stringContaining('100 %') } });
  });

  it('gets nothing from standard input, and says what to do instead', () => {
    const { code, stdout } = cmd(`echo secret| ${command} export x --format pfx --out x.pfx --password-stdin --json --lang en ${practice}`);
    expect(code).toBe(2);
    expect(document({ stdout })).toMatchObject({ fault: { fix: expect.stringContaining('--password-file') } });
  });

  it('registers, publishes, grants and proves on the practice tenant, and writes a PFX where it is told', () => {
    const made = cmd(`${command} connect --name "Archiv & Söhne" --fqdn mail.contoso.example --yes --json ${practice}`);
    expect(made, made.stderr).toMatchObject({ code: 0 });
    expect(document(made)).toMatchObject({ credential: { state: 'set-up' }, proof: { ok: true } });
    const target = join(scratch, 'für & den Server');
    mkdirSync(target);
    writeFileSync(join(target, 'password'), 'secret\r\n');
    const out = join(target, 'Schlüssel.pfx');
    const exported = cmd(
      `${command} export "Archiv & Söhne" --format pfx --out "${out}" --password-file "${join(target, 'password')}" --json ${practice}`,
    );
    expect(exported, exported.stderr).toMatchObject({ code: 0 });
    expect(existsSync(out)).toBe(true);
  });
});
