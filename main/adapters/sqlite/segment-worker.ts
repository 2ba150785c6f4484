/** The thread that writes segments, on a read-only connection to the log. Its data is the log's path. */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { must } from '../../base/assert.ts';
import { reasonOf } from '../../base/result.ts';
import type { FromSegmenter, ToSegmenter } from './retention.ts';
import { writeSegment } from './write-segment.ts';

const port = must(parentPort, 'the segmenter runs as a thread');
const db = new Database(workerData as string, { readonly: true });

port.on('message', async (message: ToSegmenter) => {
  if ('end' in message) {
    db.close();
    port.close();
    return;
  }
  const { range } = message;
  try {
    await writeSegment(db, range);
    port.postMessage({ range } satisfies FromSegmenter);
  } catch (error) {
    port.postMessage({ range, error: reasonOf(error) } satisfies FromSegmenter);
  }
});
