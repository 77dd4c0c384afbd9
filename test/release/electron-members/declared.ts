import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { isNode, placesIn, textOf, type Node, type Place } from './scopes.ts';

export interface DeclaredElectron {
  /** Whether `electron.d.ts` has `app`, or `app.quit`. */
  has(member: string): boolean;
}

const nameOf = (node: unknown): string => {
  if (!isNode(node)) return '';
  if (node.type === 'TSQualifiedName') return nameOf(node['right']);
  if (node.type === 'MemberExpression') return nameOf(node['property']);
  return textOf(node['name']) || textOf(node['value']);
};

const inside = ({ parents }: Place, namespace: string) =>
  parents.findLast((each) => each.type === 'TSModuleDeclaration' && nameOf(each['id']) !== '') === undefined
    ? false
    : nameOf(parents.findLast((each) => each.type === 'TSModuleDeclaration')?.['id']) === namespace;

/** The name of the type behind `const app: App`, or of the class itself. */
const typeOf = (node: Node): string => {
  const annotation = isNode(node['id']) ? node['id']['typeAnnotation'] : null;
  const type = isNode(annotation) ? annotation['typeAnnotation'] : null;
  return isNode(type) ? nameOf(type['typeName'] ?? type['exprName']) : '';
};

/** What Electron's own declarations say about its module, of either process. */
export function declaredElectron(path = 'node_modules/electron/electron.d.ts'): DeclaredElectron {
  const places = placesIn(path, readFileSync(path, 'utf8'));
  const types = new Map<string, string>();
  const members = new Map<string, Set<string>>();
  const parents = new Map<string, string[]>();
  for (const place of places) {
    const { node } = place;
    if (inside(place, 'CrossProcessExports')) {
      if (node.type === 'VariableDeclarator') types.set(nameOf(node['id']), typeOf(node));
      if (node.type === 'ClassDeclaration') types.set(nameOf(node['id']), nameOf(node['id']));
    }
    if (!inside(place, 'Electron') || !/^(TSInterface|Class)Declaration$/.test(node.type)) continue;
    const name = nameOf(node['id']);
    const body = isNode(node['body']) && Array.isArray(node['body']['body']) ? node['body']['body'].filter(isNode) : [];
    members.set(name, new Set([...(members.get(name) ?? []), ...body.map((each) => nameOf(each['key']))]));
    const extended = Array.isArray(node['extends']) ? node['extends'].filter(isNode).map((each) => nameOf(each['expression'])) : [];
    parents.set(name, [...extended, nameOf(node['superClass'])]);
  }
  const ofType = (type: string, member: string): boolean => {
    if (type.endsWith('EventEmitter')) return member in EventEmitter.prototype;
    if (members.get(type)?.has(member) === true) return true;
    return parents.get(type)?.some((each) => each !== '' && ofType(each, member)) ?? false;
  };
  return {
    has: (member) => {
      const [name = '', part] = member.split('.');
      const type = types.get(name);
      return type !== undefined && (part === undefined || ofType(type, part));
    },
  };
}
