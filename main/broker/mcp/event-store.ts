/** What a session was sent, for a client that lost its connection and resumes after the last event it saw. */
import type { EventStore } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';

interface Kept {
  readonly id: string;
  readonly stream: string;
  readonly message: JSONRPCMessage;
  readonly chars: number;
}

/** The newest that are kept of a session. A client that was away for longer asks again. */
const maxEvents = 500;
const maxChars = 2 * 1024 * 1024;

export class SessionEvents implements EventStore {
  private kept: Kept[] = [];
  private chars = 0;
  private count = 0;

  async storeEvent(stream: string, message: JSONRPCMessage): Promise<string> {
    this.count += 1;
    const id = `e${this.count}`;
    const { length: chars } = JSON.stringify(message);
    this.kept.push({ id, stream, message, chars });
    this.chars += chars;
    while (this.kept.length > maxEvents || this.chars > maxChars)
      this.chars -= this.kept.shift()?.chars ?? 0;
    return id;
  }

  async getStreamIdForEventId(id: string): Promise<string | undefined> {
    return this.kept.find((one) => one.id === id)?.stream;
  }

  async replayEventsAfter(
    id: string,
    { send }: { send: (id: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const at = this.kept.findIndex((one) => one.id === id);
    const seen = this.kept[at];
    if (seen === undefined) throw new Error('That event is not remembered any more.');
    // Messages without content open a stream and say nothing.
    for (const one of this.kept.slice(at + 1))
      if (one.stream === seen.stream && Object.keys(one.message).length > 0)
        await send(one.id, one.message);
    return seen.stream;
  }
}
