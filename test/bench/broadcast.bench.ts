// One broadcast to 200 readers that hold a stream of Server-Sent Events: from its sending until the last one has it, beside
// a bare loop over 200 such streams, in turns. Once to the inboxes of 200 agents (each is noted as handed out), and once to
// 200 streams of the log. One process sends and receives all of it.
import type { Bench, BenchNumber } from './bench.ts';
import { median, type Target } from './load.ts';
import { startAgents } from './servers/agents.ts';
import { Connection, EventStream } from './servers/lean-client.ts';
import { startBare, startMusher } from './servers/start.ts';

const readers = 200;
const warm = 50;
const rounds = 200;

export const bench: Bench = {
  name: 'broadcast',
  async run() {
    const musher = await startMusher();
    const bare = await startBare('bare-sse.mjs');
    try {
      const agents = await startAgents(musher, readers);
      const log = agents.map(() => musher);
      const sides = {
        bare: new Side(bare.target, agents, '/events'),
        inboxes: new Side(musher, agents, '/v1/inbox/events'),
        log: new Side(musher, log, '/v1/events'),
      };
      const ms = {
        inboxes: await inTurns(sides.bare, sides.inboxes),
        log: await inTurns(sides.bare, sides.log),
      };
      return [row('inboxes', ms.inboxes), row('log', ms.log)];
    } finally {
      await bare.stop();
      await musher.stop();
    }
  },
};

interface Pair {
  readonly bare: number;
  readonly musher: number;
}

function row(name: string, pairs: readonly Pair[]): BenchNumber {
  const value = median(pairs.map(({ musher }) => musher));
  const limit = median(pairs.map(({ bare }) => bare));
  const ratio = median(pairs.map(({ bare, musher }) => musher / bare));
  return { name: `broadcast.${name}`, value, unit: 'ms', limit, ratio };
}

async function inTurns(bare: Side, musher: Side): Promise<Pair[]> {
  await Promise.all([bare.open(), musher.open()]);
  const pairs: Pair[] = [];
  for (let round = 0; round < warm + rounds; round++) {
    const pair = { bare: await bare.broadcast(), musher: await musher.broadcast() };
    if (round >= warm) pairs.push(pair);
  }
  bare.close();
  musher.close();
  return pairs;
}

/** A server with all its readers. */
class Side {
  private readonly target: Target;
  private readonly readers: readonly Target[];
  private readonly path: string;
  private streams: EventStream[] = [];
  private sender: Connection | undefined;
  private sent = 0;

  constructor(target: Target, readers: readonly Target[], path: string) {
    this.target = target;
    this.readers = readers;
    this.path = path;
  }

  async open(): Promise<void> {
    this.sender = new Connection(this.target.url);
    this.streams = this.readers.map(({ token }) => {
      return new EventStream(this.target.url, token, this.path);
    });
    await Promise.all(this.streams.map((stream) => stream.opened));
  }

  /** Milliseconds until the last reader has it. */
  async broadcast(): Promise<number> {
    const body = `the schema is in db/schema.sql, tests are green again: ${this.path} ${this.sent++}.`;
    const all = Promise.all(this.streams.map((stream) => stream.until(body)));
    const startedMs = performance.now();
    const sent = this.sender?.post(this.target.token, 'message.send', { to: '*', body });
    await all;
    const tookMs = performance.now() - startedMs;
    await sent;
    return tookMs;
  }

  close(): void {
    this.sender?.close();
    for (const stream of this.streams) stream.close();
  }
}
