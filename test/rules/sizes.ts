// How long files and functions are, and how many parameters they take.

import type { Breach, SourceFile } from './source-file.ts';
import { isNode, lineOf, parseFile, type SyntaxNode, walk } from './syntax.ts';

export interface MeasuredFunction {
  path: string;
  line: number;
  name: string | undefined;
  lines: number;
  params: number;
  isComponent: boolean;
}

export const limits = { file: 400, function: 70, component: 120, params: 3 };
/** Nine of ten stay at or below these. */
export const usual = { file: 150, function: 20, component: 60 };
/** Below this many, one long file would already be the tenth part. */
const enoughForShare = 20;

export function checkSizes(files: SourceFile[]): Breach[] {
  const functions = files.flatMap(measureFunctions);
  return [
    ...files.flatMap(checkFile),
    ...functions.flatMap(checkFunction),
    ...checkShare('files', files.map(countLines), usual.file),
    ...checkShare('functions', linesOf(functions, false), usual.function),
    ...checkShare('components', linesOf(functions, true), usual.component),
  ];
}

export function measureFunctions(file: SourceFile): MeasuredFunction[] {
  const found: MeasuredFunction[] = [];
  walk(parseFile(file), (node, parents) => {
    if (!isFunction(node) || !isNode(node.body)) return;
    const name = functionName(node, parents);
    const line = lineOf(file.text, node.start);
    const params = (node.params as SyntaxNode[]).filter((param) => param.name !== 'this').length;
    const isComponent = file.path.endsWith('.tsx') && /^[A-Z]/.test(name ?? '');
    const lines = lineOf(file.text, node.end) - line + 1;
    found.push({ path: file.path, line, name, lines, params, isComponent });
  });
  return found;
}

function isFunction({ type }: SyntaxNode): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type);
}

/** Its own name, or that of the variable, property or method which holds it. */
function functionName(node: SyntaxNode, parents: readonly SyntaxNode[]): string | undefined {
  const parent = parents.at(-1);
  for (const named of [node.id, parent?.id, parent?.key]) {
    if (isNode(named) && typeof named.name === 'string') return named.name;
  }
  return undefined;
}

function checkFile(file: SourceFile): Breach[] {
  const lines = countLines(file);
  if (lines <= limits.file) return [];
  const rule = `${lines} lines, more than ${limits.file}`;
  return [{ path: file.path, rule, mend: 'Split it by idea, one per file' }];
}

function checkFunction({
  path,
  line,
  name,
  lines,
  params,
  isComponent,
}: MeasuredFunction): Breach[] {
  const breaches: Breach[] = [];
  const most = isComponent ? limits.component : limits.function;
  const title = name ?? 'a function';
  if (lines > most) {
    const rule = `${title} has ${lines} lines, more than ${most}`;
    breaches.push({ path, line, rule, mend: 'Give its steps names and put them below it' });
  }
  if (params > limits.params) {
    const rule = `${title} takes ${params} parameters, more than ${limits.params}`;
    breaches.push({ path, line, rule, mend: 'Take one object with named fields' });
  }
  return breaches;
}

function checkShare(what: string, lines: number[], most: number): Breach[] {
  if (lines.length < enoughForShare) return [];
  const sorted = lines.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  if (at(0.9) <= most) return [];
  const rule = `nine of ten ${what} should have at most ${most} lines; measured p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, longest ${at(1)} over ${sorted.length}`;
  return [{ path: 'main, preload, renderer, build', rule, mend: 'Split the longest ones' }];
}

/** Unnamed functions are arguments of a line or two; counted in, they would hide the long ones. */
function linesOf(functions: MeasuredFunction[], isComponent: boolean): number[] {
  const counted = functions.filter((one) => one.isComponent === isComponent && one.name);
  return counted.map((one) => one.lines);
}

function countLines({ text }: SourceFile): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
