/**
 * Sets and takes away keys in the text of a TOML file and touches nothing else: comments, order and spelling stay. After each edit the text is
 * read again, by the very reader of the files; where that says anything but what was to be said, the edit is refused. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'smol-toml';
import { added } from './toml-add.ts';
import { removed } from './toml-remove.ts';
import { replaced } from './toml-replace.ts';
import { isTable, pathText, type TomlValue } from '../../../preload/contract/toml-text.ts';
import { isSame, type Path, startsWith, type Tree, treeOf } from './toml-tree.ts';

export interface TomlEdit {
  readonly path: Path;
  /** Left out: it is taken away. */
  readonly value?: TomlValue | undefined;
  /** Of a table that is new: under a heading of its own, not in braces. */
  readonly asSection?: boolean | undefined;
}

export type Patched = { readonly text: string } | { readonly fault: string };

/** The text without the mark at its beginning, and what stands for the end of a line. */
export interface Source {
  readonly text: string;
  readonly tree: Tree;
  readonly eol: string;
}

const mark = '\ufeff';

/** All or none. */
export function patchToml(text: string, edits: readonly TomlEdit[]): Patched {
  const head = text.startsWith(mark) ? mark : '';
  let now = text.slice(head.length);
  for (const edit of edits) {
    const next = patchOne(now, edit);
    if ('fault' in next) return next;
    now = next.text;
  }
  return { text: head + now };
}

function patchOne(text: string, edit: TomlEdit): Patched {
  const before = valuesOf(text);
  if (before === undefined) return { fault: 'the file is no TOML' };
  const wanted = withEdit(before, edit.path, edit.value);
  const name = pathText(edit.path);
  if (wanted === undefined) return { fault: `a part of "${name}" is no table` };
  const source = sourceOf(text);
  for (const candidate of source === undefined ? [] : candidates(source, edit)) {
    const after = valuesOf(candidate);
    if (after !== undefined && isSaying(after, wanted)) return { text: candidate };
  }
  return { fault: `"${name}" is written in a way that Musher does not change` };
}

function* candidates(source: Source, edit: TomlEdit): Generator<string> {
  const { path, value } = edit;
  if (value === undefined) {
    yield removed(source, path);
    return;
  }
  const entry = source.tree.entries.find((one) => isSame(one.path, path));
  if (entry !== undefined) {
    yield* replaced(source, entry, value);
    return;
  }
  const { sections, entries } = source.tree;
  const isThere = [...sections, ...entries].some((one) => startsWith(one.path, path));
  // A table: what is to stand in its place begins anew.
  const base = isThere ? sourceOf(removed(source, path)) : source;
  if (base !== undefined) yield* added(base, edit);
}

/** Undefined where the two readers of TOML do not agree that it is some. */
function sourceOf(text: string): Source | undefined {
  try {
    return { text, tree: treeOf(text), eol: text.includes('\r\n') ? '\r\n' : '\n' };
  } catch {
    return undefined;
  }
}

export function valuesOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** What the file is to say; undefined where something else than a table is in the way. */
export function withEdit(values: unknown, path: Path, value: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (Array.isArray(values)) return withRow(values, { at: Number(part), rest, value });
  if (values !== undefined && !isTable(values)) return undefined;
  if (typeof part === 'number' && values === undefined)
    return value === undefined ? [] : [withEdit(undefined, rest, value)];
  const table = { ...(values as Record<string, unknown> | undefined) };
  const inner =
    value === undefined && (rest.length === 0 || table[part] === undefined)
      ? undefined
      : withEdit(own(table, String(part)), rest, value);
  if (inner === undefined && !(value === undefined && (rest.length === 0 || !(part in table))))
    return undefined;
  const { [part]: _before, ...others } = table;
  if (inner === undefined) return others;
  Object.defineProperty(table, part, {
    value: inner,
    ...{ enumerable: true, configurable: true, writable: true },
  });
  return table;
}

interface RowEdit {
  readonly at: number;
  readonly rest: Path;
  readonly value: unknown;
}

function withRow(rows: readonly unknown[], { at, rest, value }: RowEdit): unknown {
  if (!Number.isInteger(at) || at < 0 || at > rows.length) return undefined;
  if (rest.length === 0 && value === undefined) return rows.toSpliced(at, 1);
  const inner = withEdit(rows[at], rest, value);
  return inner === undefined ? undefined : rows.toSpliced(at, 1, inner);
}

function own(table: Readonly<Record<string, unknown>>, part: string): unknown {
  return Object.hasOwn(table, part) ? table[part] : undefined;
}

/** An empty table says nothing, and neither does an empty list of tables. */
function isSaying(found: unknown, wanted: unknown): boolean {
  return isDeepStrictEqual(plain(found), plain(wanted));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => plain(one) ?? {});
  if (!isTable(value)) return typeof value === 'bigint' ? String(value) : value;
  const entries = Object.entries(value).flatMap(([key, one]) => {
    const inner = plain(one);
    const isEmpty = inner === undefined || (Array.isArray(inner) && inner.length === 0);
    return isEmpty ? [] : [[key, inner] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
