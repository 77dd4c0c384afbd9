import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { importsOf } from '../../lint/imports.ts';

const isSource = (path: string) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts');

/** Source files that are loaded with these, each with its text. What is imported for its types alone is not loaded. */
export function loadedWith(entries: readonly string[]): ReadonlyMap<string, string> {
  const loaded = new Map<string, string>();
  const queue = [...entries];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (loaded.has(path)) continue;
    const source = readFileSync(path, 'utf8');
    loaded.set(path, source);
    for (const { specifier, typesOnly } of importsOf(path, source)) {
      if (typesOnly || specifier?.startsWith('.') !== true) continue;
      const target = posix.normalize(posix.join(posix.dirname(path), specifier));
      if (isSource(target) && existsSync(target)) queue.push(target);
    }
  }
  return loaded;
}

/** Keys that a source text names, or that one of its templates can make. */
export function keysIn(source: string, keys: readonly string[]): string[] {
  const literals = new Set([...source.matchAll(/['"]([a-z][a-zA-Z0-9.-]+)['"]/g)].map((match) => match[1]));
  const templates = [...source.matchAll(/`([a-z]+[.a-z-]*\$\{[^`]*)`/g)].map(
    (match) =>
      new RegExp(
        `^${(match[1] ?? '')
          .replaceAll(/\$\{[^}]*\}/g, '\u0000')
          .replaceAll('.', '\\.')
          .replaceAll('\u0000', '.+')}$`,
      ),
  );
  return keys.filter((key) => literals.has(key) || templates.some((template) => template.test(key)));
}
