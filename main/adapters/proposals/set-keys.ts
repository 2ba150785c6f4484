/** `key=value`, as it is typed, set in the text of a TOML file: nothing else of it is touched. Pure. */
import { parse } from 'smol-toml';
import { type Result, ok, reasonOf, refuse } from '../../base/result.ts';
import { patchToml } from '../config/toml-patch.ts';
import { typedKey, typedValue } from '../config/typed.ts';
import type { Path } from '../config/toml-tree.ts';
import type { TomlValue } from '../../../preload/contract/toml-text.ts';

type Table = Record<string, unknown>;

interface Setting {
  readonly path: readonly string[];
  readonly value: TomlValue;
}

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
  const { value } = setting;
  const done = patchToml(text, [{ path: placed(read.table, setting.path), value }]);
  return 'text' in done ? ok(done.text) : refused(`${done.fault}; propose the whole text`);
}

function readSetting(set: string): Setting | string {
  const at = set.indexOf('=');
  if (at < 1) return 'there is no "=" behind a key';
  const key = set.slice(0, at).trim();
  const text = set.slice(at + 1).trim();
  if (text === '' || /[\r\n]/.test(text)) return 'expected a value on one line';
  const path = typedKey(key);
  if (path === undefined) return 'the key is no TOML key';
  const value = typedValue(text);
  if (value !== undefined) return { path, value };
  // A bare word is meant as a text.
  return /^[\w@./:-]+$/.test(text) ? { path, value: text } : 'the value is no TOML';
}

/** A gate is named by its name, and stands in a list. */
function placed(table: Table, path: readonly string[]): Path {
  const [list, name, ...rest] = path;
  const gates = table.gates;
  if (list !== 'gates' || !Array.isArray(gates) || name === undefined) return path;
  const at = gates.findIndex((gate) => (gate as { name?: unknown }).name === name);
  return at === -1 ? path : [list, at, ...rest];
}

function tryParse(text: string): { readonly table: Table } | { readonly fault: string } {
  try {
    return { table: parse(text) };
  } catch (error) {
    return { fault: reasonOf(error).split('\n')[0] ?? '' };
  }
}
