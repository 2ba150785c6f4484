/** What one change of one setting comes to: the edits of the file, and whether the file may say that. Pure. */
import type { ConfigProblem } from '../../../preload/contract/config.ts';
import type { Origin } from '../../../preload/contract/settings-facts.ts';
import { type Result, ok, refuse } from '../../base/result.ts';
import type { FoundKey } from './find-key.ts';
import type { ConfigEdit, ConfigValue, SettingsStore, Values } from './ports.ts';
import { placeOf, valueAt } from './place-of.ts';
import { keyText } from './said.ts';

export interface Wish {
  readonly found: FoundKey;
  /** Left out: it is taken away. */
  readonly value?: ConfigValue | undefined;
}

export interface Seen {
  readonly path: string;
  readonly text: string;
  readonly in: Origin;
}

type Texts = Pick<SettingsStore, 'check' | 'patch'>;

/** The whole text as it is to be. SETTING_*, SETTINGS_BAD, SETTINGS_SPELLING. */
export function changedText(texts: Texts, seen: Seen, wishes: readonly Wish[]): Result<string> {
  const before = texts.check(seen.text, seen.in);
  let { text, values } = { text: seen.text, values: before.values };
  for (const wish of wishes) {
    const edits = editsOf(values, wish);
    if (edits === undefined)
      return refuse('SETTING_ABSENT', { file: seen.path, key: keyText(wish.found.path) });
    const patched = texts.patch(text, edits);
    if ('fault' in patched) return refuseSpelling(seen, before.problems, patched.fault);
    text = patched.text;
    values = texts.check(text, seen.in).values;
  }
  const after = texts.check(text, seen.in).problems;
  const [first] = after;
  if (first === undefined) return ok(text);
  const old = after.filter((one) => before.problems.some((other) => isSame(one, other)));
  if (old.length > 0) return refuseBad(seen, before.problems);
  return refuseInvalid(
    wishes,
    after.map((one) => byName(one, values)),
    seen.in,
  );
}

/** Of a file that is no TOML, its own problem is said. */
function refuseSpelling(seen: Seen, problems: readonly ConfigProblem[], reason: string) {
  return problems.length > 0
    ? refuseBad(seen, problems)
    : refuse('SETTINGS_SPELLING', { file: seen.path, reason });
}

function refuseBad({ path: file }: Seen, problems: readonly ConfigProblem[]) {
  return refuse('SETTINGS_BAD', { file, problems: sayProblems(problems) });
}

function refuseInvalid(wishes: readonly Wish[], problems: readonly ConfigProblem[], file: Origin) {
  const [problem] = problems;
  const wish =
    wishes.find(({ found }) => problem?.key?.startsWith(found.path.join('.'))) ?? wishes[0];
  const key = keyText(wish?.found.path ?? []);
  if (wish?.value === undefined)
    return refuse('SETTING_INVALID', {
      ...{ key, of: wish?.found.of.key ?? key, value: `left out of the ${file}'s file` },
      problem: sayProblems(problems),
    });
  const said = problems.map(({ key: at, message }) => sayOf(at, message, wish.found.path));
  const value = JSON.stringify(wish.value);
  return refuse('SETTING_INVALID', {
    ...{ key, of: wish.found.of.key, problem: `${said.join('; ')}.` },
    value: value.length > 80 ? `${value.slice(0, 79)}…` : value,
  });
}

/** Of the key itself without its name; of what is inside of it with the rest of that. */
function sayOf(at: string | undefined, message: string, path: readonly string[]): string {
  const own = path.join('.');
  if (at === undefined || at === own) return message;
  return `${at.startsWith(`${own}.`) ? at.slice(own.length + 1) : at}: ${message}`;
}

export function sayProblems(problems: readonly ConfigProblem[]): string {
  const said = problems.slice(0, 5).map(({ line, key, message }) => {
    const where = [line !== undefined && `line ${line}`, key].filter(Boolean).join(', ');
    return where === '' ? message : `${where}: ${message}`;
  });
  const more = problems.length - said.length;
  return `${said.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}

/** With the name of a row in the place of its number. */
function byName(problem: ConfigProblem, values: Values): ConfigProblem {
  const [, list, at, rest] = /^(gates|review\.delegate)\.(\d+)(.*)$/.exec(problem.key ?? '') ?? [];
  if (list === undefined) return problem;
  const name = valueAt(values, [...list.split('.'), Number(at), 'name']);
  return typeof name === 'string' ? { ...problem, key: `${list}.${name}${rest}` } : problem;
}

function isSame(one: ConfigProblem, other: ConfigProblem): boolean {
  return one.key === other.key && one.message === other.message;
}

/** Undefined: there is nothing to take away. */
function editsOf(values: Values, { found, value }: Wish): readonly ConfigEdit[] | undefined {
  const { path, row } = placeOf(values, found.path);
  const old = valueAt(values, path);
  if (value === undefined) return old === undefined ? undefined : [{ path }];
  // A row that is new comes with its name, whatever of it is set first.
  if (row !== undefined) {
    const rest = found.path.slice(row.path.length);
    return [{ path: row.path, value: { name: row.name, ...(nested(rest, value) as Values) } }];
  }
  const isRow = found.part === 'row';
  if (!isRow || !isTable(old) || !isTable(value)) return [{ path, value, asSection: isRow }];
  // Of one that is there, key by key: what stays as it is stays where it is.
  const isListed = typeof path.at(-1) === 'number';
  const gone = Object.keys(old).filter((key) => !(key in value || (isListed && key === 'name')));
  const set = Object.entries(value).filter(
    ([key, one]) => JSON.stringify(old[key]) !== JSON.stringify(one),
  );
  return [
    ...set.map(([key, one]) => ({ path: [...path, key], value: one })),
    ...gone.map((key) => ({ path: [...path, key] })),
  ];
}

function isTable(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nested(path: readonly string[], value: ConfigValue): ConfigValue {
  return path.reduceRight<ConfigValue>((inner, part) => ({ [part]: inner }), value);
}
