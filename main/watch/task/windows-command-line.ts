/** One argument as CommandLineToArgvW and the C runtime read it back ("Parsing C++ command-line arguments", Microsoft Learn). */
function quoted(argument: string): string {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument;
  // Backslashes count double only in front of a quotation mark, ours at the end included.
  return `"${argument.replaceAll(/(\\*)"/g, String.raw`$1$1\"`).replace(/(\\+)$/, '$1$1')}"`;
}

/** The arguments of a program as the one string that Windows passes on. */
export function windowsCommandLine(args: readonly string[]): string {
  return args.map(quoted).join(' ');
}
