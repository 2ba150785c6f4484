/** Where in the text of a TOML file its tables and keys stand. Pure. */
import { type AST, parseTOML } from 'toml-eslint-parser';

export type Path = ReadonlyArray<string | number>;
type Range = readonly [from: number, to: number];

/** `key = value`, in a section or in an inline table. */
export interface Entry {
  readonly path: Path;
  /** As it is written, from the section or the inline table on. */
  readonly range: Range;
  readonly value: AST.TOMLContentNode;
  readonly section: Section;
  /** Its own place in it; undefined: it stands in the section itself. */
  readonly inline?: { readonly table: AST.TOMLInlineTable; readonly at: number };
}

/** `[a.b]` or one of `[[a.b]]` with what stands below it; the first has no header and an empty path. */
export interface Section {
  readonly path: Path;
  readonly isListed: boolean;
  /** Of the brackets. */
  readonly header?: Range;
  /** From the header to the end of its last key. */
  readonly range: Range;
}

export interface Tree {
  readonly sections: readonly Section[];
  readonly entries: readonly Entry[];
  readonly comments: readonly Range[];
}

/** Throws on what is no TOML, by the version that the files' reader takes. */
export function treeOf(text: string): Tree {
  const program = parseTOML(text, { tomlVersion: '1.1' });
  const [top] = program.body;
  const tables = top.body.filter((node) => node.type === 'TOMLTable');
  const loose = top.body.filter((node) => node.type === 'TOMLKeyValue');
  const last = loose.at(-1)?.range[1] ?? 0;
  const first: Section = { path: [], isListed: false, range: [0, last] };
  const entries: Entry[] = loose.flatMap((node) => entriesOf(node, { prefix: [], section: first }));
  const sections = [first];
  for (const table of tables) {
    const section: Section = {
      path: table.resolvedKey,
      isListed: table.kind === 'array',
      header: [table.range[0], headerEnd(text, table)],
      range: [table.range[0], table.body.at(-1)?.range[1] ?? headerEnd(text, table)],
    };
    sections.push(section);
    for (const node of table.body)
      entries.push(...entriesOf(node, { prefix: section.path, section }));
  }
  return { sections, entries, comments: program.comments.map(({ range }) => range) };
}

interface Where {
  readonly prefix: Path;
  readonly section: Section;
  readonly inline?: NonNullable<Entry['inline']>;
}

function entriesOf({ key, value, range }: AST.TOMLKeyValue, where: Where): Entry[] {
  const { prefix, section, inline } = where;
  const path = [
    ...prefix,
    ...key.keys.map((one) => (one.type === 'TOMLBare' ? one.name : one.value)),
  ];
  return [
    { path, range, value, section, ...(inline && { inline }) },
    ...insideOf(value, { prefix: path, section }),
  ];
}

function insideOf(value: AST.TOMLContentNode, where: Where): Entry[] {
  if (value.type === 'TOMLInlineTable')
    return value.body.flatMap((node, at) =>
      entriesOf(node, { ...where, inline: { table: value, at } }),
    );
  if (value.type === 'TOMLArray')
    return value.elements.flatMap((node, at) =>
      insideOf(node, { ...where, prefix: [...where.prefix, at] }),
    );
  return [];
}

function headerEnd(text: string, { key, kind }: AST.TOMLTable): number {
  const close = kind === 'array' ? ']]' : ']';
  return text.indexOf(close, key.range[1]) + close.length;
}

export function isSame(one: Path, other: Path): boolean {
  return one.length === other.length && startsWith(one, other);
}

export function startsWith(path: Path, prefix: Path): boolean {
  return prefix.every((part, at) => path[at] === part) && path.length >= prefix.length;
}
