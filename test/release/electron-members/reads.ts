import { posix } from 'node:path';
import { isNode, placesIn, textOf, type Binding, type Node, type Place } from './scopes.ts';

export interface ElectronReads {
  /** As `autoUpdater` and `autoUpdater.emit`, with the files that read them. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
  /** Uses of the module that are not understood: what they read is unknown. */
  readonly unexplained: readonly string[];
}

interface Chunk {
  readonly file: string;
  readonly places: readonly Place[];
  /** Functions that answer with the module. */
  readonly factories: Set<Binding>;
  /** Variables that hold it. */
  readonly aliases: Set<Binding>;
}

const literal = (node: unknown): string | null => {
  if (!isNode(node)) return null;
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : null;
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node['quasis']) || node['quasis'].length !== 1) return null;
  const [quasi] = node['quasis'] as readonly unknown[];
  const value = isNode(quasi) ? quasi['value'] : null;
  return typeof value === 'object' && value !== null && 'cooked' in value ? textOf(value.cooked) : null;
};

const identifier = (node: unknown): string | null => (isNode(node) && node.type === 'Identifier' ? textOf(node['name']) : null);
const named = (node: unknown): string => identifier(node) ?? literal(node) ?? '';

/** Whether an expression is the module `electron`. */
function isElectron({ node, resolve }: Place, { factories, aliases }: Chunk): boolean {
  if (node.type === 'Identifier') {
    const binding = resolve(textOf(node['name']));
    return binding !== null && aliases.has(binding);
  }
  if (node.type !== 'CallExpression' || !Array.isArray(node['arguments'])) return false;
  if (node['arguments'].length === 1 && literal(node['arguments'][0]) === 'electron') return true;
  const callee = identifier(node['callee']);
  const binding = callee === null ? null : resolve(callee);
  return binding !== null && factories.has(binding);
}

const outermost = (place: Place, chunk: Chunk): Binding | null => {
  const declarator = place.parents.findLast((each) => each.type === 'VariableDeclarator');
  const name = declarator === undefined ? null : identifier(declarator['id']);
  const top = chunk.places[0];
  return name === null || top === undefined ? null : top.resolve(name);
};

/** The parts of an object pattern. */
const taken = (pattern: Node): string[] =>
  Array.isArray(pattern['properties'])
    ? pattern['properties'].map((each: unknown) => (isNode(each) && each.type === 'Property' ? named(each['key']) : '...'))
    : ['...'];

interface Use {
  readonly members: readonly string[];
  readonly alias?: string;
  readonly factory?: true;
}

/** What is done with the module where it is mentioned; null = that is not understood. */
function useOf(place: Place): Use | null {
  const parents = place.parents.filter(({ type }) => type !== 'ParenthesizedExpression');
  const node = place.parents.at(-1)?.type === 'ParenthesizedExpression' ? (place.parents.at(-1) ?? place.node) : place.node;
  const parent = parents.at(-1);
  const around = parents.at(-2);
  if (parent === undefined) return null;
  if (parent.type === 'MemberExpression' && parent['object'] === node) {
    const name = parent['computed'] === true ? literal(parent['property']) : named(parent['property']);
    if (name === null) return null;
    const next = around?.type === 'MemberExpression' && around['object'] === parent && around['computed'] !== true ? around : undefined;
    return { members: next === undefined ? [name] : [name, `${name}.${named(next['property'])}`] };
  }
  const target = parent.type === 'VariableDeclarator' ? parent['id'] : parent.type === 'AssignmentExpression' ? parent['left'] : null;
  if (target === node) return { members: [] };
  if (!isNode(target)) return /^(Import|Export)Specifier$/.test(parent.type) ? { members: [] } : null;
  if (target.type === 'ObjectPattern') return { members: taken(target) };
  const alias = identifier(target);
  if (alias !== null) return { members: [], alias };
  return target.type === 'MemberExpression' && named(target['property']) === 'exports' ? { members: [], factory: true } : null;
}

/** Which factories a chunk gets from others, by the statement that imports them. */
function importsOf(chunk: Chunk): { readonly from: string; readonly imported: string; readonly binding: Binding }[] {
  return chunk.places.flatMap(({ node, parents, resolve }) => {
    if (node.type !== 'ImportSpecifier') return [];
    const from = literal(parents.at(-1)?.['source']) ?? '';
    const binding = resolve(named(node['local']));
    return binding === null ? [] : [{ from: posix.join(posix.dirname(chunk.file), from), imported: named(node['imported']), binding }];
  });
}

const exportsOf = (chunk: Chunk, name: string): Binding | null => {
  const specifier = chunk.places.find(({ node }) => node.type === 'ExportSpecifier' && named(node['exported']) === name);
  return specifier?.resolve(named(specifier.node['local'])) ?? null;
};

/** One round; more is known after it than before. @returns whether it is */
function learn(chunks: ReadonlyMap<string, Chunk>): boolean {
  const size = () => [...chunks.values()].reduce((sum, { factories, aliases }) => sum + factories.size + aliases.size, 0);
  const before = size();
  for (const chunk of chunks.values()) {
    for (const { from, imported, binding } of importsOf(chunk)) {
      const source = chunks.get(from);
      const exported = source === undefined ? null : exportsOf(source, imported);
      if (exported !== null && source?.factories.has(exported) === true) chunk.factories.add(binding);
      if (exported !== null && source?.aliases.has(exported) === true) chunk.aliases.add(binding);
    }
    for (const place of chunk.places.filter((each) => isElectron(each, chunk))) {
      const use = useOf(place);
      const binding = use?.factory === true ? outermost(place, chunk) : use?.alias === undefined ? null : place.resolve(use.alias);
      if (binding !== null) (use?.factory === true ? chunk.factories : chunk.aliases).add(binding);
    }
  }
  return size() > before;
}

/** Bundles that name the module, and those that import one of these, and so on: the others need not be parsed. */
function concerned(files: ReadonlyMap<string, string>): [file: string, text: string][] {
  const found = new Map([...files].filter(([, text]) => /([`'"])electron\1/.test(text)));
  for (let before = 0; found.size > before;) {
    before = found.size;
    const names = [...found.keys()].map((file) => `/${posix.basename(file)}`);
    for (const [file, text] of files) if (names.some((name) => text.includes(name))) found.set(file, text);
  }
  return [...found];
}

/**
 * Every member of the module `electron` that a set of bundles reads, anywhere in them, whether or not it is ever run.
 *
 * @param files text by path, with `/` between folders
 */
export function electronReads(files: ReadonlyMap<string, string>): ElectronReads {
  const chunks = new Map(
    concerned(files).map(([file, text]): [string, Chunk] => [
      file,
      { file, places: placesIn(file, text), factories: new Set(), aliases: new Set() },
    ]),
  );
  while (learn(chunks));
  const members = new Map<string, Set<string>>();
  const unexplained: string[] = [];
  for (const chunk of chunks.values())
    for (const place of chunk.places.filter((each) => isElectron(each, chunk))) {
      const use = useOf(place);
      if (use === null) unexplained.push(`${chunk.file}: ${place.parents.at(-1)?.type ?? ''} around ${place.node.type}`);
      for (const name of use?.members ?? []) members.set(name, (members.get(name) ?? new Set()).add(chunk.file));
    }
  return { members, unexplained };
}
