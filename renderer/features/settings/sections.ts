/** The keys of config.toml as a page has them: sections by table, and in each the rows that have names. Pure. */
import type { Origin, SettingKey, SettingValue } from '../../../preload/contract/settings-facts.ts';

export interface Item {
  /** As it is typed: `limits.turns`. */
  readonly key: string;
  readonly about: SettingKey;
  readonly label: string;
  readonly value: SettingValue | undefined;
}

/** A table of rows that have names: what each may say, and those that there are. */
export interface Rows {
  readonly about: SettingKey;
  readonly label: string;
  readonly keys: readonly SettingKey[];
  readonly rows: readonly Row[];
}

export interface Row {
  readonly name: string;
  /** `gates.test` */
  readonly key: string;
  readonly in: readonly Origin[];
  readonly items: readonly Item[];
}

export interface Section {
  readonly name: string;
  readonly title: string;
  readonly help: string;
  readonly items: readonly Item[];
  readonly tables: readonly Rows[];
}

const anyName = '<name>';

export function sectionsOf(
  keys: readonly SettingKey[],
  values: readonly SettingValue[],
): readonly Section[] {
  const tops = keys.filter(({ key, kind }) => !key.includes('.') && isTable(kind));
  return tops.map((top) => {
    const inside = keys.filter(({ key }) => key === top.key || key.startsWith(`${top.key}.`));
    const tables = inside.filter(({ kind }) => kind === 'rows');
    return {
      name: top.key,
      title: titleOf(top.key),
      help: top.help,
      items: inside
        .filter(({ key }) => !key.includes(anyName))
        .filter(isLeaf)
        .map((about) => itemOf(about, about.key, { values, above: top.key })),
      tables: tables.map((about) => rowsOf(about, inside, values)),
    };
  });
}

function rowsOf(
  about: SettingKey,
  keys: readonly SettingKey[],
  values: readonly SettingValue[],
): Rows {
  const prefix = `${about.key}.${anyName}.`;
  const own = keys.filter(({ key }) => key.startsWith(prefix)).filter(isLeaf);
  const depth = about.key.split('.').length;
  const names = new Map<string, SettingValue[]>();
  for (const value of values.filter(({ of }) => of.startsWith(prefix))) {
    const name = value.path[depth] ?? '';
    names.set(name, [...(names.get(name) ?? []), value]);
  }
  const rows = [...names].map(([name, said]): Row => {
    const key = rowKey(about.key, name);
    const files = said.flatMap((one) => one.said.map((each) => each.in));
    const items = own
      .filter((one) => one.key !== `${prefix}name`)
      .map((one) =>
        itemOf(one, `${key}.${one.key.slice(prefix.length)}`, { values: said, above: about.key }),
      );
    return { name, key, in: [...new Set(files)].toSorted().toReversed(), items };
  });
  return { about, label: labelOf(about.key.split('.').at(-1) ?? ''), keys: own, rows };
}

export function rowKey(table: string, name: string): string {
  return `${table}.${/^[\w-]+$/.test(name) ? name : JSON.stringify(name)}`;
}

function itemOf(
  about: SettingKey,
  key: string,
  { values, above }: { readonly values: readonly SettingValue[]; readonly above: string },
): Item {
  const rest = about.key.slice(above.length + 1).replace(`${anyName}.`, '');
  const value = values.find((one) => one.key === key);
  return {
    key,
    about,
    value,
    label: rest
      .split('.')
      .map((part) => labelIn(part, about))
      .join(': '),
  };
}

function isTable(kind: SettingKey['kind']): boolean {
  return kind === 'group' || kind === 'rows';
}

/** What has a value of its own; of a table that is set as a whole, the table. */
function isLeaf({ key, kind, isWhole }: SettingKey, _at: number, all: readonly SettingKey[]) {
  if (all.some((one) => one.isWhole && key.startsWith(`${one.key}.`))) return false;
  return isWhole === true || !isTable(kind);
}

/** The unit stands behind the field. */
function labelIn(part: string, { unit }: SettingKey): string {
  return labelOf(unit === undefined ? part : part.replace(/_(usd|minutes|days|mb)$/, ''));
}

export function labelOf(part: string): string {
  const words = part.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function titleOf(name: string): string {
  return name === 'cluster' ? 'Cluster' : labelOf(name);
}
