/** A key or a table that is not there yet, as near as can be to what it belongs to. Pure. */
import type { Source, TomlEdit } from './toml-patch.ts';
import { spliced } from './toml-replace.ts';
import {
  isTable,
  keyText,
  pathText,
  type TomlValue,
  tomlText,
} from '../../../preload/contract/toml-text.ts';
import { type Entry, isSame, type Path, type Section, startsWith } from './toml-tree.ts';

/** The ways to write it; which of them says just that is found by reading it. */
export function* added(source: Source, edit: TomlEdit): Generator<string> {
  const { path, value } = edit;
  if (value === undefined) return;
  const inline = withinInline(source, path, value);
  if (inline !== undefined) {
    yield inline;
    return;
  }
  if (typeof path.at(-1) === 'number') {
    yield newSection(source, path, { value, isRow: true });
    return;
  }
  if (edit.asSection && isTable(value)) yield newSection(source, path, { value });
  yield* asLine(source, path, value);
  const parent = path.slice(0, -1);
  if (parent.length > 0)
    yield newSection(source, parent, { value: { [String(path.at(-1))]: value } });
  yield atTop(source, `${pathText(path)} = ${tomlText(value)}`);
}

/** In the braces or brackets that are there, the innermost first. */
function withinInline({ text, tree }: Source, path: Path, value: TomlValue): string | undefined {
  const around = tree.entries
    .filter((one) => startsWith(path, one.path) && !isSame(one.path, path))
    .toSorted((one, other) => other.path.length - one.path.length);
  for (const { value: node, path: outer } of around) {
    const rest = path.slice(outer.length);
    const [index, ...inRow] = rest;
    if (node.type === 'TOMLInlineTable')
      return intoBraces(text, node, { key: pathText(rest), value });
    if (node.type !== 'TOMLArray' || typeof index !== 'number') continue;
    const row = node.elements[index];
    if (row?.type === 'TOMLInlineTable')
      return intoBraces(text, row, { key: pathText(inRow), value });
    if (row === undefined && inRow.length === 0)
      return intoBraces(text, { range: node.range, body: node.elements }, { value });
  }
  return undefined;
}

interface Braces {
  readonly range: readonly [number, number];
  readonly body: ReadonlyArray<{ readonly range: readonly [number, number] }>;
}

function intoBraces(
  text: string,
  { range, body }: Braces,
  { key, value }: { readonly key?: string; readonly value: TomlValue },
): string {
  const said = key === undefined ? tomlText(value) : `${key} = ${tomlText(value)}`;
  const last = body.at(-1)?.range[1];
  if (last !== undefined) return spliced(text, [last, last], `, ${said}`);
  const [from, to] = range;
  return spliced(text, [from + 1, to - 1], key === undefined ? said : ` ${said} `);
}

/** Below what is said of the same table, in its own section or in the one that says `table.key = …`. */
function* asLine(source: Source, path: Path, value: TomlValue): Generator<string> {
  const { tree } = source;
  const parent = path.slice(0, -1);
  const plainly = tree.entries.filter((one) => !one.inline);
  const dotted = plainly.findLast(
    (one) => startsWith(one.path, parent) && !startsWith(one.section.path, parent),
  );
  if (dotted !== undefined && parent.length > 0)
    yield lineIn(source, dotted.section, { path, value, after: dotted });
  const sections = tree.sections
    .filter((one) => startsWith(path, one.path) && (one.path.length > 0 || parent.length === 0))
    .toSorted((one, other) => other.path.length - one.path.length);
  const [nearest] = sections;
  const isOwn = nearest !== undefined && isSame(nearest.path, parent);
  // Below a row of a list, a heading would be of its last row.
  if (nearest !== undefined && nearest.path.length > 0 && (isOwn || nearest.isListed))
    yield lineIn(source, nearest, { path, value });
  if (parent.length === 0) yield atTop(source, `${pathText(path)} = ${tomlText(value)}`);
}

interface Line {
  readonly path: Path;
  readonly value: TomlValue;
  readonly after?: Entry;
}

function lineIn(source: Source, section: Section, { path, value, after }: Line): string {
  const { text, tree, eol } = source;
  const inside = tree.entries.filter((one) => one.section === section && !one.inline);
  const last = after ?? inside.at(-1);
  const from = last?.range[0];
  const at = endOfLine(text, last?.range[1] ?? section.header?.[1] ?? 0);
  const start = from === undefined ? 0 : text.lastIndexOf('\n', from - 1) + 1;
  const indent = from === undefined ? '' : (/^[ \t]*/.exec(text.slice(start, from))?.[0] ?? '');
  const said = `${indent}${pathText(path.slice(section.path.length))} = ${tomlText(value)}`;
  return spliced(text, [at, at], eol + said);
}

/** Behind its siblings, or at the end. */
function newSection(
  { text, tree, eol }: Source,
  path: Path,
  { value, isRow }: { readonly value: TomlValue; readonly isRow?: boolean },
): string {
  const named = path.filter((part) => typeof part === 'string');
  const heading = named.map(keyText).join('.');
  const body = Object.entries(value as Record<string, TomlValue>).map(
    ([key, one]) => `${keyText(key)} = ${tomlText(one)}`,
  );
  const block = [isRow ? `[[${heading}]]` : `[${heading}]`, ...body].join(eol);
  const siblings = tree.sections.filter(
    ({ path: other }) => other[0] === path[0] && other.length > 0,
  );
  const last = siblings.at(-1);
  if (last === undefined) {
    const gap = text === '' ? '' : text.endsWith('\n') ? eol : eol + eol;
    return `${text}${gap}${block}${eol}`;
  }
  const at = endOfLine(text, last.range[1]);
  return spliced(text, [at, at], `${eol}${eol}${block}${at === text.length ? eol : ''}`);
}

/** Before the first heading: below it, a key would be of its table. */
function atTop({ text, tree, eol }: Source, said: string): string {
  const loose = tree.entries.findLast((one) => one.section.path.length === 0 && !one.inline);
  if (loose !== undefined) {
    const at = endOfLine(text, loose.range[1]);
    return spliced(text, [at, at], eol + said);
  }
  // What the file begins with is said of the whole file, where a line is left free below it.
  const head = /^(?:#[^\n]*\n)+(?=\r?\n)/.exec(text)?.[0].length ?? 0;
  if (head > 0) return spliced(text, [head, head], `${eol}${said}${eol}`);
  return text === '' ? `${said}${eol}` : `${said}${eol}${eol}${text}`;
}

function endOfLine(text: string, at: number): number {
  const found = /\r?\n/.exec(text.slice(at));
  return found === null ? text.length : at + found.index;
}
