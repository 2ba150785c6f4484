/** What one text of the file changes of another, key by key. Pure. */
import type { ConfigChange } from '../../../preload/contract/proposal-records.ts';
import { shownChanges } from '../../../preload/contract/proposal-records.ts';
import { warningOf } from './warnings.ts';

/** What a TOML file says, as values of JavaScript. */
export type Values = Readonly<Record<string, unknown>>;

export type KeyPath = readonly string[];

interface Leaf {
  readonly path: KeyPath;
  /** In JSON. */
  readonly text: string;
}

interface Difference {
  readonly path: KeyPath;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

const shownChars = 300;

export function changesBetween(
  before: Values,
  after: Values,
): { readonly changes: ConfigChange[]; readonly changeCount: number } {
  const all = differences(before, after).map(toChange);
  // What is dangerous is seen first, and never cut.
  const ordered = [
    ...all.filter(({ warning }) => warning !== undefined),
    ...all.filter(({ warning }) => warning === undefined),
  ];
  return { changes: ordered.slice(0, shownChanges), changeCount: all.length };
}

/** The keys that differ, all of them: what they are of is looked at before anything is cut. */
export function changedPaths(before: Values, after: Values): readonly KeyPath[] {
  return differences(before, after).map(({ path }) => path);
}

/** In the order of the file as it will be; what is taken away last. */
function differences(before: Values, after: Values): Difference[] {
  const [old, next] = [leavesOf(before), leavesOf(after)];
  const added = [...next].flatMap(([key, { path, text }]): Difference[] => {
    const from = old.get(key)?.text;
    return from === text ? [] : [{ path, from, to: text }];
  });
  const removed = [...old].flatMap(([key, { path, text }]): Difference[] =>
    next.has(key) ? [] : [{ path, from: text, to: undefined }],
  );
  return [...added, ...removed];
}

function toChange({ path, from, to }: Difference): ConfigChange {
  const warning = warningOf({ path, isRemoved: to === undefined });
  return {
    key: path.map(shownPart).join('.'),
    ...(from !== undefined && { from: cut(from) }),
    ...(to !== undefined && { to: cut(to) }),
    ...(warning !== undefined && { warning }),
  };
}

function leavesOf(values: Values): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const walk = (path: KeyPath, value: unknown): void => {
    const inner = innerOf(path, value);
    if (inner === undefined) {
      leaves.set(JSON.stringify(path), { path, text: JSON.stringify(value) ?? 'null' });
      return;
    }
    for (const [key, one] of inner) walk([...path, key], one);
  };
  for (const [key, value] of Object.entries(values)) walk([key], value);
  return leaves;
}

/** Undefined of a plain value. Gates are known by their names, wherever they stand; an empty table says nothing. */
function innerOf(path: KeyPath, value: unknown): ReadonlyArray<[string, unknown]> | undefined {
  if (path.length === 1 && path[0] === 'gates' && Array.isArray(value) && value.every(isNamed))
    return value.map(({ name, ...gate }) => [name, gate]);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date)
    return undefined;
  return Object.entries(value);
}

function isNamed(value: unknown): value is { readonly name: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { name?: unknown }).name === 'string'
  );
}

function shownPart(part: string): string {
  return /^[\w-]+$/.test(part) ? part : JSON.stringify(part);
}

function cut(text: string): string {
  return text.length <= shownChars ? text : `${text.slice(0, shownChars - 1)}…`;
}
