import { systemProgram, type Program } from '../../windows/index.ts';

/** Windows PowerShell reads its input in the console's code page; what is not ASCII is escaped (RFC 8259, section 7). */
const ascii = (json: string): string =>
  json.replaceAll(/[\u007F-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

export const powerShellArguments = (script: string): readonly string[] => [
  '-NoLogo',
  '-NoProfile',
  '-NonInteractive',
  '-InputFormat',
  'Text',
  '-OutputFormat',
  'Text',
  '-Command',
  script,
];

/**
 * A script of Windows PowerShell 5.1, which reads a document from standard input (`@($input) -join '' | ConvertFrom-Json`): so
 * its text is always the same, and nothing of the document stands in a command line.
 */
export function powerShell(script: string, document: unknown, env: Readonly<Record<string, string | undefined>>): Program {
  return {
    file: systemProgram(env, 'WindowsPowerShell\\v1.0\\powershell.exe'),
    args: powerShellArguments(script),
    input: ascii(JSON.stringify(document)),
  };
}
