/** Opens a log for folding anew, and what is kept of its past beside it. For the thread that does that. */
import Database from 'better-sqlite3';
import { Past } from '../../hub/past/past.ts';
import { defaultSpacing, type Spacing } from '../../hub/past/waypoints.ts';
import type { Registry } from '../../hub/registry.ts';
import { openPastLog } from './past-log.ts';
import { Segments } from './segments.ts';
import { openWaypoints, waypointsFileOf } from './waypoints-file.ts';

export interface OpenedPast {
  readonly past: Past;
  /** Of what is kept. */
  bytes(): number;
  close(): void;
}

export interface OpenPastOptions {
  readonly registry: Registry;
  /** Told once why nothing can be kept. */
  readonly onTrouble?: (reason: string) => void;
  readonly spacing?: Spacing;
  readonly maxBytes?: number;
}

/** `file`: the log. */
export async function openPast(
  file: string,
  { registry, onTrouble, spacing = defaultSpacing, maxBytes }: OpenPastOptions,
): Promise<OpenedPast> {
  const db = new Database(file, { readonly: true });
  const segments = new Segments(db);
  const logId = db.prepare("SELECT value FROM meta WHERE key = 'log_id'").pluck().get() as string;
  const waypoints = await openWaypoints(waypointsFileOf(file), {
    logId,
    ...(maxBytes !== undefined && { maxBytes }),
    ...(onTrouble !== undefined && { onTrouble }),
  });
  return {
    past: new Past({ registry, log: openPastLog(db, segments), waypoints, spacing }),
    bytes: () => waypoints.bytes(),
    close() {
      waypoints.close();
      segments.close();
      db.close();
    },
  };
}
