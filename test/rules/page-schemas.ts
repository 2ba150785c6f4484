// The page is started a thousand times as often as it is built, and making the contract's schemas costs it a fifth of a second: it reads
// their types, and facts that stand in modules of their own.

import { posix } from 'node:path';
import type { Breach, SourceFile } from './source-file.ts';
import { collect, isNode, lineOf, parseFile, type SyntaxNode, stringOf } from './syntax.ts';

interface Loaded {
  readonly specifier: string;
  readonly line: number;
}

/** What of the renderer loads a module of the contract that loads zod. */
export function checkPageSchemas(files: readonly SourceFile[]): Breach[] {
  const loads = new Map(files.map((file) => [file.path, findLoaded(file)]));
  const heavy = findHeavy(loads);
  return files
    .filter(({ path }) => path.startsWith('renderer/'))
    .flatMap(({ path }) => breachesOf(path, loads.get(path) ?? [], heavy));
}

function breachesOf(path: string, loaded: readonly Loaded[], heavy: ReadonlySet<string>): Breach[] {
  return loaded.flatMap(({ specifier, line }) => {
    const target = resolve(path, specifier);
    if (target === 'zod') {
      const mend = 'Import zod/mini, which costs a fifth';
      return [{ path, line, rule: 'loads all of zod', mend }];
    }
    if (!target.startsWith('preload/') || !heavy.has(target)) return [];
    const mend =
      'Import types alone, or move what the page needs to a module of the contract without zod';
    return [{ path, line, rule: `loads schemas (${target})`, mend }];
  });
}

/** Modules of the contract that bring zod, themselves or by what they load. */
function findHeavy(loads: ReadonlyMap<string, readonly Loaded[]>): ReadonlySet<string> {
  const heavy = new Set(['zod']);
  for (let before = 0; before < heavy.size; ) {
    before = heavy.size;
    for (const [path, loaded] of loads) {
      if (!path.startsWith('preload/')) continue;
      if (loaded.some(({ specifier }) => heavy.has(resolve(path, specifier)))) heavy.add(path);
    }
  }
  return heavy;
}

function resolve(path: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
}

/** Imports and exports that are there when it runs. */
function findLoaded(file: SourceFile): Loaded[] {
  const program = parseFile(file);
  const found: Loaded[] = [];
  for (const type of [
    'ImportDeclaration',
    'ExportNamedDeclaration',
    'ExportAllDeclaration',
    'ImportExpression',
  ]) {
    for (const node of collect(program, type)) {
      const specifier = stringOf(node.source);
      if (specifier === undefined || isTypeAlone(node)) continue;
      found.push({ specifier, line: lineOf(file.text, node.start) });
    }
  }
  return found;
}

function isTypeAlone({ importKind, exportKind, specifiers }: SyntaxNode): boolean {
  if (importKind === 'type' || exportKind === 'type') return true;
  const named = Array.isArray(specifiers) ? specifiers.filter(isNode) : [];
  return (
    named.length > 0 && named.every((one) => one.importKind === 'type' || one.exportKind === 'type')
  );
}
