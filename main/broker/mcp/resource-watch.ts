/**
 * Tells a client which resources that it watches are others now, and that its list is another one. Costs nothing until
 * the client watches or lists.
 */
import type { Clock } from '../../base/clock.ts';
import type { Door } from '../../hub/door.ts';
import type { Resource } from './resources.ts';

export interface Listener {
  onUpdated(uri: string): void;
  /** Records of these kinds came, changed or went: the list may be another one. */
  onListed(): void;
}

/** At most so often one resource, or the list, is told to be another one, milliseconds. */
const everyMs = 1_000;

export class ResourceWatch {
  private readonly door: Door;
  private readonly clock: Clock;
  private readonly listener: Listener;
  private readonly watched = new Map<string, Resource>();
  private listed: ReadonlySet<string> = new Set();
  private readonly due = new Map<string, () => void>();
  private feed: { close(): void } | undefined;

  constructor(door: Door, clock: Clock, listener: Listener) {
    this.door = door;
    this.clock = clock;
    this.listener = listener;
  }

  watch(resource: Resource): void {
    this.watched.set(resource.uri, resource);
    this.look();
  }

  unwatch(uri: string): void {
    this.watched.delete(uri);
    if (this.watched.size === 0 && this.listed.size === 0) this.close();
  }

  /** The kinds of records that the client's list is made of. */
  watchList(kinds: readonly string[]): void {
    if (kinds.length === 0) return;
    this.listed = new Set(kinds);
    this.look();
  }

  close(): void {
    this.feed?.close();
    this.feed = undefined;
    for (const cancel of this.due.values()) cancel();
    this.due.clear();
  }

  private look(): void {
    // From now on: what is, the client has just read, or will.
    this.feed ??= this.door.openRecords(this.door.head().seq, {
      onSnapshot: () => undefined,
      onLive: () => undefined,
      onDelta: ({ put, remove }) => this.changed([...Object.keys(put), ...remove]),
      pendingBytes: () => 0,
    });
  }

  private changed(ids: readonly string[]): void {
    const records = ids.map((id) => {
      const at = id.indexOf('/');
      return { kind: id.slice(0, at), key: id.slice(at + 1) };
    });
    for (const { uri, kinds, key } of this.watched.values()) {
      const isOf = (one: { kind: string; key: string }) =>
        kinds.includes(one.kind) && (key === undefined || key === one.key);
      if (records.some(isOf)) this.soon(uri, () => this.listener.onUpdated(uri));
    }
    if (records.some(({ kind }) => this.listed.has(kind)))
      this.soon('', () => this.listener.onListed());
  }

  private soon(name: string, tell: () => void): void {
    if (this.due.has(name)) return;
    const cancel = this.clock.schedule(() => {
      this.due.delete(name);
      tell();
    }, everyMs);
    this.due.set(name, cancel);
  }
}
