import { describe, expect, it } from 'vitest';
import { type Box, openBox, refusedWith } from '../../../../test/harness/hub.ts';
import { type World, world } from '../../../../test/harness/hub-ports.ts';

const minute = 60_000;

interface One {
  readonly box: Box;
  readonly played: World;
}

interface Answer {
  readonly changes: ReadonlyArray<{
    readonly seq: number;
    readonly atMs: number;
    readonly by: string;
    readonly state: string;
    readonly liveness: string;
    readonly status: { readonly value: string; readonly source: string };
  }>;
  readonly next?: number;
}

async function open(name = 'a'): Promise<One> {
  const played = world();
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name });
  return { box, played };
}

const as = (name: string) => ({ actor: `agent:${name}` }) as const;
const hook = ({ box }: One, event: string, name = 'a') =>
  box.dispatch('agent.hook', { event }, as(name));
const history = ({ box }: One, ask: object = {}) =>
  box.ask('agent.history', { agent: 'a', ...ask }) as Promise<Answer>;
const words = ({ changes }: Answer) =>
  changes.map(({ state, status }) =>
    state === 'running' ? `${status.value} by ${status.source}` : state,
  );

describe('history', () => {
  it('is how the status came and went, newest first, and each change says by what', async () => {
    const one = await open();
    await hook(one, 'busy');
    await one.box.dispatch('question.ask', { text: 'Which?' }, as('a'));
    const [question] = await asked(one);
    await one.box.dispatch('question.answer', { question, text: 'that' });
    await one.box.dispatch('agent.report', { status: 'done' }, as('a'));
    await hook(one, 'idle');
    one.played.outside.exit({ id: 'a.1', exitCode: 3, signal: null });
    await one.box.settle();
    const found = await history(one);
    expect(words(found)).toEqual([
      'stopped',
      'done by report',
      'working by hook',
      'waiting by question',
      'working by hook',
      'unknown by none',
      'starting',
      'creating',
    ]);
    expect(found.changes.map(({ by }) => by).slice(0, 4)).toEqual([
      'terminal.exited',
      'agent.hooked',
      'question.answered',
      'question.asked',
    ]);
    expect(found.next).toBeUndefined();
  });

  it('has silence in it, and that it ended', async () => {
    const one = await open();
    await hook(one, 'busy');
    for (let at = 0; at < 32; at++) await one.box.advance(minute);
    await hook(one, 'waiting');
    const { changes } = await history(one);
    expect(
      changes.map(({ liveness, status }) => `${liveness}: ${status.value}`).slice(0, 4),
    ).toEqual(['active: waiting', 'stale: unknown', 'idle: working', 'active: working']);
  });

  it('is by page, without a gap and with nothing twice', async () => {
    const one = await open();
    for (let at = 0; at < 30; at++) await hook(one, at % 2 === 0 ? 'busy' : 'idle');
    const whole = await history(one, { limit: 500 });
    expect(whole.changes.length).toBeGreaterThan(30);
    const paged: number[] = [];
    let before: number | undefined;
    do {
      const page: Answer = await history(one, { limit: 7, ...(before && { before }) });
      expect(page.changes.length).toBeLessThanOrEqual(7);
      paged.push(...page.changes.map(({ seq }) => seq));
      before = page.next;
    } while (before !== undefined);
    expect(paged).toEqual(whole.changes.map(({ seq }) => seq));
  });

  it('of a long life is the same by page as its newest page says', async () => {
    const one = await open();
    for (let at = 0; at < 1_200; at++) await hook(one, at % 2 === 0 ? 'busy' : 'idle');
    const seqs: number[] = [];
    let before: number | undefined;
    do {
      const page: Answer = await history(one, { limit: 500, ...(before && { before }) });
      seqs.push(...page.changes.map(({ seq }) => seq));
      before = page.next;
    } while (before !== undefined);
    expect(new Set(seqs).size).toBe(seqs.length);
    const hooked = one.box.store.page({ after: 0, limit: 5_000, type: 'agent.hooked' });
    expect(hooked.filter(({ seq }) => !seqs.includes(seq))).toEqual([]);
    expect(seqs).toEqual([...seqs].sort((a, b) => b - a));
  });

  it('since a time begins with what was so then', async () => {
    const one = await open();
    await hook(one, 'busy');
    await one.box.advance(10 * minute);
    await hook(one, 'idle');
    await one.box.advance(2 * minute);
    await hook(one, 'busy');
    const since = async (ms: number) => words(await history(one, { sinceMs: ms }));
    expect(await since(minute)).toEqual(['working by hook', 'idle by hook']);
    expect((await since(3 * minute)).slice(0, 3)).toEqual([
      'working by hook',
      'idle by hook',
      'working by hook',
    ]);
    expect(await since(0)).toEqual(['working by hook']);
  });

  it('is of this agent alone, whatever the others are called', async () => {
    const one = await open();
    for (const name of ['a-b', 'b-a', 'b']) await one.box.dispatch('agent.add', { name });
    for (const name of ['a-b', 'b-a', 'b']) await hook(one, 'busy', name);
    expect(words(await history(one))).toEqual(['unknown by none', 'starting', 'creating']);
  });

  it('of a name that was purged begins anew', async () => {
    const one = await open();
    await hook(one, 'busy');
    await one.box.dispatch('agent.stop', { agent: 'a' });
    await one.box.dispatch('agent.destroy', { agent: 'a' });
    await one.box.dispatch('agent.purge', { agent: 'a' });
    await refusedWith('AGENT_UNKNOWN', history(one));
    await one.box.dispatch('agent.add', { name: 'a' });
    const found = await history(one);
    expect(words(found)).toEqual(['unknown by none', 'starting', 'creating']);
    expect(found.next).toBeUndefined();
  });

  it.each([{ limit: 0 }, { limit: 501 }, { before: 0 }, { sinceMs: -1 }, { limit: 'x' }])(
    'refuses %j',
    async (bad) => {
      await refusedWith('BODY_INVALID', history(await open(), bad));
    },
  );
});

async function asked({ box }: One): Promise<string[]> {
  const { questions } = (await box.ask('question.list')) as { questions: Array<{ id: string }> };
  return questions.map(({ id }) => id);
}

it('evidence is asked of the hub, with what is true only for now', async () => {
  const one = await open();
  await hook(one, 'busy');
  const now = one.box.clock.now();
  one.played.outside.outputs.set('a.1', now);
  await one.box.advance(30_000);
  expect(await one.box.ask('agent.evidence', { agent: 'a' })).toMatchObject({
    ...{ agent: 'a', state: 'running', confidence: 'high', nowMs: now + 30_000 },
    status: { value: 'working', source: 'hook' },
    evidence: [
      { source: 'process', says: 'running', wins: false },
      { source: 'hook', says: 'working', wins: true },
      { source: 'output', says: 'alive', sinceMs: now, confidence: 'low' },
    ],
  });
  await refusedWith('AGENT_UNKNOWN', one.box.ask('agent.evidence', { agent: 'b' }));
  await refusedWith('FORBIDDEN', one.box.ask('agent.evidence', { agent: 'a' }, 'agent:a'));
});
