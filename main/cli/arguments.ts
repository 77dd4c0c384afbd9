/**
 * `--practice` takes an address or nothing. Commander would take the next word whatever it is, also a verb; so an
 * address is joined to its option, and a lone `--practice` is marked as such.
 */
export function normaliseArguments(args: readonly string[]): string[] {
  const result: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const next = args[index + 1];
    if (arg === '--practice' && next !== undefined && !next.startsWith('-') && /[:/]/.test(next)) {
      result.push(`--practice=${next}`);
      index += 1;
    } else result.push(arg === '--practice' ? `--practice=${inProcess}` : arg);
  }
  return result;
}

/** Value of `--practice` when no address was given: the practice tenant runs inside this process. */
export const inProcess = 'in-process';
