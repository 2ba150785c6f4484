/** The user's own settings as one document: made without what may be secret, and read back all or nothing. Pure. */
import { configVersion } from '../../../preload/contract/config.ts';
import type { SettingsDocument } from '../../../preload/contract/settings-document.ts';
import { type TomlValue, tomlText } from '../../../preload/contract/toml-text.ts';
import { type Result, ok, refuse } from '../../base/result.ts';
import { sayProblems, type Wish } from './change.ts';
import { findKey } from './find-key.ts';
import type { ConfigValue, SettingsStore, Values } from './ports.ts';
import { saidAt } from './place-of.ts';
import { keyText, saidValues } from './said.ts';
import { looksSecret } from './secret-looking.ts';

/** In the environment of a program there may be tokens. */
function isSecret(path: readonly string[]): boolean {
  return findKey(path)?.of.kind === 'pairs' || findKey(path.slice(0, -1))?.of.kind === 'pairs';
}

export function exportedDocument(values: Values): SettingsDocument {
  const leftOut: string[] = [];
  const leave = (path: readonly string[]): undefined => {
    // With a row goes what was left out of it.
    const key = keyText(path);
    const before = leftOut.findIndex((one) => one.startsWith(`${key}.`));
    if (before >= 0) leftOut.splice(before);
    leftOut.push(key);
    return undefined;
  };
  const without = (path: readonly string[], value: ConfigValue): ConfigValue | undefined => {
    if (isSecret(path) || looksSecret(value)) return leave(path);
    if (Array.isArray(value))
      return (value as readonly ConfigValue[]).flatMap((row) => {
        const kept = inside([...path, nameOf(row)], row);
        return kept === undefined ? [] : [kept];
      });
    return inside(path, value);
  };
  const inside = (path: readonly string[], value: ConfigValue): ConfigValue | undefined =>
    typeof value !== 'object' || Array.isArray(value) ? value : tableOf(path, value as Values);
  const tableOf = (path: readonly string[], table: Values): Values | undefined => {
    const kept: Record<string, ConfigValue> = {};
    for (const [key, one] of Object.entries(table)) {
      const value = without([...path, key], one);
      if (value !== undefined) kept[key] = value;
      // Without what it cannot be without, it would be refused where it is taken.
      else if (findKey([...path, key])?.of.isRequired) return leave(path);
    }
    return kept;
  };
  const settings = tableOf([], values) ?? {};
  return { musher: 'settings', version: configVersion, settings, leftOut };
}

function nameOf(row: ConfigValue): string {
  const { name } = (row ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' ? name : '';
}

/** What the document wants, key by key. SETTINGS_DOCUMENT where it is none, is of a newer version, or says what no file may. */
export function readDocument(
  text: string,
  check: SettingsStore['check'],
): Result<{ wishes: readonly Wish[]; leftOut: readonly string[] }> {
  const read = parsed(text);
  if (typeof read === 'string') return refuse('SETTINGS_DOCUMENT', { reason: read });
  const { settings, leftOut } = read;
  const { version: _version, ...others } = settings;
  const toml = textOf(others);
  if (toml === undefined)
    return refuse('SETTINGS_DOCUMENT', { reason: 'its settings are nested too deep' });
  const { problems } = check(toml, 'user');
  if (problems.length > 0) {
    const said = problems.map(({ line: _line, ...problem }) => problem);
    return refuse('SETTINGS_DOCUMENT', { reason: sayProblems(said).slice(0, -1) });
  }
  const wishes = saidValues([{ origin: 'user', path: '', values: others }]).flatMap(
    ({ path, said: [one] }): Wish[] => {
      const found = findKey(path);
      return found === undefined ? [] : [{ found, value: one?.value as ConfigValue }];
    },
  );
  return ok({ wishes, leftOut });
}

/** Undefined where tables stand in tables beyond any measure. */
function textOf(settings: Values): string | undefined {
  try {
    return Object.entries(settings)
      .map(([key, value]) => `${keyText([key])} = ${tomlText(value as TomlValue)}`)
      .join('\n');
  } catch {
    return undefined;
  }
}

function parsed(text: string): { settings: Values; leftOut: string[] } | string {
  if (text === '') return 'there is none; name it, as with --file settings.json';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is no JSON, as `musher settings export` makes it';
  }
  const { musher, version, settings, leftOut = [] } = (value ?? {}) as Partial<SettingsDocument>;
  if (musher !== 'settings' || !isTable(settings))
    return 'it has no settings of Musher, as `musher settings export` makes them';
  if (typeof version !== 'number' || version > configVersion)
    return `it is of version ${String(version)}, and this Musher knows ${configVersion} at most: use the newer one that made it`;
  const names = Array.isArray(leftOut) ? leftOut.filter((one) => typeof one === 'string') : [];
  return { settings: settings as Values, leftOut: names };
}

function isTable(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What of it the file does not say yet. */
export function newWishes(values: Values, wishes: readonly Wish[]): readonly Wish[] {
  return wishes.filter(
    ({ found, value }) => JSON.stringify(saidAt(values, found.path)) !== JSON.stringify(value),
  );
}
