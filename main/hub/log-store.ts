/** What the hub needs from storage. `adapters/sqlite` implements it; tests may use memory. */
import type { Actor } from '../../preload/contract/envelope.ts';
import type { LogReader } from './feature.ts';

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

export interface Batch {
  readonly events: readonly StoredEvent[];
  readonly receipts: readonly StoredReceipt[];
  readonly effects: readonly StoredEffect[];
  /** Ids of effects that ended. */
  readonly endedEffects: readonly string[];
}

export interface StoredSnapshot {
  readonly seq: number;
  readonly hash: string;
  /** Identifies the shape of all slices; another shape means rebuild. */
  readonly shape: string;
  /** JSON of the hub's state. */
  readonly state: string;
}

/** Every method is synchronous: the hub answers only what is durable, and a batch is one transaction. */
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
  newestSnapshot(): StoredSnapshot | undefined;
  saveSnapshot(snapshot: StoredSnapshot): void;
  /** Forgets receipts of commands older than this; their ids are free again. */
  pruneReceipts(olderThanMs: number): void;
  sha256(text: string): string;
  close(): void;
}
