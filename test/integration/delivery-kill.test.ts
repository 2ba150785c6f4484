// `kill -9` in the middle of delivery: nothing acknowledged is lost, nothing unacknowledged is skipped.

import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InboxItem } from '../../preload/contract/messages.ts';
import { Refused } from '../harness/musher-client.ts';
import { rounds } from '../harness/rounds.ts';
import type { ServeWorld, TestAgent } from '../harness/serve-world.ts';
import { forgetToken, makeServeWorld, tokenOf, untilAgent } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';

const kills = rounds(1, 40);
const names = ['one', 'two'] as const;
const recipients = [...names, '*'] as const;

let world: ServeWorld;
beforeAll(async () => {
  world = await makeServeWorld();
});
afterAll(() => world.dispose());

/** What an agent was handed by one read, and from where it can have begun. */
interface Handed {
  readonly seqs: readonly number[];
  /** The last ack that the hub said it has, and one that it may have. */
  readonly after: readonly number[];
}

class Reader {
  readonly name: string;
  readonly handed: Handed[] = [];
  /** Acks whose answer came; and the newest that was sent. */
  private acked = 0;
  private tried = 0;
  isOver = false;

  constructor(name: string) {
    this.name = name;
  }

  /** Reads and acks as an agent does, now and then without an ack, until the hub is gone. */
  async readUntilGone(agent: Pick<TestAgent, 'query' | 'command'>): Promise<void> {
    while (!this.isOver) {
      try {
        const limit = randomInt(1, 9);
        const { items, cursor } = await agent.query<{ items: InboxItem[]; cursor: number }>(
          'inbox.read',
          { limit, waitMs: 200 },
        );
        this.note(items);
        if (items.length > 0 && randomInt(3) > 0) await this.ack(agent, cursor);
      } catch (error) {
        if (error instanceof Refused) throw error;
        return;
      }
    }
  }

  private note(items: readonly InboxItem[]): void {
    if (items.length === 0) return;
    this.handed.push({
      seqs: items.map(({ seq }) => seq),
      after: [this.acked, this.tried],
    });
  }

  private async ack(agent: Pick<TestAgent, 'command'>, upTo: number): Promise<void> {
    this.tried = upTo;
    const { acked } = await agent.command<{ acked: number }>('inbox.ack', { upTo });
    expect(acked).toBe(upTo);
    this.acked = upTo;
  }
}

interface Sent {
  readonly acknowledged: Set<string>;
  count: number;
  isOver: boolean;
}

/** As fast as it can, until the hub is gone. */
async function sendUntilGone({ operator }: Serving, sent: Sent): Promise<void> {
  while (!sent.isOver) {
    sent.count += 1;
    const body = `m${sent.count}`;
    try {
      const to = recipients[randomInt(recipients.length)];
      await operator.command('message.send', { to, body });
      sent.acknowledged.add(body);
    } catch (error) {
      if (error instanceof Refused) throw error;
      return;
    }
  }
}

it('over many kills each agent is handed all of it, in order, and again what it did not ack', async () => {
  let serving = await world.serve();
  const readers = names.map((name) => new Reader(name));
  for (const name of names) await world.addAgent(serving, name);
  const port = Number(new URL(serving.url).port);
  const sent: Sent = { acknowledged: new Set(), count: 0, isOver: false };
  for (let round = 0; round < kills; round += 1) {
    const agents = await Promise.all(names.map((name) => begun(serving, name, round)));
    const work = [
      sendUntilGone(serving, sent),
      ...readers.map((reader, at) => reader.readUntilGone(agents[at] as TestAgent)),
    ];
    const enough = sent.count + randomInt(40, 160);
    await expect.poll(() => sent.count, { timeout: 20_000 }).toBeGreaterThan(enough);
    await serving.kill('SIGKILL');
    await Promise.all(work);
    serving = await world.serve({ port });
  }
  for (const reader of readers) await expectNothingMissed(serving, reader, sent);
});

/** The agent with the token of its newest session. */
async function begun(serving: Serving, name: string, round: number) {
  if (round === 0) return serving.as(await tokenOf(world.repository, name));
  // It outlived the hub; what it did not ack comes again to its next session.
  await forgetToken(world.repository, name);
  await serving.operator.command('agent.restart', { agent: name });
  await tokenOf(world.repository, name);
  await untilAgent(serving, name, 'running');
  return serving.as(await tokenOf(world.repository, name));
}

async function expectNothingMissed(serving: Serving, reader: Reader, sent: Sent): Promise<void> {
  const whole = await allIn(serving, reader.name);
  const texts = new Set(whole.map(({ data }) => (data as { body: string }).body));
  const own = whole.map(({ seq }) => seq);
  const followers = (after: number) => own.filter((seq) => seq > after);
  for (const { seqs, after } of reader.handed) {
    const fits = after.some((from) => startsWith(followers(from), seqs));
    expect(fits, `${seqs.join(' ')} after ${after.join(' or ')} of ${own.join(' ')}`).toBe(true);
  }
  // What was acknowledged to its sender is in one of the inboxes, once.
  const others = await allIn(serving, names.find((name) => name !== reader.name) ?? '');
  for (const { data } of others) texts.add((data as { body: string }).body);
  expect([...sent.acknowledged].filter((body) => !texts.has(body))).toEqual([]);
  expect(new Set(own).size).toBe(own.length);
}

function startsWith(all: readonly number[], some: readonly number[]): boolean {
  return some.every((seq, at) => all[at] === seq);
}

async function allIn({ operator }: Serving, agent: string): Promise<InboxItem[]> {
  const all: InboxItem[] = [];
  for (let after = 0; ; ) {
    const page = await operator.query<{ items: InboxItem[]; cursor: number }>('inbox.read', {
      ...{ agent, after, limit: 500 },
    });
    if (page.items.length === 0) return all;
    all.push(...page.items);
    after = page.cursor;
  }
}
