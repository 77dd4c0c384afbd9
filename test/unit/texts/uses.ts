import { parseSync, Visitor, type Argument, type Expression, type ObjectExpression, type PropertyKey } from 'oxc-parser';

/** One place of the source that fills in a text whose key stands there in full. */
export interface Use {
  readonly key: string;
  /** Names of the values given; null where only running would tell. */
  readonly given: readonly string[] | null;
}

type Node = Argument | Expression | undefined;

function nameOf(key: PropertyKey): string | null {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : null;
}

/** The names in an object literal; null when it has parts that cannot be read here. */
function namesIn(object: ObjectExpression): string[] | null {
  const names = object.properties.map((each) => (each.type === 'Property' && !each.computed ? nameOf(each.key) : null));
  return names.every((name) => name !== null) ? names : null;
}

function given(node: Node): readonly string[] | null {
  if (node === undefined) return [];
  return node.type === 'ObjectExpression' ? namesIn(node) : null;
}

/** The value of one property of an object literal; `undefined` when the literal does not have it. */
function propertyOf(node: Node, name: string): readonly string[] | null {
  if (node === undefined) return [];
  if (node.type !== 'ObjectExpression') return null;
  const own = node.properties.find((each) => each.type === 'Property' && each.key.type === 'Identifier' && each.key.name === name);
  if (own?.type === 'Property') return given(own.value);
  return node.properties.some((each) => each.type === 'SpreadElement') ? null : [];
}

/** `'a'`, or both of `x ? 'a' : 'b'`. */
function keysOf(node: Node): string[] {
  if (node?.type === 'Literal' && typeof node.value === 'string') return [node.value];
  return node?.type === 'ConditionalExpression' ? [...keysOf(node.consequent), ...keysOf(node.alternate)] : [];
}

/**
 * Every `t('key', {…})`, `new Fault('code', { params: {…} })`, of the field rules `refused('code', {…})`, and of the checks of
 * the proof the verdicts, e.g. `passed('check.…', {…})`.
 */
export function usesOf(path: string, source: string): Use[] {
  const uses: Use[] = [];
  const ofFault = (code: string, values: readonly string[] | null) => {
    for (const key of [`fault.${code}`, `fault.${code}.fix`]) uses.push({ key, given: values });
  };
  new Visitor({
    CallExpression({ callee, arguments: [first, second] }) {
      const name =
        callee.type === 'Identifier'
          ? callee.name
          : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
            ? callee.property.name
            : '';
      if (name === 't') for (const key of keysOf(first)) uses.push({ key, given: given(second) });
      if (path.includes('registration/verify') && name !== 't')
        for (const key of keysOf(first)) if (key.startsWith('check.')) uses.push({ key, given: given(second) });
      if (name === 'refused' && path.includes('credential/fields')) for (const code of keysOf(first)) ofFault(code, given(second));
    },
    NewExpression({ callee, arguments: [first, second] }) {
      if (callee.type === 'Identifier' && callee.name === 'Fault')
        for (const code of keysOf(first)) ofFault(code, propertyOf(second, 'params'));
    },
  }).visit(parseSync(path, source).program);
  return uses;
}
