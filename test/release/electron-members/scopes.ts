import { parseSync } from 'oxc-parser';

/** A node of ESTree, as far as it is walked here. */
export interface Node {
  readonly type: string;
  readonly [part: string]: unknown;
}

/** A name in a scope of its own; two of the same name in two scopes are two. */
export interface Binding {
  readonly name: string;
}

/** Where an expression stands: the node around it, and how a name that is used there is resolved. */
export interface Place {
  readonly node: Node;
  readonly parents: readonly Node[];
  readonly resolve: (name: string) => Binding | null;
}

type Scope = Map<string, Binding>;

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function children(node: Node): Node[] {
  return Object.values(node).flatMap((part) => (Array.isArray(part) ? part.filter(isNode) : isNode(part) ? [part] : []));
}

const isFunction = ({ type }: Node) => /^(Function|ArrowFunction)/.test(type);
const isScope = (node: Node) => isFunction(node) || /^(Program|BlockStatement|For|Switch|Catch|Class|StaticBlock)/.test(node.type);

/** Names that a pattern binds. */
function bound(pattern: unknown): string[] {
  if (!isNode(pattern)) return [];
  if (pattern.type === 'Identifier') return [textOf(pattern['name'])];
  if (pattern.type === 'AssignmentPattern') return bound(pattern['left']);
  if (pattern.type === 'Property') return bound(pattern['value']);
  return children(pattern).flatMap(bound);
}

/** `var` and, where `blocks` is set, what is declared directly in a block. */
function declared(node: Node, blocks: boolean): string[] {
  if (node.type === 'VariableDeclaration') {
    const names = children(node).flatMap((each) => bound(each['id']));
    return node['kind'] === 'var' || blocks ? names : [];
  }
  if (/^(Function|Class)Declaration$/.test(node.type)) return blocks ? bound(node['id']) : [];
  if (node.type === 'ImportDeclaration') return children(node).flatMap((each) => bound(each['local']));
  if (node.type.startsWith('Export')) return children(node).flatMap((each) => declared(each, blocks));
  return isFunction(node) || isScope(node) ? [] : children(node).flatMap((each) => declared(each, false));
}

/** `var` of a whole function or file, however deep in its blocks. */
function hoisted(node: Node): string[] {
  return children(node).flatMap((each) => (isFunction(each) ? [] : [...declared(each, false), ...hoisted(each)]));
}

function scopeOf(node: Node): Scope {
  const params = Array.isArray(node['params']) ? node['params'].flatMap(bound) : [];
  const own = node.type.endsWith('Expression') || node.type === 'ClassDeclaration' ? bound(node['id']) : [];
  const whole = isFunction(node) || node.type === 'Program' ? hoisted(node) : [];
  const caught = node.type === 'CatchClause' ? bound(node['param']) : [];
  const names = [...own, ...params, ...whole, ...caught, ...children(node).flatMap((each) => declared(each, true))];
  return new Map(names.map((name) => [name, { name }]));
}

/** Every node of a script or module with its place. */
export function placesIn(file: string, text: string): Place[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message ?? ''}`);
  const found: Place[] = [];
  const walk = (node: Node, parents: readonly Node[], scopes: readonly Scope[]) => {
    const inside = isScope(node) ? [...scopes, scopeOf(node)] : scopes;
    found.push({ node, parents, resolve: (name) => inside.findLast((scope) => scope.has(name))?.get(name) ?? null });
    for (const child of children(node)) walk(child, [...parents, node], inside);
  };
  if (isNode(program)) walk(program, [], []);
  return found;
}
