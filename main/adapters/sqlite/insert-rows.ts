/**
 * Inserts many rows with few calls into SQLite. A batch of the log has tens of rows, and the crossing from JavaScript
 * costs about as much as the insert: by 32 and by 8 at a time they take half the time of one by one.
 */
import type Database from 'better-sqlite3';

const groupSizes = [32, 8, 1];

export type InsertRows = (values: readonly unknown[]) => void;

/**
 * `into`: what stands before VALUES, for example `INSERT INTO topics`. The values of all rows follow one another. Runs
 * within the caller's transaction.
 */
export function prepareInsert(db: Database.Database, into: string, columns: number): InsertRows {
  const row = `(${Array(columns).fill('?').join(', ')})`;
  const groups = groupSizes.map((size) => ({
    width: size * columns,
    insert: db.prepare(`${into} VALUES ${Array(size).fill(row).join(', ')}`),
  }));
  return (values) => {
    let done = 0;
    for (const { width, insert } of groups) {
      for (; values.length - done >= width; done += width)
        insert.run(values.slice(done, done + width));
    }
  };
}
