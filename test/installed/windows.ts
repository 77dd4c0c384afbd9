import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ended = ({ error, status, stdout, stderr }: ReturnType<typeof spawnSync>): Ended => {
  if (error) throw error;
  return { code: status, stdout: String(stdout), stderr: String(stderr) };
};

const limits = { encoding: 'utf8', timeout: 300_000, windowsHide: true } as const;

/** A program with its arguments, waited for. */
export const program = (file: string, ...args: string[]): Ended => ended(spawnSync(file, args, limits));

/** One line of cmd.exe. */
export const cmd = (line: string): Ended =>
  ended(spawnSync('cmd.exe', ['/d', '/s', '/c', `"${line}"`], { ...limits, windowsVerbatimArguments: true }));

/** What a command with `--json` has said. */
export const document = ({ stdout }: Pick<Ended, 'stdout'>) =>
  JSON.parse(stdout) as {
    fault?: { code: string; message: string; fix: string };
    profiles?: unknown[];
    proof?: { ok: boolean };
    credential?: { state: string };
  };

/** The two PowerShells: that of Windows, and the one that is installed. */
export const shells = ['powershell.exe', 'pwsh.exe'] as const;

/** A script, which ends with the code it says. */
export const powerShell = (script: string, shell: (typeof shells)[number] = 'powershell.exe'): Ended =>
  ended(spawnSync(shell, ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-Command', script], limits));

export interface Entry {
  readonly DisplayName: string;
  readonly DisplayVersion: string;
  readonly QuietUninstallString: string | null;
  readonly PSPath: string;
}

/** What "Apps" of Windows' settings lists of this product. */
export function installedEntries(): readonly Entry[] {
  const places = ['HKCU:\\Software', 'HKLM:\\Software', 'HKLM:\\Software\\WOW6432Node'].map(
    (root) => `'${root}\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*'`,
  );
  const found = `Get-ItemProperty ${places.join(',')} -ErrorAction SilentlyContinue | Where-Object DisplayName -like 'Tenant Keyring*'`;
  const { stdout } = powerShell(
    `ConvertTo-Json -InputObject @(${found} | Select-Object DisplayName, DisplayVersion, QuietUninstallString, PSPath)`,
  );
  return JSON.parse(stdout) as Entry[];
}

/** Looks again until it is true; what it waits for is told when it never is. */
export async function eventually(what: string, holds: () => boolean, seconds = 90): Promise<void> {
  for (let left = seconds; left > 0 && !holds(); left -= 1) await setTimeout(1000);
  expect(holds(), what).toBe(true);
}
