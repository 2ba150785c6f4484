/**
 * The thread that keeps the index of a log and searches in it: the hub's loop writes to the log alone, and never waits
 * for either. Its data is the log's path.
 */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { must } from '../../base/assert.ts';
import { reasonOf } from '../../base/result.ts';
import { toJson } from './log-reader.ts';
import type { FoundJson, FromReader, SearchJob, ToReader } from './reader-protocol.ts';
import type { FieldsByType } from './search-document.ts';
import { SearchEngine } from './search-engine.ts';
import { openSearchFile, removeSearchFile, type SearchFile, searchFileOf } from './search-file.ts';
import { openSearchLog } from './search-log.ts';
import { Segments } from './segments.ts';

const port = must(parentPort, 'the search runs as a thread');
const file = workerData as string;
const db = new Database(file, { readonly: true });
const segments = new Segments(db);
const log = openSearchLog(db, segments);

/** Before an answer the index is brought level, as far as that goes in this time, milliseconds. */
const catchUpMs = 40;
/** After each step so many times as long is left to others: most machines have few cores. */
const pauses = 3;
/** While more than this is written in a second, the writer has the processor for itself; but no further behind than that. */
const burst = { perSecond: 1_000, mostBehind: 20_000, pauseMs: 1_000 };

interface Ready {
  readonly engine: SearchEngine;
  readonly index: SearchFile;
  readonly fields: string;
}

let ready: Ready | undefined;
let pause: NodeJS.Timeout | undefined;
/** One thing at a time: opening waits for the disk. */
let last: Promise<void> = Promise.resolve();
const cancelled = new Set<number>();

port.on('message', (message: ToReader) => {
  if ('cancel' in message) cancelled.add(message.id);
  else inTurn(() => ('end' in message ? end() : work(message.id, message.job as SearchJob)));
});

function inTurn(task: () => Promise<void> | void): void {
  last = last.then(task);
}

function end(): void {
  clearTimeout(pause);
  ready?.index.close();
  segments.close();
  db.close();
  port.close();
}

async function work(id: number, job: SearchJob): Promise<void> {
  if (cancelled.delete(id)) return;
  if (job.kind === 'index') {
    port.postMessage({ id, result: { begun: true } } satisfies FromReader);
    catchUpSoon(job.fields, 0);
    return;
  }
  try {
    const result = await whole(job.fields, (engine) => find(engine, job));
    port.postMessage({ id, result } satisfies FromReader);
  } catch (error) {
    port.postMessage({ id, error: reasonOf(error) } satisfies FromReader);
  }
}

function find(engine: SearchEngine, { ask }: Extract<SearchJob, { kind: 'find' }>): FoundJson {
  const until = performance.now() + catchUpMs;
  while (engine.behind() > 0 && performance.now() < until) engine.step();
  const { seqs, more, cursor } = engine.find(ask);
  return { json: toJson(log.rows(seqs)), more, cursor };
}

/** A step, a pause, and again until it is level. What fails then is tried again when there is something new, or asked for. */
function catchUpSoon(fields: FieldsByType, afterMs: number): void {
  clearTimeout(pause);
  pause = setTimeout(() => inTurn(() => catchUp(fields)), afterMs);
}

async function catchUp(fields: FieldsByType): Promise<void> {
  const startedMs = performance.now();
  try {
    const behind = await whole(fields, (engine) => engine.behind());
    if (isInBurst() && behind < burst.mostBehind) {
      catchUpSoon(fields, burst.pauseMs);
      return;
    }
    const isBehind = await whole(fields, (engine) => {
      engine.step();
      return engine.behind() > 0;
    });
    if (isBehind) catchUpSoon(fields, (performance.now() - startedMs) * pauses);
  } catch {
    // Said to whoever asks.
  }
}

let looked = { atMs: performance.now(), head: log.head() };

/** By how much the log has grown since the last look at it. */
function isInBurst(): boolean {
  const now = { atMs: performance.now(), head: log.head() };
  const perSecond = ((now.head - looked.head) * 1_000) / Math.max(now.atMs - looked.atMs, 1);
  looked = now;
  return perSecond > burst.perSecond;
}

/** Does it; where the index turns out to be damaged, makes it anew and does it then. */
async function whole<T>(fields: FieldsByType, task: (engine: SearchEngine) => T): Promise<T> {
  try {
    return task((await open(fields)).engine);
  } catch (error) {
    if (!isDamage(error)) throw error;
    ready?.index.close();
    ready = undefined;
    await removeSearchFile(searchFileOf(file));
    return task((await open(fields)).engine);
  }
}

function isDamage(error: unknown): boolean {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  return /^SQLITE_(CORRUPT|NOTADB|ERROR|SCHEMA|IOERR_SHORT_READ)/.test(code);
}

async function open(fields: FieldsByType): Promise<Ready> {
  const made = JSON.stringify(fields);
  if (ready?.fields === made) return ready;
  ready?.index.close();
  ready = undefined;
  const of = { logId: log.logId, fields: made };
  const index = await openSearchFile(
    searchFileOf(file),
    of,
    ({ seq, hash }) => seq === 0 || log.hashOf(seq) === hash,
  );
  ready = { engine: new SearchEngine(log, index, fields), index, fields: made };
  return ready;
}
