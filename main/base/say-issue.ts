/** What is wrong with data, in words that a person who typed it understands: what was expected, and what was found. Pure. */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Behind the field's name: `expected at least 1 minute, found 1 second`. `data`: all of what was checked. */
export function sayIssue(issue: Issue, data: unknown): string {
  const found = at(data, issue.path);
  if (!zodsOwn.test(issue.message)) return ownWords(issue, found);
  if (issue.code === 'unrecognized_keys')
    return `there is no field ${issue.keys.map((key) => `"${shorten(key)}"`).join(', ')}`;
  if (found === undefined) return 'is missing';
  if (found === '' && issue.code === 'too_small') return 'is empty';
  const expected = expectedBy(issue);
  if (expected === undefined) return issue.message;
  return `expected ${expected}, found ${foundBy(issue, found)}`;
}

/** Words of the library, where the schema has none of its own. */
const zodsOwn = /^(?:Too (?:small|big)|Invalid|Unrecognized)\b/;

function ownWords({ code, message }: Issue, found: unknown): string {
  const isWhole = code === 'custom' || found === undefined || !message.startsWith('expected ');
  return isWhole ? message : `${message}, found ${shown(found)}`;
}

/** Undefined where the schema has words of its own. */
function expectedBy(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'too_small':
      return `at least ${sized(issue, Number(issue.minimum))}`;
    case 'too_big':
      return `at most ${sized(issue, Number(issue.maximum))}`;
    case 'invalid_value':
      return oneOf(issue.values.map((value) => JSON.stringify(value) ?? String(value)));
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected;
    case 'invalid_union':
      return unionOf(issue.errors);
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    default:
      return undefined;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'nothing',
};

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? '') : `one of ${values.join(', ')}`;
}

/** Each way once; undefined where one of them has words of its own. */
function unionOf(ways: readonly (readonly Issue[])[]): string | undefined {
  const said = ways.map(([first]) => first && first.path.length === 0 && expectedBy(first));
  return said.every((one) => typeof one === 'string') && said.length > 0
    ? [...new Set(said)].join(' or ')
    : undefined;
}

type Sized = Extract<Issue, { code: 'too_small' | 'too_big' }>;

function sized({ origin, path }: Pick<Sized, 'origin' | 'path'>, limit: number): string {
  if (origin === 'string') return `${limit} ${limit === 1 ? 'character' : 'characters'}`;
  if (origin === 'array' || origin === 'set')
    return `${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  return isSpan(path) ? sayMs(limit) : String(limit);
}

function foundBy(issue: Issue, found: unknown): string {
  const isSized = issue.code === 'too_small' || issue.code === 'too_big';
  if (isSized && typeof found === 'string') return `${found.length}`;
  if (isSized && Array.isArray(found)) return `${found.length}`;
  if (isSized && isSpan(issue.path)) return sayMs(Number(found));
  return shown(found);
}

/** Such a field is a span of time; people type it as one. */
function isSpan(path: readonly PropertyKey[]): boolean {
  return String(path.at(-1)).endsWith('Ms');
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
] as const;

/** In the largest unit that it is a whole number of. */
function sayMs(ms: number): string {
  const [word, size] = units.find(([, one]) => ms !== 0 && ms % one === 0) ?? ['second', 1000];
  const count = ms / size;
  return `${count} ${count === 1 ? word : `${word}s`}`;
}

function at(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key],
    data,
  );
}

const shownChars = 60;

/** Also of what is nested so deep that it cannot be written. */
function shown(found: unknown): string {
  try {
    return shorten(JSON.stringify(found) ?? String(found));
  } catch {
    return Array.isArray(found) ? 'a list' : 'an object';
  }
}

function shorten(text: string): string {
  return text.length > shownChars ? `${text.slice(0, shownChars)}…` : text;
}
