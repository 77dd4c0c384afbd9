import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runProgram, systemProgram } from '../../main/windows/index.ts';
import { program } from '../installed/windows.ts';
import { versions } from './stand-in/versions.ts';
import { launcherEnvironment } from './unpacked.ts';

const made = resolve(import.meta.dirname, 'made');

const setup = (version: string) => join(made, `setup-${version}.exe`);

/** Why there is no setup program; null where there is. */
export const withoutSetup: string | null = !existsSync(join(made, 'launcher.exe'))
  ? 'the setup program is compiled on Linux'
  : existsSync(setup(versions[0]))
    ? null
    : 'nothing is built: npm run build';

/** What the stand-ins in the setup program and in the installed one ask for. */
export const standInEnvironment = { ...launcherEnvironment, STAND_IN_7Z: join(made, '7z.exe') };

/** Silently. `/D=` is the last, without quotation marks. @returns the exit code */
export const install = (version: string, ...options: string[]): number | null =>
  spawnSync(setup(version), ['/S', ...options], { stdio: 'ignore', timeout: 200_000, windowsVerbatimArguments: true }).status;

const queried = (hive: 'HKCU' | 'HKLM') => [
  'query',
  String.raw`${hive}\Software\Microsoft\Windows\CurrentVersion\Uninstall\297101a0-c115-4c48-9025-96371466bdec`,
  '/reg:64',
];

/** Whether "Apps" of Windows' settings lists the product. */
export const isListed = (hive: 'HKCU' | 'HKLM' = 'HKCU'): boolean => program('reg.exe', ...queried(hive)).code === 0;

/** What it knows of it, by the names of the registry. */
export async function entry(hive: 'HKCU' | 'HKLM' = 'HKCU'): Promise<Readonly<Record<string, string>>> {
  const { output } = await runProgram({ file: systemProgram(process.env, 'reg.exe'), args: queried(hive) });
  return Object.fromEntries([...output.matchAll(/^\s+(\w+)\s+REG_\w+\s+(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value]));
}

/** The version in the package.json of what is installed. */
export function installedVersion(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, String.raw`resources\app\package.json`), 'utf8')) as { version: string };
  return version;
}

/** Paths of the files in a folder, of which there may be none. */
export function files(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(folder.length + 1))
    .toSorted();
}
