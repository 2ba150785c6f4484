// `kill -9` in the middle of a write load, again and again: what was acknowledged is there, once, and the chain holds.

import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Refused } from '../harness/musher-client.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { runMusher } from '../harness/serve.ts';
import { rounds } from '../harness/rounds.ts';

const kills = rounds(1, 60);
const clientCount = 4;
/** A round ends at a random point after this many acknowledgements. */
const fewestAcks = 20;
const mostAcks = 200;

let world: ServeWorld;
beforeAll(async () => {
  world = await makeServeWorld();
});
afterAll(() => world.dispose());

interface Load {
  serving: Serving;
  /** Bodies that the hub said it has. */
  readonly acked: Set<string>;
  readonly refusals: string[];
  isOver: boolean;
  /** Called after each acknowledgement. */
  onAck: () => void;
  /** Nothing new is sent before it resolves: what is looked through would grow meanwhile. */
  pause: Promise<void>;
  /** Resolves when a new hub can be tried. */
  up: PromiseWithResolvers<void>;
}

it('nothing that was acknowledged is lost or doubled by kill -9', async () => {
  let serving = await world.serve();
  await world.addAgent(serving, 'sink');
  const port = Number(new URL(serving.url).port);
  const load: Load = {
    serving,
    acked: new Set(),
    refusals: [],
    isOver: false,
    onAck: () => undefined,
    pause: Promise.resolve(),
    up: Promise.withResolvers(),
  };
  const clients = Array.from({ length: clientCount }, (_, client) => publish(load, client));
  const startedMs = performance.now();
  for (let round = 0; round < kills; round += 1) {
    await acks(load, randomInt(fewestAcks, mostAcks));
    await serving.kill('SIGKILL');
    serving = await world.serve({ port });
    load.serving = serving;
    load.up.resolve();
    load.up = Promise.withResolvers();
    const looked = Promise.withResolvers<void>();
    load.pause = looked.promise;
    await expectAllOnce(load, round).finally(looked.resolve);
  }
  load.isOver = true;
  load.up.resolve();
  await Promise.all(clients);
  await expectAllOnce(load, kills);
  expect(load.refusals).toEqual([]);
  await serving.stop();
  await expectVerified();
  tell(load.acked.size, performance.now() - startedMs);
});

/** As fast as it can, each message under its own key; one whose answer did not come is sent again under the same. */
async function publish(load: Load, client: number): Promise<void> {
  for (let number = 0; !load.isOver; number += 1) {
    const body = `${client}/${number}`;
    await load.pause;
    await deliver(load, body);
    load.acked.add(body);
    load.onAck();
  }
}

async function deliver(load: Load, body: string): Promise<void> {
  for (;;) {
    const { serving, up } = load;
    try {
      await serving.operator.command(
        'message.send',
        { to: 'sink', body },
        `torture-${body.replace('/', '-')}`,
      );
      return;
    } catch (error) {
      // A refusal would be no victim of the kill.
      if (error instanceof Refused) load.refusals.push(String(error));
      if (error instanceof Refused || load.isOver) return;
      if (load.serving === serving) await up.promise;
    }
  }
}

function acks(load: Load, count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    load.onAck = () => {
      left -= 1;
      if (left === 0) resolve();
    };
  });
}

/** The operator's list, page by page, and the recipient's inbox say the same. */
async function expectAllOnce(load: Load, round: number): Promise<void> {
  const known = [...load.acked];
  const listed = await listAll(load.serving);
  const inbox = await readAll(load.serving);
  const title = `round ${round}`;
  expect(new Set(listed).size, `${title}: doubled in the list`).toBe(listed.length);
  expect(new Set(inbox).size, `${title}: doubled in the inbox`).toBe(inbox.length);
  const [inList, inInbox] = [new Set(listed), new Set(inbox)];
  expect(
    known.filter((body) => !inList.has(body) || !inInbox.has(body)),
    `${title}: lost`,
  ).toEqual([]);
  expect(await load.serving.operator.query('log.verify'), title).toMatchObject({ ok: true });
}

interface Page {
  readonly messages: readonly { seq: number; body: string }[];
  readonly more: boolean;
}

async function listAll(serving: Serving): Promise<string[]> {
  const bodies: string[] = [];
  let before: number | undefined;
  for (let more = true; more; ) {
    const ask = { limit: 500, ...(before === undefined ? {} : { before }) };
    const page: Page = await serving.operator.query<Page>('message.list', ask);
    bodies.unshift(...page.messages.map(({ body }) => body));
    before = page.messages[0]?.seq;
    more = page.more;
  }
  return bodies;
}

interface Inbox {
  readonly items: readonly { data: { body: string } }[];
  readonly cursor: number;
}

async function readAll(serving: Serving): Promise<string[]> {
  const bodies: string[] = [];
  for (let after = 0; ; ) {
    const ask = { agent: 'sink', after, limit: 500 };
    const { items, cursor } = await serving.operator.query<Inbox>('inbox.read', ask);
    if (items.length === 0) return bodies;
    bodies.push(...items.map(({ data }) => data.body));
    after = cursor;
  }
}

/** From the file alone, with no hub running. */
async function expectVerified(): Promise<void> {
  const { env, root } = world.repository;
  const { code, stdout } = await runMusher(['verify', '--repo', root, '--json'], { env });
  expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  expect(code).toBe(0);
}

function tell(messages: number, tookMs: number): void {
  console.log(
    `kill -9 ${rounds} times in ${(tookMs / 1000).toFixed(1)} s: ${messages} messages acknowledged, none lost or doubled`,
  );
}
