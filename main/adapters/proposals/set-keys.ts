/**
 * Sets keys in the text of a TOML file and touches nothing else: comments, order and spelling stay. What was written is read back; where that
 * says anything but what was to be set, it is refused. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'smol-toml';
import { type Result, ok, reasonOf, refuse } from '../../base/result.ts';
import { lineOfKey } from '../config/key-lines.ts';

type Table = Record<string, unknown>;

interface Setting {
  readonly path: readonly string[];
  readonly value: unknown;
  /** The value as it is written. */
  readonly text: string;
}

/** A value that goes on over more lines than these is set in the whole text. */
const mostLines = 100;

export function setKeys(text: string, sets: readonly string[]): Result<string> {
  return sets.reduce<Result<string>>(
    (before, set) => (before.ok ? setKey(before.value, set) : before),
    ok(text),
  );
}

function setKey(text: string, set: string): Result<string> {
  const refused = (reason: string) => refuse('PROPOSAL_SET', { set, reason });
  const read = tryParse(text);
  if ('fault' in read) return refused(`the file cannot be read (${read.fault})`);
  const setting = readSetting(set);
  if (typeof setting === 'string') return refused(setting);
  const path = placed(read.table, setting.path);
  const wanted = withValue(read.table, path, setting.value);
  if (wanted === undefined) return refused('a part of the key is no table');
  const candidates = valueAt(read.table, path) === undefined ? added : replaced;
  for (const candidate of candidates(text, { ...setting, path })) {
    const next = tryParse(candidate);
    if ('table' in next && isDeepStrictEqual(plain(next.table), plain(wanted)))
      return ok(candidate);
  }
  return refused('it is written in a way that Musher does not change; propose the whole text');
}

function readSetting(set: string): Setting | string {
  const at = set.indexOf('=');
  if (at < 1) return 'there is no "=" behind a key';
  const key = set.slice(0, at).trim();
  const text = set.slice(at + 1).trim();
  if (text === '' || /[\r\n]/.test(text)) return 'expected a value on one line';
  const path = keyPath(key);
  if (path === undefined) return 'the key is no TOML key';
  const asTyped = tryParse(`v = ${text}`);
  if ('table' in asTyped && isDeepStrictEqual(Object.keys(asTyped.table), ['v']))
    return { path, value: asTyped.table.v, text };
  // A bare word is meant as a text.
  return /^[\w@./:-]+$/.test(text)
    ? { path, value: text, text: JSON.stringify(text) }
    : 'the value is no TOML';
}

/** By its own parser: `a.b = 1` is a table in a table. */
function keyPath(key: string): string[] | undefined {
  const read = tryParse(`${key} = 1`);
  if (!('table' in read) || /[\r\n]/.test(key)) return undefined;
  const path: string[] = [];
  let inner: unknown = read.table;
  while (typeof inner === 'object' && inner !== null) {
    const [name, ...others] = Object.keys(inner);
    if (name === undefined || others.length > 0) return undefined;
    path.push(name);
    inner = (inner as Table)[name];
  }
  return inner === 1 ? path : undefined;
}

/** A gate is named by its name, and stands in a list. */
function placed(table: Table, path: readonly string[]): readonly string[] {
  const [list, name, ...rest] = path;
  const gates = table.gates;
  if (list !== 'gates' || !Array.isArray(gates) || name === undefined) return path;
  const at = gates.findIndex((gate) => (gate as { name?: unknown }).name === name);
  return at === -1 ? path : [list, String(at), ...rest];
}

function* replaced(text: string, { path, text: value }: Setting): Generator<string> {
  const line = lineOfKey(text, path);
  if (line === undefined) return;
  const lines = text.split('\n');
  const first = lines[line - 1] ?? '';
  const left = /^[^=]+=[ \t]*/.exec(first)?.[0] ?? '';
  const comment = /[ \t]+#[^"']*$/.exec(first)?.[0] ?? '';
  const end = first.endsWith('\r') ? '\r' : '';
  for (const kept of [comment.trimEnd(), ''])
    for (let count = 1; count <= Math.min(mostLines, lines.length - line + 1); count += 1) {
      const next = [...lines];
      next.splice(line - 1, count, `${left}${value}${kept}${end}`);
      const candidate = next.join('\n');
      yield candidate;
      // Beyond the end of the value, another statement would be eaten.
      if ('table' in tryParse(candidate)) break;
    }
}

/** Below the table's own heading, as a table at the end, or as a dotted key at the beginning. */
function* added(text: string, { path, text: value }: Setting): Generator<string> {
  const parent = path.slice(0, -1);
  const leaf = quotedKey(path.at(-1) ?? '');
  const lines = text.split('\n');
  const heading = parent.length === 0 ? undefined : lineOfKey(text, parent);
  if (heading !== undefined) {
    const next = [...lines];
    next.splice(heading, 0, `${leaf} = ${value}`);
    yield next.join('\n');
  }
  const gap = text === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n';
  if (parent.length > 0)
    yield `${text}${gap}[${parent.map(quotedKey).join('.')}]\n${leaf} = ${value}\n`;
  yield `${path.map(quotedKey).join('.')} = ${value}\n${text}`;
}

function quotedKey(part: string): string {
  return /^[\w-]+$/.test(part) ? part : JSON.stringify(part);
}

function tryParse(text: string): { readonly table: Table } | { readonly fault: string } {
  try {
    return { table: parse(text) };
  } catch (error) {
    return { fault: reasonOf(error).split('\n')[0] ?? '' };
  }
}

function valueAt(table: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, part) => (isTable(inner) && Object.hasOwn(inner, part) ? inner[part] : undefined),
    table,
  );
}

/** Undefined where something else than a table is in the way. */
function withValue(table: unknown, path: readonly string[], value: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (Array.isArray(table)) {
    const inner = withValue(table[Number(part)], rest, value);
    return inner === undefined ? undefined : table.with(Number(part), inner);
  }
  if (table !== undefined && !isTable(table)) return undefined;
  const inner = withValue((table as Table | undefined)?.[part], rest, value);
  return inner === undefined ? undefined : { ...(table as Table), [part]: inner };
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

/** Without the parser's own kinds of objects. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
