import { parseSync, Visitor, type Argument, type Expression } from 'oxc-parser';

export interface Import {
  /** As written, e.g. `../vault/index.ts` or `electron`; null when only running would tell. */
  readonly specifier: string | null;
  /** True when nothing of the module is loaded: `import { type A }` still loads it, `import type` does not. */
  readonly typesOnly: boolean;
}

type Node = Argument | Expression | undefined;

function literal(node: Node): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  return node?.type === 'TemplateLiteral' && node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? null) : null;
}

/** `require`, or what `createRequire` returns where it is called at once. */
function isRequire(callee: Expression): boolean {
  if (callee.type === 'Identifier') return callee.name === 'require';
  return callee.type === 'CallExpression' && callee.callee.type === 'Identifier' && callee.callee.name === 'createRequire';
}

/**
 * Everything a source text imports: static and dynamic imports, re-exports, `require`, and types by `import('x')`.
 *
 * @throws Error when it does not parse
 */
export function importsOf(path: string, source: string): Import[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const found: Import[] = [];
  const add = (specifier: string | null, typesOnly = false) => found.push({ specifier, typesOnly });
  new Visitor({
    ImportDeclaration: (node) => add(node.source.value, node.importKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source.value, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => node.source && add(node.source.value, node.exportKind === 'type'),
    TSImportType: (node) => add(node.source.value, true),
    ImportExpression: (node) => add(literal(node.source)),
    CallExpression: ({ callee, arguments: [first] }) => isRequire(callee) && add(literal(first)),
  }).visit(program);
  return found;
}
