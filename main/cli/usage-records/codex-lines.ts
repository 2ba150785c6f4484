/**
 * What lines of Codex's record of a session say was used. It writes sums of the whole session, some of them twice: what counts is by how
 * much a sum grew. What it calls input has the cache's part in it.
 */
import type { Counts, ReadAsk, Reading } from './tally.ts';
import { countIn, type Fields, fieldsIn, modelIn, parseFields, Tally, timeIn } from './tally.ts';

interface Memo {
  readonly skipMs: number;
  readonly model: string;
  /** Sums of the session so far. */
  readonly sums: Counts;
}

const none: Counts = [0, 0, 0, 0];

export function readCodex({ lines, memo, skipMs }: ReadAsk): Reading {
  const before = memoIn(memo, skipMs);
  const tally = new Tally();
  let { model, sums } = before;
  let read = 0;
  for (const line of lines) {
    const row = rowIn(line);
    const payload = fieldsIn(row.payload);
    if (row.type === 'turn_context') model = modelIn(payload.model) ?? model;
    const counts = payload.type === 'token_count' ? countsIn(payload) : undefined;
    const atMs = timeIn(row.timestamp);
    if (counts !== undefined && atMs !== undefined) {
      const used = grown(counts, sums);
      if (atMs > before.skipMs && used.some((count) => count > 0)) {
        if (tally.isFull(model, atMs)) break;
        tally.add({ model, atMs }, used);
      }
      sums = counts.sums;
    }
    read += 1;
  }
  const next: Memo = { skipMs: before.skipMs, model, sums };
  return { rows: tally.rows(), lines: read, untilMs: tally.untilMs, memo: JSON.stringify(next) };
}

/** A sum that is smaller than before has begun anew. */
function grown({ sums, last }: { readonly sums: Counts; readonly last: Counts }, before: Counts) {
  if (sums.some((sum, at) => sum < (before[at] ?? 0))) return last;
  return sums.map((sum, at) => sum - (before[at] ?? 0)) as unknown as Counts;
}

function countsIn({ info }: Fields): { sums: Counts; last: Counts } | undefined {
  const { total_token_usage: total, last_token_usage: last } = fieldsIn(info);
  if (total === undefined) return undefined;
  return { sums: usageIn(fieldsIn(total)), last: usageIn(fieldsIn(last)) };
}

function usageIn(usage: Fields): Counts {
  const cached = countIn(usage.cached_input_tokens);
  const input = Math.max(0, countIn(usage.input_tokens) - cached);
  return [input, countIn(usage.output_tokens), cached, 0];
}

function rowIn(line: string): Fields {
  const isWanted = line.includes('"token_count"') || line.includes('"turn_context"');
  return isWanted ? parseFields(line) : {};
}

function memoIn(text: string, skipMs: number): Memo {
  const { sums, model, skipMs: known } = parseFields(text);
  return {
    skipMs: Math.max(skipMs, typeof known === 'number' ? known : 0),
    model: modelIn(model) ?? 'unknown',
    sums: Array.isArray(sums) ? (sums as unknown as Counts) : none,
  };
}
