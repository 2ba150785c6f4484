// A hub's door without a hub: records in a map, commands answered at once and remembered by id, a few queries
// whose behaviour is in their name. What the bridge is tested against, given to it like a real door.

import type { Actor, CommandEnvelope, Receipt } from '../../../preload/contract/envelope.ts';
import type { Delta, Snapshot } from '../../../preload/contract/sync.ts';
import { musherError } from '../../../main/base/result.ts';
import type { Door, RecordFeed, RecordReader, Ask } from '../../../main/hub/door.ts';

const feedBoundBytes = 1024 * 1024;

export class MemoryDoor implements Door {
  readonly dispatched: Array<{ command: CommandEnvelope; actor: Actor }> = [];
  readonly feeds = new Set<MemoryFeed>();
  /** Queries of type `test.wait` that nobody has answered or aborted. */
  readonly waiting = new Set<(result: unknown) => void>();
  /** While set, commands wait for it. */
  gate: Promise<void> | undefined;
  readonly logId = 'log-1';
  records: Record<string, unknown> = {};
  seq = 0;
  private readonly receipts = new Map<string, Receipt>();

  async dispatch(command: CommandEnvelope, actor: Actor): Promise<Receipt> {
    this.dispatched.push({ command, actor });
    await this.gate;
    if (command.type === 'test.refused')
      throw musherError('AGENT_UNKNOWN', { agent: 'x', known: 'none' });
    if (command.type === 'test.defect') throw new TypeError('secret inside');
    const commandId = command.id ?? `made-${this.dispatched.length}`;
    const receipt = this.receipts.get(commandId) ?? {
      commandId,
      seq: ++this.seq,
      result: command.data,
    };
    this.receipts.set(commandId, receipt);
    return receipt;
  }

  async query({ type, data, signal }: Ask): Promise<unknown> {
    if (type === 'test.refused')
      throw musherError('QUESTION_UNKNOWN', { question: 'q', known: 'none' });
    if (type === 'test.defect') throw new TypeError('secret inside');
    if (type !== 'test.wait') return data;
    return new Promise((resolve, reject) => {
      const settle = (result: unknown) => {
        this.waiting.delete(settle);
        resolve(result);
      };
      this.waiting.add(settle);
      signal.addEventListener('abort', () => {
        this.waiting.delete(settle);
        reject(musherError('SHUTTING_DOWN'));
      });
    });
  }

  head() {
    return { seq: this.seq, hash: '' };
  }

  openRecords(sinceSeq: number, reader: RecordReader): RecordFeed {
    const feed = new MemoryFeed(this, reader);
    this.feeds.add(feed);
    if (sinceSeq !== this.seq || sinceSeq === 0) feed.resync();
    return feed;
  }

  openEvents() {
    return { close() {} };
  }

  /** One commit: records put, told to every page. */
  put(records: Record<string, unknown>): void {
    const fromSeq = this.seq;
    this.seq += 1;
    this.records = { ...this.records, ...records };
    for (const feed of this.feeds)
      feed.tell({ fromSeq, toSeq: this.seq, put: records, remove: [] });
  }
}

class MemoryFeed implements RecordFeed {
  private readonly door: MemoryDoor;
  private readonly reader: RecordReader;
  private isBehind = false;

  constructor(door: MemoryDoor, reader: RecordReader) {
    this.door = door;
    this.reader = reader;
  }

  resync(): void {
    this.isBehind = false;
    this.reader.onSnapshot(this.snapshot());
  }

  tell(delta: Delta): void {
    if (this.reader.pendingBytes() > feedBoundBytes) this.isBehind = true;
    else if (this.isBehind) this.resync();
    else this.reader.onDelta(delta);
  }

  close(): void {
    this.door.feeds.delete(this);
  }

  private snapshot(): Snapshot {
    return { seq: this.door.seq, records: { ...this.door.records } };
  }
}
