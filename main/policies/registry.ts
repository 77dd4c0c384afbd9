import { Fault } from '../faults.ts';
import { systemProgram, type RunProgram } from '../windows/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;
export type Values = Readonly<Record<string, unknown>>;

/** Where Windows keeps what group policies prescribe; nobody but an administrator can write there. */
const parent = 'Software\\Policies';
const key = 'TenantKeyring';
export const hives = ['HKLM', 'HKCU'] as const;
export type Hive = (typeof hives)[number];
export const registryKey = (hive: Hive): string => `${hive}\\${parent}\\${key}`;

/** A line of `reg query`: four spaces, name, four spaces, type, four spaces, data. */
const line = /^ {4}(?<name>.+?) {4}(?<type>REG_[A-Z_]+)(?: {4}(?<data>.*))?$/;

function valueOf(type: string, data: string): unknown {
  if (type === 'REG_DWORD') return Number(data);
  // The separator is written as the two characters backslash and zero.
  return type === 'REG_MULTI_SZ'
    ? data
        .split('\\0')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== '')
    : data;
}

/** What `reg query` printed of one key. Its sub-keys are not ours. */
export function registryValues(output: string): Values {
  const lines = output.split(/\r?\n/).map((each) => line.exec(each)?.groups);
  return Object.fromEntries(
    lines.flatMap((found) => (found?.['name'] === undefined ? [] : [[found['name'], valueOf(found['type'] ?? '', found['data'] ?? '')]])),
  );
}

/**
 * Where reg.exe is forbidden ("Prevent access to registry editing tools" stops it too), PowerShell still reads.
 *
 * @throws Fault policy.unreadable
 */
async function byPowerShell(hive: Hive, env: Environment, run: RunProgram): Promise<Values> {
  const path = `${hive}:\\${parent}\\${key}`;
  const script = `$ErrorActionPreference='Stop'; if (Test-Path '${path}') { $k = Get-Item '${path}'; $v = @{}; foreach ($n in $k.GetValueNames()) { $v[$n] = $k.GetValue($n) }; ConvertTo-Json -Compress $v } else { '{}' }`;
  const source = registryKey(hive);
  const failed = (cause: unknown) => new Fault('policy.unreadable', { cause, params: { source } });
  const ended = await run({
    file: systemProgram(env, 'WindowsPowerShell\\v1.0\\powershell.exe'),
    args: ['-NoProfile', '-NonInteractive', '-Command', script],
  }).catch((error: unknown) => Promise.reject(failed(error)));
  try {
    const found: unknown = JSON.parse(ended.output);
    if (ended.code === 0 && typeof found === 'object' && found !== null) return { ...found };
  } catch (error) {
    throw failed(error);
  }
  throw failed(new Error(`PowerShell ended with ${ended.code}: ${ended.output}`));
}

/**
 * The values below `Software\Policies\TenantKeyring` of one hive; empty where there is no such key. The key above it is
 * asked first: it is always there, and so tells a missing key from a program that may not read.
 *
 * @throws Fault policy.unreadable
 */
export async function readRegistry(hive: Hive, env: Environment, run: RunProgram): Promise<Values> {
  const query = (path: string) => run({ file: systemProgram(env, 'reg.exe'), args: ['query', path, '/reg:64'] }).catch(() => null);
  const above = await query(`${hive}\\${parent}`);
  if (above === null || (above.code !== 0 && hive === 'HKLM')) return byPowerShell(hive, env, run);
  const named = above.output.split(/\r?\n/).some((each) => each.toLowerCase().endsWith(`\\${parent}\\${key}`.toLowerCase()));
  if (above.code !== 0 || !named) return {};
  const found = await query(registryKey(hive));
  return found?.code === 0 ? registryValues(found.output) : byPowerShell(hive, env, run);
}
