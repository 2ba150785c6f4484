// A log of messages and what is found in it, with an index that is as far as the test wants it.

import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { SearchEngine } from '../../main/adapters/sqlite/search-engine.ts';
import { openSearchFile, searchFileOf } from '../../main/adapters/sqlite/search-file.ts';
import { openSearchLog } from '../../main/adapters/sqlite/search-log.ts';
import { Segments } from '../../main/adapters/sqlite/segments.ts';
import type { FindAsk } from '../../main/hub/feature.ts';
import { fields } from './said.ts';

/** The engine of the thread, on the test's own loop; closed after the test. */
export async function openEngine(file: string): Promise<SearchEngine> {
  const { engine, close } = await openEngineAlone(file);
  onTestFinished(close);
  return engine;
}

/** The same, for a test that opens thousands: it closes each itself. */
export async function openEngineAlone(
  file: string,
): Promise<{ engine: SearchEngine; close(): void }> {
  const db = new Database(file, { readonly: true });
  const log = openSearchLog(db, new Segments(db));
  const of = { logId: log.logId, fields: JSON.stringify(fields) };
  const index = await openSearchFile(searchFileOf(file), of, () => true);
  const engine = new SearchEngine(log, index, fields);
  return {
    engine,
    close() {
      index.close();
      db.close();
    },
  };
}

/** All pages of an answer, one after another, as a reader would take them. */
export function findAll(engine: SearchEngine, ask: FindAsk): { seqs: number[]; asks: number } {
  const seqs: number[] = [];
  let next = ask;
  for (let asks = 1; ; asks++) {
    const { seqs: page, more, cursor } = engine.find(next);
    if (ask.after === undefined) seqs.unshift(...page);
    else seqs.push(...page);
    if (!more) return { seqs, asks };
    next = ask.after === undefined ? { ...ask, before: cursor } : { ...ask, after: cursor };
  }
}
