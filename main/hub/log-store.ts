/** What the hub needs from storage. `adapters/sqlite` implements it; tests may use memory. */
import type { Actor } from '../../preload/contract/envelope.ts';
import type { LogReader, SearchFields } from './feature.ts';

/** An event as it is stored: `body` holds everything but `hash`, as JSON with a fixed order of keys. */
export interface StoredEvent {
  readonly seq: number;
  readonly type: string;
  readonly body: string;
  readonly hash: string;
  readonly topics: readonly string[];
}

export interface StoredReceipt {
  /** Who chose the id; the same id of another caller is another command. */
  readonly caller: Actor;
  readonly commandId: string;
  /** SHA-256 over actor, type and data: tells a retry from another command under the same id. */
  readonly fingerprint: string;
  readonly seq: number;
  /** JSON. */
  readonly result: string;
}

export interface StoredEffect {
  readonly id: string;
  readonly kind: string;
  readonly lane: string;
  /** JSON. */
  readonly data: string;
  /** How often it was begun. */
  readonly attempts: number;
}

/** A small fact of one owner (a feature, the tokens), beside the log. */
export interface StoredMark {
  readonly owner: string;
  readonly name: string;
  readonly value: string;
}

export interface Batch {
  readonly events: readonly StoredEvent[];
  readonly receipts: readonly StoredReceipt[];
  readonly effects: readonly StoredEffect[];
  /** Ids of effects that ended. */
  readonly endedEffects: readonly string[];
  readonly marks?: readonly StoredMark[];
}

/** A slice of the state as it was stored: right for its feature at that version, after that event. */
export interface StoredSlice {
  readonly feature: string;
  readonly version: number;
  readonly seq: number;
  readonly hash: string;
}

/** A piece of a slice's JSON. It counts only once a snapshot names the slice as written at that event. */
export interface SlicePart {
  readonly feature: string;
  readonly seq: number;
  readonly part: number;
  readonly json: string;
}

/** A snapshot that is complete: all slices stand for `seq` then, those that did not change without being written again. */
export interface SnapshotEnd {
  readonly seq: number;
  readonly hash: string;
  readonly written: readonly { feature: string; version: number; parts: number }[];
  readonly unchanged: readonly string[];
}

/** Marks of one owner, written at once. */
export interface StoredMarks {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/**
 * What answers at once answers on the loop: the hub answers only what is durable, and a batch is one transaction.
 * What may be long (`read`, `verify`) is done beside it.
 */
export interface LogStore extends LogReader {
  /** Where it is, for error messages. */
  readonly place: string;
  /** Random name of this log, made once; event ids begin with it. */
  readonly logId: string;
  /** All or nothing. Throws when it could not be made durable; nothing of the batch is then stored. */
  commit(batch: Batch): void;
  receipt(caller: Actor, commandId: string): StoredReceipt | undefined;
  pendingEffects(): StoredEffect[];
  /** Counts a beginning, durably, and returns the new count. */
  beginEffect(id: string): number;
  /** Takes the newest beginning back: a clean stop interrupted it, which is no failure of the effect. */
  letEffectGo(id: string): void;
  marks(owner: string): StoredMarks;
  slices(): StoredSlice[];
  /** The JSON of a stored slice, whole. */
  sliceJson(feature: string): string;
  saveSlicePart(part: SlicePart): void;
  saveSnapshot(end: SnapshotEnd): void;
  /** Removes so many pieces that no slice needs any more; false when none were left. */
  dropOldParts(limit: number): boolean;
  /** Forgets receipts of commands older than this; their ids are free again. */
  pruneReceipts(olderThanMs: number): void;
  sha256(text: string): string;
  /** What `find` knows of, by event type; before the first of it. */
  searchBy(fields: Readonly<Record<string, SearchFields>>): void;
  /** Has what was committed since made ready for `find`, beside the loop, some time soon. Costs a commit nothing. */
  indexSoon(): void;
  /** Ends what is still read, and lets the log go; resolves when all of it is closed. */
  close(): Promise<void>;
}
