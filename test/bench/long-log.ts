// A long log of a project at work: what a real hub wrote in one stretch of it, again and again under other names.
import type { Actor, EventEnvelope } from '../../preload/contract/envelope.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { type Hub, openHub } from '../../main/hub/hub.ts';
import type { LogStore, StoredEvent } from '../../main/hub/log-store.ts';
import { buildRegistry, type Registry } from '../../main/hub/registry.ts';
import { type Head, sealEvent } from '../../main/hub/seal.ts';
import { memoryStore } from '../harness/hub-memory-store.ts';
import { hex, world } from '../harness/hub-ports.ts';

/** Unless more are wanted. */
const fewAgents = 20;
const stories = 12;
const batchSize = 1_000;

/** Agents that are there, then stretches of work: of their stories all come to an end but one. */
export async function writeLong(store: LogStore, count: number, agents = fewAgents): Promise<void> {
  const played = world();
  const inMemory = memoryStore();
  const hub = await openHub({
    ...{ features: played.features, store: inMemory, clock: systemClock },
    ...{ random: Math.random, log: silentLogger },
  });
  await hub.start();
  for (let n = 0; n < agents; n++)
    await hub.dispatch(
      { type: 'agent.add', data: { name: `agent-${n}` }, id: undefined },
      'operator',
    );
  await hub.drain();
  const begun = hub.head().seq;
  await work(hub, agents);
  await hub.drain();
  await hub.stop();
  const all = inMemory.page({ after: 0, limit: 1_000_000 });
  write(store, {
    registry: buildRegistry(played.features),
    first: all.slice(0, begun),
    stretch: all.slice(begun),
    count,
  });
}

async function work(hub: Hub, agents: number): Promise<void> {
  for (let n = 0; n < stories; n++) {
    const agent = `agent-${n % agents}`;
    const actor: Actor = `agent:${agent}`;
    const tell = (type: string, data: object, by: Actor = actor) =>
      hub.dispatch({ type, data, id: undefined }, by).catch(() => undefined);
    const written = {
      title: `Story ${n} of this stretch`,
      body: 'It should be as the others are, and a test covers it.\n'.repeat(4),
      criteria: ['a test covers it', 'the docs say it'],
    };
    const added = await tell('story.add', written, 'operator');
    const { story } = (added?.result ?? { story: '' }) as { story: string };
    await tell('story.assign', { story, agent }, 'operator');
    for (let turn = 0; turn < 6; turn++) {
      await tell('agent.report', { status: 'working', note: `step ${turn} of ${story}` });
      await tell('message.send', {
        to: `agent-${(n + turn + 1) % agents}`,
        body: 'see db/schema.sql',
      });
      await tell('agent.hook', { event: turn % 2 === 0 ? 'busy' : 'idle' });
    }
    await tell('message.send', { to: 'operator', body: `${story} is nearly done` });
    const asked = await tell('question.ask', {
      text: `Which way for ${story}?`,
      options: ['a', 'b'],
    });
    const question = (asked?.result as { question?: string } | undefined)?.question;
    await tell('question.answer', { question, choices: ['a'] }, 'operator');
    const wanted = await tell('approval.request', { commit: hex((n % 16).toString(16)) });
    const approval = (wanted?.result as { approval?: string } | undefined)?.approval;
    await tell('approval.deny', { approval, note: 'later' }, 'operator');
    await tell('inbox.ack', { upTo: hub.head().seq }, 'operator');
    await tell('inbox.ack', { upTo: hub.head().seq });
    if (n !== 0) await tell('story.abandon', { story, reason: 'over' }, 'operator');
  }
}

interface Pattern {
  readonly registry: Registry;
  readonly first: readonly EventEnvelope[];
  readonly stretch: readonly EventEnvelope[];
  readonly count: number;
}

function write(store: LogStore, { registry, first, stretch, count }: Pattern): void {
  let head: Head = store.head();
  let batch: StoredEvent[] = [];
  const add = (event: EventEnvelope, round: number) => {
    const { type, v, actor, causeId } = event;
    const atMs = 1_700_000_000_000 + head.seq * 2_000;
    const data = {
      ...renamed(event.data, round),
      ...(type === 'inbox.acked' && { upTo: head.seq }),
    };
    const cause = { actor, causeId: `${causeId}-${round}`, atMs };
    const sealed = sealEvent(store, { head, event: { type, v, data }, cause });
    head = sealed.envelope;
    const topics = registry.topicsOf(sealed.envelope);
    batch.push({ seq: head.seq, type, body: sealed.body, hash: head.hash, topics });
    if (batch.length < batchSize && head.seq < count) return;
    store.commit({ events: batch, receipts: [], effects: [], endedEffects: [] });
    batch = [];
  };
  for (const event of first) add(event, 0);
  for (let round = 0; head.seq < count; round++)
    for (const event of stretch) if (head.seq < count) add(event, round);
}

/** Names that the hub gives are given once: others of the same kind in each round. */
function renamed(data: unknown, round: number): object {
  if (round === 0) return data as object;
  const suffix = round.toString(36);
  const text = JSON.stringify(data)
    .replace(/\bs-(\d+)\b/g, (_, n: string) => `s-${Number(n) + round * stories}`)
    .replace(/\b([a-z]{1,4})-([0-9a-z]{8})\b/g, (_, kind: string, id: string) =>
      kind === 'agent' ? `${kind}-${id}` : `${kind}-${(id + suffix).slice(-8)}`,
    );
  return JSON.parse(text) as object;
}
