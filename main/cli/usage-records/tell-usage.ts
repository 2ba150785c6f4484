/**
 * Tells the hub what the records of a conversation say was used since they were told last. The hub knows how far that was; it takes each
 * part once, whoever reads, and however often: `at` is how many parts it has.
 */
import type { CostCursor } from '../../../preload/contract/cost-records.ts';
import type { Client } from '../client.ts';
import type { RecordFile } from './find-records.ts';
import { identityOf, readPart } from './read-part.ts';

/** Of one call, however much is left: the next goes on. */
const mostParts = 8;
/** What says nothing of usage is told only when it would be long to read again. */
const tellAnywayBytes = 1024 * 1024;
/** While a turn goes on it is told so often. */
export const paceMs = 30_000;

export interface TellAsk {
  readonly client: Pick<Client, 'command' | 'query'>;
  readonly files: readonly RecordFile[];
  /** Not where it was told a moment ago: more comes. */
  readonly isPaced?: boolean;
}

/** How many parts were told. */
export async function tellUsage({ client, files, isPaced = false }: TellAsk): Promise<number> {
  if (files.length === 0) return 0;
  const records = files.map(({ record }) => record);
  const { cursors, nowMs } = (await client.query('cost.cursor', { records })) as Answer;
  const toldMs = cursors[0]?.toldMs;
  if (isPaced && toldMs !== undefined && nowMs - toldMs < paceMs) return 0;
  let left = mostParts;
  for (const [at, file] of files.entries()) {
    const cursor = cursors[at];
    if (cursor !== undefined && left > 0)
      left -= await tellFile(client, { file, cursor, most: left });
  }
  return mostParts - left;
}

interface Answer {
  readonly cursors: readonly CostCursor[];
  readonly nowMs: number;
}

async function tellFile(
  client: TellAsk['client'],
  {
    file,
    cursor,
    most,
  }: { readonly file: RecordFile; readonly cursor: CostCursor; readonly most: number },
): Promise<number> {
  if (cursor.to === file.sizeBytes) return 0;
  const identity = await identityOf(file.file);
  if (identity === undefined) return 0;
  // Another file, or one that was cut: from its beginning, without what is older than what was told.
  const isAnew = identity !== cursor.identity || cursor.to > file.sizeBytes;
  let now = isAnew ? { ...cursor, to: 0 } : cursor;
  let told = 0;
  while (told < most) {
    const next = await nextTell(file, { ...now, identity });
    if (next === undefined) break;
    const { at } = (await client.command('cost.tell', next)) as { at: number };
    now = { ...now, ...next, at };
    told += 1;
  }
  return told;
}

async function nextTell({ file, read }: RecordFile, now: CostCursor) {
  const { record, at, to, identity, untilMs, memo } = now;
  const part = await readPart(file, to);
  if (part.bytes === 0) return undefined;
  const reading = read({ lines: part.lines, memo, skipMs: to === 0 ? untilMs : 0 });
  const isWhole = reading.lines === part.lines.length;
  const bytes = isWhole ? part.bytes : bytesOf(part.lines.slice(0, reading.lines));
  if (reading.rows.length === 0 && bytes < tellAnywayBytes) return undefined;
  return {
    ...{ record, at, to: to + bytes, identity, memo: reading.memo, rows: reading.rows },
    untilMs: Math.max(untilMs, reading.untilMs),
  };
}

function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
