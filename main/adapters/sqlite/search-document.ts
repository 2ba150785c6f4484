/** An event as it is looked for: its words, and marks for whom it concerns. Pure. */
import { parseSearch, type Term, wordsOf } from '../../../preload/contract/search-text.ts';
import type { FindAsk, SearchFields } from '../../hub/feature.ts';

export type FieldsByType = Readonly<Record<string, SearchFields>>;

export interface Document {
  readonly seq: number;
  readonly words: readonly string[];
  readonly marks: readonly string[];
  /** The event that it answers. */
  readonly re: number | undefined;
}

/** What is stored of an event, and whose inboxes it is in. */
export interface Indexable {
  readonly seq: number;
  readonly type: string;
  readonly body: string;
  readonly recipients: readonly string[];
}

interface StoredBody {
  readonly actor: string;
  readonly data: Readonly<Record<string, unknown>> | null;
}

/**
 * Stand in the index beside words: no word begins with this sign. What follows it is taken letter by letter, but for case,
 * which no name and no type tells apart.
 */
const sign = '§';

export const markOf = {
  /** Whatever is found at all. */
  any: sign,
  /** Written to somebody, or in somebody's inbox. */
  sent: `${sign}t`,
  from: (name: string) => `${sign}f/${name}`,
  to: (name: string) => `${sign}t/${name}`,
  agent: (name: string) => `${sign}w/${name}`,
  type: (type: string) => `${sign}y/${type}`,
  thread: (root: number) => `${sign}r/${root}`,
} as const;

/** Undefined for what nobody looks for. Throws when the body is no JSON. */
export function documentOf(event: Indexable, fields: FieldsByType): Document | undefined {
  const by = Object.hasOwn(fields, event.type) ? fields[event.type] : undefined;
  if (by === undefined) return undefined;
  const { actor, data } = JSON.parse(event.body) as StoredBody;
  const from = actor.replace(/^agent:/, '');
  const said = by.to === undefined ? [] : stringsIn(data?.[by.to]).filter((to) => to === '*');
  const re = by.re === undefined ? undefined : data?.[by.re];
  const to = new Set([...said, ...event.recipients]);
  return {
    seq: event.seq,
    words: by.text.flatMap((name) => stringsIn(data?.[name])).flatMap(wordsIn),
    marks: [
      markOf.any,
      markOf.type(event.type),
      markOf.from(from),
      ...(to.size === 0 ? [] : [markOf.sent]),
      ...[...to].map(markOf.to),
      ...[...new Set([from, ...event.recipients])].map(markOf.agent),
    ],
    // What is said to answer something that came later answers nothing.
    re: typeof re === 'number' && re < event.seq ? re : undefined,
  };
}

function wordsIn(text: string): string[] {
  return wordsOf(text).map(({ word }) => word);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** What a document has to have; `types` is one of several. */
export interface Wanted {
  readonly marks: readonly string[];
  readonly types: readonly string[];
  readonly terms: readonly Term[];
}

/** `root`: of the thread that is asked for. */
export function wantedOf(ask: FindAsk, root: number | undefined): Wanted {
  const marks = [
    ask.isSent === true ? markOf.sent : undefined,
    ask.from === undefined ? undefined : markOf.from(ask.from),
    ask.to === undefined ? undefined : markOf.to(ask.to),
    ask.agent === undefined ? undefined : markOf.agent(ask.agent),
    root === undefined ? undefined : markOf.thread(root),
  ].filter((mark) => mark !== undefined);
  // Without any other there is still one to look for.
  if (marks.length === 0) marks.push(markOf.any);
  return { marks, types: (ask.types ?? []).map(markOf.type), terms: parseSearch(ask.text ?? '') };
}

/** Of a document that is not in the index yet. */
export function fits({ words, marks }: Document, wanted: Wanted): boolean {
  const has = new Set(marks.map((mark) => mark.toLowerCase()));
  const isMarked = (mark: string) => has.has(mark.toLowerCase());
  return (
    wanted.marks.every(isMarked) &&
    (wanted.types.length === 0 || wanted.types.some(isMarked)) &&
    wanted.terms.every((term) => hasTerm(words, term))
  );
}

function hasTerm(words: readonly string[], { words: wanted, isPrefix }: Term): boolean {
  const last = wanted.length - 1;
  return words.some((_, at) =>
    wanted.every((word, index) => {
      const there = words[at + index] ?? '';
      return index === last && isPrefix ? there.startsWith(word) : there === word;
    }),
  );
}

/** In the language of FTS5: nothing but quoted rows of words, so that no input can be anything else. */
export function toMatch({ marks, types, terms }: Wanted): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return [
    ...marks.map(quoted),
    ...(types.length === 0 ? [] : [`(${types.map(quoted).join(' OR ')})`]),
    ...terms.map(({ words, isPrefix }) => `${quoted(words.join(' '))}${isPrefix ? '*' : ''}`),
  ].join(' AND ');
}
