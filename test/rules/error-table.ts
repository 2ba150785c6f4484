// The error table, its page for callers (main/broker/README.md) and the codes in the source say the same.

import type { Breach, SourceFile } from './source-file.ts';
import { collect, lineOf, nameOf, parseFile, stringOf, walk } from './syntax.ts';

export interface ErrorRow {
  status: number;
  retired?: boolean;
}
export type ErrorTable = Record<string, ErrorRow>;

export const tablePath = 'preload/contract/errors.ts';
export const docsPath = 'main/broker/README.md';
const refusing = /(^|\.)(refuse|musherError|toWireError)$/;

/** Rows `| CODE | status | meaning | mend |`. */
export function checkDocs(table: ErrorTable, docs: string): Breach[] {
  const rows = new Map(
    [...docs.matchAll(/^\|\s*`?([A-Z][A-Z0-9_]+)`?\s*\|\s*(\d{3})\s*\|/gm)].map((match) => [
      match[1] ?? '',
      Number(match[2]),
    ]),
  );
  const undocumented = Object.entries(table).flatMap(([code, { status }]) => {
    if (rows.get(code) === status) return [];
    const found = rows.has(code) ? `says ${rows.get(code)} for` : 'does not list';
    const mend = `Write the row | ${code} | ${status} | meaning | mend |`;
    return [{ path: docsPath, rule: `${found} ${code}, which is ${status} in the table`, mend }];
  });
  const unknown = [...rows.keys()].filter((code) => !(code in table));
  return [
    ...undocumented,
    ...unknown.map((code) => ({
      path: docsPath,
      rule: `lists ${code}, which the table does not have`,
      mend: `Remove the row, or add the code to ${tablePath}`,
    })),
  ];
}

/** A code that is thrown exists and is not retired. */
export function checkUses(table: ErrorTable, file: SourceFile): Breach[] {
  return collect(parseFile(file), 'CallExpression').flatMap((node) => {
    const code = stringOf((node.arguments as unknown[])[0]);
    if (!refusing.test(nameOf(node.callee) ?? '') || code === undefined) return [];
    if (table[code] && !table[code].retired) return [];
    const rule = `refuses with ${code}, which is ${table[code] ? 'retired' : 'not in the table'}`;
    const mend = `Use a code of ${tablePath}, or add one`;
    return [{ path: file.path, line: lineOf(file.text, node.start), rule, mend }];
  });
}

/** A code that nothing can meet any more is marked, not left to mislead and not removed. */
export function checkUnused(table: ErrorTable, files: SourceFile[]): Breach[] {
  const used = new Set<string>();
  for (const file of files.filter(({ path }) => path !== tablePath)) {
    walk(parseFile(file), (node) => {
      const text = stringOf(node);
      if (text !== undefined) used.add(text);
    });
  }
  const unused = Object.entries(table).filter(([code, row]) => !row.retired && !used.has(code));
  return unused.map(([code]) => ({
    path: tablePath,
    rule: `${code} is used nowhere`,
    mend: 'Mark it retired (codes are for ever), or drop it if it was never released',
  }));
}
