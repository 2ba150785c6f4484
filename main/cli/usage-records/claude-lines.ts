/**
 * What lines of Claude Code's record of a conversation say was used. It writes an answer in several lines, one for each part of it, each
 * with the usage so far: an answer counts once, by its id, and what a later line says more is added.
 */
import type { Counts, ReadAsk, Reading } from './tally.ts';
import { countIn, fieldsIn, modelIn, parseFields, Tally, timeIn } from './tally.ts';

/** Answers that more lines may come of; several subagents may speak at once. */
const remembered = 16;
const mostIdChars = 80;

interface Memo {
  readonly skipMs: number;
  /** The newest last. */
  readonly ids: ReadonlyArray<readonly [id: string, ...Counts]>;
}

export function readClaude({ lines, memo, skipMs }: ReadAsk): Reading {
  const before = memoIn(memo, skipMs);
  const known = new Map(before.ids.map(([id, ...counts]) => [id, counts] as const));
  const tally = new Tally();
  let read = 0;
  for (const line of lines) {
    const answer = answerIn(line);
    if (answer !== undefined && answer.atMs > before.skipMs) {
      const { id, model, atMs, counts } = answer;
      if (tally.isFull(model, atMs)) break;
      const counted = id === undefined ? undefined : known.get(id);
      tally.add({ model, atMs, isNew: counted === undefined }, more(counts, counted));
      if (id !== undefined) remember(known, id, most(counts, counted));
    }
    read += 1;
  }
  const ids = [...known].map(([id, counts]) => [id, ...counts] as const);
  const next: Memo = { skipMs: before.skipMs, ids };
  return { rows: tally.rows(), lines: read, untilMs: tally.untilMs, memo: JSON.stringify(next) };
}

function remember(known: Map<string, Counts>, id: string, counts: Counts): void {
  known.delete(id);
  known.set(id, counts);
  const [oldest] = known.keys();
  if (known.size > remembered && oldest !== undefined) known.delete(oldest);
}

function more(now: Counts, counted: Counts | undefined): Counts {
  if (counted === undefined) return now;
  const diff = (at: 0 | 1 | 2 | 3) => Math.max(0, now[at] - counted[at]);
  return [diff(0), diff(1), diff(2), diff(3)];
}

function most(now: Counts, counted: Counts = [0, 0, 0, 0]): Counts {
  const max = (at: 0 | 1 | 2 | 3) => Math.max(now[at], counted[at]);
  return [max(0), max(1), max(2), max(3)];
}

interface Answer {
  readonly id: string | undefined;
  readonly model: string;
  readonly atMs: number;
  readonly counts: Counts;
}

function answerIn(line: string): Answer | undefined {
  // Most lines are what tools said, and long.
  if (!line.includes('"usage"') || !line.includes('"assistant"')) return undefined;
  const row = parseFields(line);
  const message = fieldsIn(row.message);
  const model = modelIn(message.model);
  const atMs = timeIn(row.timestamp);
  const usage = fieldsIn(message.usage);
  // What the CLI said itself, about an error, has a model in angle brackets.
  if (row.type !== 'assistant' || atMs === undefined) return undefined;
  if (model === undefined || model.startsWith('<')) return undefined;
  const id = typeof message.id === 'string' ? message.id.slice(0, mostIdChars) : undefined;
  const counts: Counts = [
    countIn(usage.input_tokens),
    countIn(usage.output_tokens),
    countIn(usage.cache_read_input_tokens),
    countIn(usage.cache_creation_input_tokens),
  ];
  return { id, model, atMs, counts };
}

function memoIn(text: string, skipMs: number): Memo {
  const { ids, skipMs: known } = parseFields(text);
  return {
    skipMs: Math.max(skipMs, typeof known === 'number' ? known : 0),
    ids: Array.isArray(ids) ? (ids as Memo['ids']) : [],
  };
}
