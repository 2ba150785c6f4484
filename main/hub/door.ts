/**
 * What a door (HTTP, IPC, WebSocket) may do with a hub. A door authenticates, hands over, and maps errors; it
 * holds no policy: parsing, roles and rules are checked behind this interface, the same for every door.
 */
import type {
  Actor,
  CommandEnvelope,
  EventEnvelope,
  Receipt,
} from '../../preload/contract/envelope.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import type { Delta, LiveChange, Snapshot } from '../../preload/contract/sync.ts';

/** One page's view of the records. */
export interface RecordReader {
  /** Of much, a part: see `Snapshot.more`. */
  onSnapshot(snapshot: Snapshot): void;
  onDelta(delta: Delta): void;
  /** Records beside the log: a whole one first, then what changed. */
  onLive(change: LiveChange): void;
  /**
   * Bytes handed over but not yet taken by the other side. Above the bound (1 MiB) the feed passes the reader over; once
   * it is below, the reader is brought from what it has to what is. So a slow page never stalls the hub.
   */
  pendingBytes(): number;
}

export interface RecordFeed {
  /** Sends a fresh snapshot and all live records, after the reader found a gap. */
  resync(): void;
  close(): void;
}

/** One reader of events, for example an SSE stream. */
export interface EventReader {
  /**
   * In order, without holes, from the asked position on; at most 200 at once. A promise says when the reader can take
   * more: until then nothing follows. One that throws or rejects is dropped.
   */
  onEvents(events: readonly EventEnvelope[]): void | Promise<void>;
  /** Nothing follows, and why: the hub stops (SHUTTING_DOWN), or the reader failed (INTERNAL). Not told to who closes. */
  onEnd?(error: WireError): void;
}

/** A query as it comes in: unchecked. */
export interface Ask {
  readonly type: string;
  readonly data: unknown;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
}

export interface Door {
  /** Resolves when the command's events are durable. Throws MusherError. `signal` aborts when the caller goes away. */
  dispatch(command: CommandEnvelope, actor: Actor, signal?: AbortSignal): Promise<Receipt>;
  /** Throws MusherError; also when the signal aborts while it waits. */
  query(ask: Ask, actor: Actor): Promise<unknown>;
  /** Random name of the log, the same for ever: tells one repository's hub from another's. */
  readonly logId: string;
  head(): { seq: number; hash: string };
  /** `sinceSeq`: what the reader holds (0 = nothing): answered by catch-up deltas or a snapshot, then live. */
  openRecords(sinceSeq: number, reader: RecordReader): RecordFeed;
  openEvents(afterSeq: number, reader: EventReader): { close(): void };
}
