/** Which key of the schema a typed one is. Pure. */
import type { SettingKey } from '../../../preload/contract/settings-facts.ts';
import { nearest } from '../../base/nearest.ts';
import { type Result, ok, refuse } from '../../base/result.ts';
import { anyName, configKeys } from './config-keys.ts';

export interface FoundKey {
  readonly path: readonly string[];
  readonly of: SettingKey;
  /** `row`: one of the rows of `of`, all of it; `pair`: one name in `of`. */
  readonly part: 'whole' | 'row' | 'pair';
}

/** SETTING_UNKNOWN where there is none. */
export function requireKey(path: readonly string[], typed: string): Result<FoundKey> {
  const found = findKey(path);
  return found === undefined
    ? refuse('SETTING_UNKNOWN', { key: typed, hint: hintFor(path) })
    : ok(found);
}

export function findKey(path: readonly string[]): FoundKey | undefined {
  const of = configKeys().find(({ key }) => fits(path, key));
  if (of !== undefined) return { path, of, part: 'whole' };
  const around = configKeys().find(({ key }) => fits(path.slice(0, -1), key));
  if (around?.kind === 'rows') return { path, of: around, part: 'row' };
  return around?.kind === 'pairs' ? { path, of: around, part: 'pair' } : undefined;
}

function fits(path: readonly string[], key: string): boolean {
  const parts = key.split('.');
  return (
    parts.length === path.length &&
    parts.every((part, at) => part === path[at] || (part === anyName && path[at] !== ''))
  );
}

/** The nearest of those beside it, else all of those; of a part that is no table, that. */
function hintFor(path: readonly string[]): string {
  const at = path.findIndex((_part, index) => findKey(path.slice(0, index + 1)) === undefined);
  const above = path.slice(0, at);
  const known = keysIn(above);
  if (known.length === 0) return `"${above.join('.')}" has no keys of its own`;
  const like = nearest(path[at] ?? '', known);
  const prefix = above.length === 0 ? '' : `${above.join('.')}.`;
  if (like === undefined) return `valid keys here: ${known.map((one) => prefix + one).join(', ')}`;
  const whole = [...above, like, ...path.slice(at + 1)];
  const isWhole = findKey(whole) !== undefined;
  return `the nearest is "${isWhole ? whole.join('.') : prefix + like}"`;
}

function keysIn(path: readonly string[]): string[] {
  return configKeys().flatMap(({ key }) => {
    const parts = key.split('.');
    const inner = parts.at(-1) ?? '';
    return parts.length === path.length + 1 &&
      (path.length === 0 || fits(path, parts.slice(0, -1).join('.')))
      ? [inner]
      : [];
  });
}
