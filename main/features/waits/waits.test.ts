import { expect, it } from 'vitest';
import type { Actor } from '../../../preload/contract/envelope.ts';
import { type DecidedItem, endedWaitsKept, type WaitDay } from '../../../preload/contract/waits.ts';
import { type Box, openBox } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { readWaits } from '../../hub/waits.ts';
import { initialWaits, reduceWaits } from './slice.ts';

const as = (agent: string): { actor: Actor } => ({ actor: `agent:${agent}` });

async function open() {
  const store = memoryStore();
  const played = world();
  const box = await openBox({ features: played.features, store });
  for (const name of ['a', 'b']) await box.dispatch('agent.add', { name });
  return { box, played, store };
}

async function asked(box: Box, agent: string, data: object): Promise<string> {
  const { result } = await box.dispatch('question.ask', data, as(agent));
  return (result as { question: string }).question;
}

type Decided = { decisions: DecidedItem[]; before?: number };
const decided = async (box: Box, data: object = {}) =>
  (await box.ask('inbox.decided', data)) as Decided;
const stats = async (box: Box) => ((await box.ask('inbox.stats', {})) as { days: WaitDay[] }).days;

it('what was decided, when, and how long it had waited; what agents do among themselves is not in it', async () => {
  const { box, store, played } = await open();
  const first = await asked(box, 'a', { text: 'Which database?' });
  await box.advance(60_000);
  await box.dispatch('question.answer', { question: first, text: 'postgres' });
  const peer = await asked(box, 'a', { text: 'You?', to: 'b' });
  await box.dispatch('question.answer', { question: peer, text: 'me' }, as('b'));
  const own = await asked(box, 'b', { text: 'Never mind?' });
  await box.dispatch('question.cancel', { question: own }, as('b'));
  const late = await asked(box, 'b', { text: 'By noon?', timeoutMs: 5_000, default: 'no' });
  await box.advance(6_000);
  const request = { commit: hex('1'), title: 'the form' };
  const { result } = await box.dispatch('approval.request', request, as('a'));
  const { approval } = result as { approval: string };
  await box.advance(2_000);
  await box.dispatch('approval.deny', { approval, note: 'no tests' });
  const { decisions, before } = await decided(box);
  expect(before).toBeUndefined();
  expect(decisions).toMatchObject([
    {
      ...{ type: 'approval.denied', item: `approval/${approval}`, agent: 'a', by: 'operator' },
      ...{ waitedMs: 2_000, what: expect.stringContaining('no tests') },
    },
    { type: 'question.expired', item: `question/${late}`, by: 'system', agent: 'b' },
    { item: `question/${first}`, waitedMs: 60_000, what: expect.stringContaining('postgres') },
  ]);
  expect((await decided(box, { text: 'TESTS form' })).decisions).toHaveLength(1);
  expect((await decided(box, { text: 'mysql' })).decisions).toEqual([]);
  const [day] = await stats(box);
  expect(day?.rows.map(({ agent, kind, count }) => [agent, kind, count])).toEqual([
    ['a', 'question', 1],
    ['b', 'question', 2],
    ['a', 'approval', 1],
  ]);
  box.crash();
  const again = await openBox({ features: played.features, store });
  expect((await decided(again)).decisions).toEqual(decisions);
});

it('page by page each decision comes once, in order, however its kinds are mixed', async () => {
  const { box } = await open();
  for (let n = 0; n < 12; n += 1) {
    const question = await asked(box, 'a', { text: `number ${n}` });
    if (n % 3 === 0) await box.dispatch('question.cancel', { question });
    else await box.dispatch('question.answer', { question, text: 'x' });
  }
  const { decisions: whole } = await decided(box);
  expect(whole).toHaveLength(12);
  const seen: DecidedItem[] = [];
  let before: number | undefined;
  do {
    const page = await decided(box, { limit: 5, ...(before !== undefined && { before }) });
    seen.push(...page.decisions);
    before = page.before;
  } while (before !== undefined);
  expect(seen).toEqual(whole);
});

it('of very many waits the newest are remembered, and a replay comes to the same', () => {
  const reduce = reduceWaits(readWaits(world().features));
  const play = (count: number) => {
    let state = initialWaits;
    const put = (seq: number, type: string, data: object) => {
      const event = { seq, type, atMs: seq * 1_000, actor: 'agent:a', v: 1, id: '', data };
      state = reduce[type]?.(state, event as unknown as EventEnvelope) ?? state;
    };
    for (let n = 0; n < count; n += 1) {
      const question = { question: `q-${n}`, asker: 'a', to: 'operator', text: 'x' };
      put(2 * n, 'question.asked', { ...question, options: [], multi: false });
      put(2 * n + 1, 'question.answered', question);
    }
    return state;
  };
  const state = play(endedWaitsKept + 7);
  expect([state.ended.byId.values().length, state.ended.settled.length]).toEqual([
    endedWaitsKept,
    endedWaitsKept,
  ]);
  expect(state.ended.settled[0]).toBe('15/question/q-7');
  expect(state.waiting.open).toEqual(Table.empty());
  expect(JSON.stringify(play(20))).toBe(JSON.stringify(play(20)));
});
