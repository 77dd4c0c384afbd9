import { parseSync } from 'oxc-parser';

export interface Import {
  /** As written, e.g. `../vault/index.ts` or `electron`. */
  readonly specifier: string;
  /** True when nothing but types crosses. */
  readonly typesOnly: boolean;
}

/** Every import and re-export of a source text, static and dynamic. @throws Error when it does not parse */
export function importsOf(path: string, source: string): Import[] {
  const { module, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const statics = module.staticImports.map((each) => ({
    specifier: each.moduleRequest.value,
    typesOnly: each.entries.length > 0 && each.entries.every((entry) => entry.isType),
  }));
  const exports = module.staticExports.flatMap((each) =>
    each.entries.filter((entry) => entry.moduleRequest).map((entry) => ({ specifier: entry.moduleRequest?.value ?? '', typesOnly: entry.isType })),
  );
  const dynamics = module.dynamicImports.map((each) => ({ specifier: source.slice(each.moduleRequest.start, each.moduleRequest.end).replaceAll(/^['"`]|['"`]$/g, ''), typesOnly: false }));
  return [...statics, ...exports, ...dynamics];
}
