import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { cmd, document } from './windows.ts';

export interface Place {
  /** Where `tenant-keyring.cmd` stands. */
  readonly program: string;
  /** For files of the tests. */
  readonly scratch: string;
}

/** What the command line of a program on Windows does through cmd.exe: of the installed one, and of its stand-in. */
export function commandLineTests({ program, scratch }: Place): void {
  const cli = `"${join(program, 'tenant-keyring.cmd')}"`;
  const practice = `--practice --data-dir "${join(scratch, 'data')}"`;

  it('ends with the exit code, with one document or a sentence for people', () => {
    expect(cmd(`${cli} --version`)).toMatchObject({ code: 0, stdout: expect.stringMatching(new RegExp(`^\\s*${manifest.version}\\n$`)) });
    const refused = cmd(`${cli} show nobody --json --lang en ${practice}`);
    expect(refused.code).toBe(2);
    expect(document(refused).fault?.code).toBe('input.credential.unknown');
    expect(cmd(`call ${cli} show nobody ${practice} >nul 2>nul || echo refused`).stdout).toContain('refused');
  });

  it('comes through a pipe and into a file', () => {
    expect(document(cmd(`${cli} profiles --json`)).profiles?.length).toBeGreaterThan(2);
    expect(cmd(`${cli} profiles --json | findstr mailstore-guide`).stdout).toContain('mailstore-guide');
    const file = join(scratch, 'Profile für alle.json');
    expect(cmd(`${cli} profiles --json > "${file}"`)).toMatchObject({ code: 0, stdout: '' });
    expect(document({ stdout: readFileSync(file, 'utf8') }).profiles?.length).toBeGreaterThan(2);
  });

  // In a line of cmd.exe a percent sign stands for itself only where no variable has that name.
  it.each([
    ['spaces', 'Archiv der Firma'],
    ['umlauts and what no code page has', 'Größe Œuvre 株式会社'],
    ['an ampersand', 'Müller & Co'],
    ['a caret', 'one ^ two'],
    ['an exclamation mark', 'Yahoo! !TEMP!'],
    ['a percent sign', '100 % %nobody here'],
    ['a quotation mark', String.raw`12\" disk`],
    ['a backslash at the end', String.raw`share\\`],
  ])('passes on %s', (_, typed) => {
    const refused = cmd(`${cli} show "${typed}" --json --lang en ${practice}`);
    expect(refused.code).toBe(2);
    expect(document(refused).fault).toMatchObject({
      code: 'input.credential.unknown',
      message: expect.stringContaining(typed.replaceAll(String.raw`\"`, '"').replaceAll('\\\\', '\\')),
    });
  });

  // Set up, not proven: what no interface of Microsoft’s shows, such as the EWS allow list, is not testable there.
  it('registers, publishes, grants and proves on the practice tenant', () => {
    const connected = cmd(`${cli} connect --name "Archiv & Söhne" --fqdn mail.contoso.example --yes --json ${practice}`);
    expect(connected.stderr).toContain('Consent ');
    expect(connected.code).toBe(0);
    expect(document(connected)).toMatchObject({ credential: { state: 'set-up' }, proof: { ok: true } });
    expect(document(cmd(`${cli} verify "Archiv & Söhne" --json ${practice}`))).toMatchObject({ proof: { ok: true } });
  });

  it('refuses a password from standard input, because Windows gives it none, and takes it from a file', () => {
    const folder = join(scratch, 'für & den Server');
    const out = join(folder, 'Schlüssel.pfx');
    mkdirSync(folder);
    const exported = `${cli} export "Archiv & Söhne" --format pfx --out "${out}" --json --lang en ${practice}`;
    const refused = cmd(`echo secret| ${exported} --password-stdin`);
    expect(refused.code).toBe(2);
    expect(document(refused).fault?.fix).toContain('--password-file');
    expect(existsSync(out)).toBe(false);
    writeFileSync(join(folder, 'password'), 'secret\r\n');
    expect(cmd(`${exported} --password-file "${join(folder, 'password')}"`)).toMatchObject({ code: 0 });
    expect(existsSync(out)).toBe(true);
  });
}
