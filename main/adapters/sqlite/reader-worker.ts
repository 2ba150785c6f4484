/**
 * The thread that reads a log beside the hub's loop, on a read-only connection of its own. Jobs go on in turns, a step
 * each, so that a page does not wait for a proof of the whole chain. Its data is the log's path.
 */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { must } from '../../base/assert.ts';
import { MusherError, reasonOf } from '../../base/result.ts';
import { createRows, toJson } from './log-reader.ts';
import type { FromReader, JobResults, ThreadJob, ToReader } from './reader-protocol.ts';
import { Segments } from './segments.ts';
import { sha256 } from './sha256.ts';
import { verifySteps } from './verify-steps.ts';

type Steps = Generator<undefined, JobResults[keyof JobResults]>;

const port = must(parentPort, 'the reader runs as a thread');
const db = new Database(workerData as string, { readonly: true });
const segments = new Segments(db);
const { rows } = createRows(db, segments);
const jobs = new Map<number, Steps>();
let isRunning = false;

port.on('message', (message: ToReader) => {
  if ('end' in message) {
    segments.close();
    db.close();
    port.close();
  } else if ('cancel' in message) jobs.delete(message.id);
  else {
    jobs.set(message.id, stepsOf(message.job));
    run();
  }
});

function* stepsOf(job: ThreadJob): Steps {
  if (job.kind === 'verify') return yield* verifySteps({ rows }, sha256, job.upTo);
  if (job.kind !== 'page') throw new Error(`the reader does not know how to ${job.kind}`);
  const page = rows(job.ask);
  return { json: toJson(page.rows), more: page.more };
}

/** One step of each job, then what came meanwhile. */
function run(): void {
  if (isRunning || jobs.size === 0) return;
  isRunning = true;
  setImmediate(() => {
    isRunning = false;
    if (!db.open) return;
    for (const [id, steps] of [...jobs]) step(id, steps);
    run();
  });
}

function step(id: number, steps: Steps): void {
  try {
    const { done, value } = steps.next();
    if (done !== true) return;
    answer({ id, result: value });
  } catch (error) {
    const wire = error instanceof MusherError ? error.wire : undefined;
    answer({ id, error: reasonOf(error), wire });
  }
}

function answer(message: FromReader): void {
  jobs.delete(message.id);
  port.postMessage(message);
}
