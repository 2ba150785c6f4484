/**
 * What files say, key by key, and what of it counts. Each consumer reads the files by itself; that this tells how they do is held by a test
 * that asks them. Pure.
 */
import type { Origin, Said, SettingValue } from '../../../preload/contract/settings-facts.ts';
import { anyName } from './config-keys.ts';
import { findKey } from './find-key.ts';
import type { ConfigValue, SaidFile, Values } from './ports.ts';

/** Of a row by one name the user's own counts, all of it. */
const wholeRows = ['profiles', 'gates', 'costs.prices'];
/** All rows count, whichever file they are of. */
const allRows = 'review.delegate';
/** What the user's own file says for all goes before what a repository's says for one profile. */
const byProfile = /^(limits|watchdog)\.profiles\.<name>\.(\w+)$/;

interface Leaf {
  readonly path: readonly string[];
  readonly of: string;
  readonly ownOnly: boolean;
  readonly in: Origin;
  readonly value: ConfigValue;
}

export function saidValues(files: readonly SaidFile[]): SettingValue[] {
  const leaves = files.flatMap((file) => leavesOf(file));
  const keys = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const key = JSON.stringify(leaf.path);
    keys.set(key, [...(keys.get(key) ?? []), leaf]);
  }
  return [...keys.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { path, of } = first;
    return [{ key: keyText(path), path: [...path], of, said: toSaid(same, leaves) }];
  });
}

function toSaid(same: readonly Leaf[], all: readonly Leaf[]): Said[] {
  return same.map((leaf) => {
    const not = leaf.in === 'user' ? undefined : whyNot(leaf, same, all);
    return { in: leaf.in, value: leaf.value, ...(not !== undefined && { not }) };
  });
}

/** Why what the repository's file says does not count. */
function whyNot(leaf: Leaf, same: readonly Leaf[], all: readonly Leaf[]): string | undefined {
  if (leaf.ownOnly) return 'only your own file is asked for it';
  if (leaf.of.startsWith(`${allRows}.`)) return undefined;
  if (same.some((one) => one.in === 'user')) return 'your own file says it';
  const own = all.filter((one) => one.in === 'user');
  const rows = wholeRows.find((table) => leaf.of.startsWith(`${table}.${anyName}.`));
  const row = leaf.path.slice(0, (rows ?? '').split('.').length + 1);
  if (rows !== undefined && own.some((one) => row.every((part, at) => one.path[at] === part)))
    return `your own file has ${keyText(row)}`;
  const [, table, name] = byProfile.exec(leaf.of) ?? [];
  const forAll = `${table}.${name}`;
  return table !== undefined && own.some((one) => one.of === forAll)
    ? `your own file says ${forAll}`
    : undefined;
}

function leavesOf({ origin, values }: SaidFile): Leaf[] {
  return entriesIn([], values).flatMap(([path, value]) => leavesAt(origin, path, value));
}

function leavesAt(origin: Origin, path: readonly string[], value: ConfigValue): Leaf[] {
  const found = findKey(path);
  // Of a file that is good there is none.
  if (found === undefined) return [];
  const { of, part } = found;
  const isOpen = part === 'row' || of.kind === 'rows' || (of.kind === 'group' && !of.isWhole);
  if (isOpen) return entriesIn(path, value).flatMap(([at, one]) => leavesAt(origin, at, one));
  // Of a row of a list the name is the key.
  if (/^(gates|review\.delegate)\.<name>\.name$/.test(of.key)) return [];
  return [{ path, of: of.key, ownOnly: of.ownOnly ?? false, in: origin, value }];
}

/** A list of tables is entered by their names. */
function entriesIn(
  path: readonly string[],
  value: ConfigValue | Values,
): Array<[readonly string[], ConfigValue]> {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value))
    return Object.entries(value as Values).map(([key, one]) => [[...path, key], one]);
  return (value as ConfigValue[]).flatMap((row) => {
    const { name } = row as { readonly name?: string };
    return typeof name === 'string' ? [[[...path, name], row]] : [];
  });
}

/** As it is typed. */
export function keyText(path: readonly string[]): string {
  return path.map((part) => (/^[\w-]+$/.test(part) ? part : JSON.stringify(part))).join('.');
}
