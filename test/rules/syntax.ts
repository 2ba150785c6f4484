// The syntax tree of a source file, by the parser that Vite brings.

import { parseSync } from 'vite';
import type { SourceFile } from './source-file.ts';

export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** Each rule asks for all files. */
const parsed = new WeakMap<SourceFile, SyntaxNode>();

export function parseFile(file: SourceFile): SyntaxNode {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const program = parse(file);
  parsed.set(file, program);
  return program;
}

function parse({ path, text }: SourceFile): SyntaxNode {
  const { program, errors } = parseSync(path, text, { astType: 'ts', lang: langOf(path) });
  const [error] = errors;
  if (error) throw new Error(`${path} does not parse: ${error.message}`);
  return program as unknown as SyntaxNode;
}

/** Every node, parents first. `parents` runs from the program to the node's own parent. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parents: readonly SyntaxNode[]) => void,
  parents: readonly SyntaxNode[] = [],
): void {
  visit(node, parents);
  const inside = [...parents, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit, inside);
    }
  }
}

export function collect(program: SyntaxNode, type: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  walk(program, (node) => {
    if (node.type === type) found.push(node);
  });
  return found;
}

export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1))
    line++;
  return line;
}

/** `Date.now` for that member access, `setTimeout` for an identifier, undefined for anything else. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Identifier') return String(node.name);
  if (node.type === 'ChainExpression') return nameOf(node.expression);
  if (node.type !== 'MemberExpression' || node.computed) return undefined;
  const object = nameOf(node.object);
  return object === undefined ? undefined : `${object}.${nameOf(node.property)}`;
}

/** The text of a string literal, or of a template without holes. */
export function stringOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateLiteral') return undefined;
  const quasis = node.quasis as Array<{ value: { cooked: string } }>;
  return quasis.length === 1 ? quasis[0]?.value.cooked : undefined;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function langOf(path: string): 'js' | 'ts' | 'tsx' {
  if (path.endsWith('.tsx')) return 'tsx';
  return path.endsWith('.mjs') ? 'js' : 'ts';
}
