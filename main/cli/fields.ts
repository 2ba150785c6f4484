/** What a capability takes, read from its schema: one field per positional argument or flag. */
import { flagName, kebab } from '../base/flag-name.ts';
import { durationHint, formatDuration } from './durations.ts';
import type { JsonSchema } from './shape-of.ts';

/** `names`: one or several, parted by commas. */
export type FieldKind = 'text' | 'number' | 'boolean' | 'duration' | 'list' | 'names' | 'json';

export interface Field {
  /** Its name in `data`. */
  readonly name: string;
  /** As it is written: `question`, or `--diff-hash`. */
  readonly spelling: string;
  readonly kind: FieldKind;
  /** What a list holds. */
  readonly itemKind: FieldKind;
  readonly position: 'flag' | 'word' | 'rest';
  readonly isRequired: boolean;
  /** Long enough that it may come from stdin. */
  readonly isProse: boolean;
  readonly choices: readonly string[] | undefined;
  /** Words that may stand in place of a number. */
  readonly words: readonly string[];
  readonly defaultValue: unknown;
  readonly help: string;
}

const proseChars = 400;

/** Positional fields first, in their order. Input that is no plain object is one field, `--data <json>`. */
export function fieldsOf(schema: JsonSchema, args: readonly string[]): Field[] {
  if (schema.type !== 'object') return [wholeData];
  const shapes = Object.entries(schema.properties ?? {});
  const names = args.map((arg) => arg.replace(/^\.\.\./, ''));
  const rank = (name: string) => (names.includes(name) ? names.indexOf(name) : names.length);
  return shapes
    .map(([name, shape]) => toField(name, shape, { schema, args }))
    .sort((a, b) => rank(a.name) - rank(b.name));
}

const wholeData: Field = {
  name: '',
  spelling: '--data',
  kind: 'json',
  itemKind: 'text',
  position: 'flag',
  isRequired: true,
  isProse: true,
  choices: undefined,
  words: [],
  defaultValue: undefined,
  help: 'What to send (JSON)',
};

function toField(
  name: string,
  raw: JsonSchema,
  from: { schema: JsonSchema; args: readonly string[] },
): Field {
  const wordy = wordsIn(raw);
  const shape = { ...raw, ...withoutNull(raw), ...wordy?.number };
  const kind = kindOf(name, shape);
  const position = positionOf(name, from.args);
  const item = kind === 'list' ? (shape.items ?? {}) : shape;
  return {
    name,
    spelling: position === 'flag' ? `--${flagOf(name, kind)}` : kebab(name),
    kind,
    itemKind: kind === 'list' ? kindOf('', item) : kind,
    position,
    isRequired: from.schema.required?.includes(name) ?? false,
    isProse: kind === 'text' && (shape.maxLength ?? 0) > proseChars,
    choices: item.enum?.map(String),
    words: wordy?.words ?? [],
    defaultValue: shape.default,
    help: helpOf(name, kind, shape),
  };
}

/** `string | null` is written like a string. */
function withoutNull({ type, anyOf }: JsonSchema): JsonSchema {
  const types = Array.isArray(type) ? type.filter((one) => one !== 'null') : [];
  const others = anyOf?.filter((one) => one.type !== 'null');
  if (others?.length === 1) return others[0] ?? {};
  return types.length === 1 ? { type: types[0] ?? 'string' } : {};
}

/** A number, or one of a few words: `5`, `none`. */
function wordsIn({ anyOf = [] }: JsonSchema) {
  const [number, word, ...others] = anyOf;
  const isNumber = number?.type === 'number' || number?.type === 'integer';
  if (!isNumber || word?.enum === undefined || others.length > 0) return undefined;
  return { number: { ...number, anyOf: undefined }, words: word.enum.map(String) };
}

function kindOf(name: string, shape: JsonSchema): FieldKind {
  if (shape.type === 'array') return 'list';
  if (shape.type === 'boolean') return 'boolean';
  if (shape.type === 'integer' || shape.type === 'number') {
    return /Ms$/.test(name) ? 'duration' : 'number';
  }
  if (isNames(shape)) return 'names';
  const isMixed = Array.isArray(shape.type) || shape.anyOf !== undefined;
  return shape.type === 'object' || isMixed ? 'json' : 'text';
}

/** A text, or a list of texts. */
function isNames({ anyOf }: JsonSchema): boolean {
  const [one, several, ...others] = anyOf ?? [];
  const isList = several?.type === 'array' && several.items?.type === 'string';
  return one?.type === 'string' && isList && others.length === 0;
}

function positionOf(name: string, args: readonly string[]): Field['position'] {
  if (args.includes(`...${name}`)) return 'rest';
  return args.includes(name) ? 'word' : 'flag';
}

function flagOf(name: string, kind: FieldKind): string {
  const isPlain = kind !== 'duration' && kind !== 'number' && kind !== 'list';
  return flagName(name, isPlain ? 'other' : kind);
}

function helpOf(name: string, kind: FieldKind, shape: JsonSchema): string {
  const words = kebab(name).replaceAll('-', ' ');
  const said = shape.description ?? words.charAt(0).toUpperCase() + words.slice(1);
  const text = kind === 'duration' ? inTime(said) : said;
  const notes = [rangeOf(kind, shape), defaultOf(kind, shape)].filter((note) => note !== '');
  return notes.length === 0 ? text : `${text} (${notes.join('; ')})`;
}

/** The contract speaks of milliseconds; here durations are written with their unit. */
function inTime(text: string): string {
  return text
    .replace(/,? at most \d+/, '')
    .replace(/this many milliseconds/, 'this long')
    .replace(/,? ?\(?(in )?milliseconds\)?/, '');
}

function rangeOf(kind: FieldKind, { minimum, maximum }: JsonSchema): string {
  if (kind === 'duration') return durationHint;
  if (kind === 'names') return 'several parted by commas';
  const isNumber = kind === 'number' && minimum !== undefined && maximum !== undefined;
  return isNumber && maximum < Number.MAX_SAFE_INTEGER ? `${minimum} to ${maximum}` : '';
}

function defaultOf(kind: FieldKind, { default: value }: JsonSchema): string {
  const isSaid = value !== undefined && value !== '' && typeof value !== 'boolean';
  if (!isSaid || (Array.isArray(value) && value.length === 0)) return '';
  if (kind === 'duration') return value === 0 ? '' : `default ${formatDuration(Number(value))}`;
  return `default ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
}
