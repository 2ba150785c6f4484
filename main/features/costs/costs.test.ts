import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../preload/contract/config.ts';
import type { CostReport } from '../../../preload/contract/cost-report.ts';
import { TestClock } from '../../../test/harness/clock.ts';
import { type Box, openBox } from '../../../test/harness/hub.ts';
import { memoryStore, newTables } from '../../../test/harness/hub-memory-store.ts';
import { type World, world } from '../../../test/harness/hub-ports.ts';
import { selectAgents } from '../agents/index.ts';
import { selectWaiting } from '../inbox/index.ts';

interface One {
  readonly box: Box;
  readonly played: World;
}

const price = { input: 3, output: 15, cache_read: 0.3, cache_write: 3.75 };
const prices = { 'claude-*': price };

async function open(costs: object = {}, tables = newTables()): Promise<One> {
  const clock = new TestClock();
  const played = world();
  played.outside.configs = [configSchema.parse({ costs })];
  const store = memoryStore(() => clock.now(), tables);
  return { box: await openBox({ features: played.features, clock, store }), played };
}

const add = ({ box }: One, name = 'a') => box.dispatch('agent.add', { name, profile: 'claude' });

/** A million tokens read anew are 3 dollars. */
let record = 0;
function tell({ box }: One, input: number, { agent = 'a', model = 'claude-x', ...more } = {}) {
  const used = { input, output: 0, cacheRead: 0, cacheWrite: 0, requests: 1 };
  const row = { model, hourMs: box.clock.now(), ...used };
  const data = { record: `claude/${++record}`, at: 0, to: 100, rows: [row], ...more };
  return box.dispatch('cost.tell', data, { actor: `agent:${agent}` });
}

const report = ({ box }: One, ask: object = {}) =>
  box.ask('cost.report', ask) as Promise<CostReport>;
const told = ({ box }: One, type: string) =>
  box.store.page({ after: 0, limit: 10_000, type }).map(({ data }) => data);
const notices = ({ box }: One) =>
  selectWaiting(box.hub.state())
    .values()
    .map(({ title }) => title);
const agentOf = ({ box }: One, name = 'a') => selectAgents(box.hub.state()).byId.get(name);

describe('a tell', () => {
  it('is taken once, after what it names', async () => {
    const one = await open({ prices });
    await add(one);
    await tell(one, 1_000_000, { record: 'claude/c' } as object);
    const again = tell(one, 1_000_000, { record: 'claude/c' } as object);
    await expect(again).rejects.toThrow('was told 1 times, and this tell comes after 0');
    expect((await report(one)).total).toMatchObject({ input: 1_000_000, usd: 3, requests: 1 });
  });

  it('is of the story that the agent has then', async () => {
    const one = await open({ prices });
    await add(one);
    const titled = async (title: string) => {
      const { result } = await one.box.dispatch('story.add', { title });
      return (result as { story: string }).story;
    };
    const [first, second] = [await titled('one'), await titled('two')];
    for (const story of [first, second]) {
      await one.box.dispatch('story.assign', { story, agent: 'a' });
      await one.box.dispatch('story.move', { story, to: 'coding' });
      await tell(one, story === first ? 1_000_000 : 2_000_000);
      await one.box.dispatch('story.close', { story }).catch(() => undefined);
      await one.box.dispatch('story.move', { story, to: 'backlog' });
      await one.box.dispatch('story.unassign', { story });
    }
    await tell(one, 500_000);
    const { lines } = await report(one, { by: 'story' });
    expect(lines.map(({ key, usd }) => [key, usd])).toEqual([
      [second, 6],
      [first, 3],
      ['', 1.5],
    ]);
  });

  it('of an hour to come is of this one', async () => {
    const one = await open();
    await add(one);
    const row = { model: 'm', hourMs: 9e14, input: 5, output: 0, cacheRead: 0, cacheWrite: 0 };
    const data = { record: 'x/1', at: 0, to: 1, rows: [{ ...row, requests: 1 }] };
    await one.box.dispatch('cost.tell', data, { actor: 'agent:a' });
    expect((await report(one)).total.input).toBe(5);
  });
});

describe('money', () => {
  it('comes of the price that fits best, and a corrected price corrects what was', async () => {
    const one = await open({ prices: { ...prices, 'claude-x*': { ...price, input: 5 } } });
    await add(one);
    await tell(one, 1_000_000);
    await tell(one, 1_000_000, { model: 'claude-y' });
    expect((await report(one, { by: 'model' })).lines).toMatchObject([
      { key: 'claude-x', usd: 5, share: 0.625 },
      { key: 'claude-y', usd: 3 },
    ]);
    one.played.outside.configs = [configSchema.parse({ costs: { prices } })];
    expect((await report(one)).total.usd).toBe(6);
  });

  it('is none without a price, which is said, with the lines that would give one', async () => {
    const one = await open();
    await add(one);
    await tell(one, 1_000_000);
    const { total, snippet, models } = await report(one);
    expect(total).toMatchObject({ usd: 0, unpriced: 1_000_000 });
    expect(models).toEqual([{ model: 'claude-x', tokens: 1_000_000, toldUsd: 0 }]);
    expect(snippet).toContain('[costs.prices."claude-x"]');
  });

  it('that its CLI tells as a sum is of the tokens without a price, and counts once', async () => {
    const one = await open({ prices });
    await add(one);
    await tell(one, 1_000_000);
    await tell(one, 1_000_000, { model: 'other' });
    for (const costUsd of [4, 7])
      await one.box.dispatch('agent.usage', { costUsd }, { actor: 'agent:a' });
    const { total, lines } = await report(one, { by: 'model' });
    expect(total).toMatchObject({ usd: 7, toldUsd: 4, unpriced: 0 });
    expect(lines.map(({ key, usd }) => [key, usd])).toEqual([
      ['other', 4],
      ['claude-x', 3],
    ]);
  });
});

describe('a budget', () => {
  const budget = (more: object = {}) => ({ prices, budgets: { day_usd: 10, ...more } });

  it('is told when it is nearly used, once, and stops its agents when it is used up', async () => {
    const tables = newTables();
    const one = await open(budget(), tables);
    await add(one);
    await tell(one, 2_700_000);
    await one.box.advance(500);
    await one.box.advance(60_000);
    expect(told(one, 'cost.budget_told')).toMatchObject([{ budget: 'day', is: 'near', of: 10 }]);
    expect(notices(one)).toEqual(['Today’s budget is nearly used: $8.10 of $10.00']);
    expect(agentOf(one)?.state).toBe('running');
    await tell(one, 1_000_000);
    await one.box.advance(500);
    expect(agentOf(one)).toMatchObject({ state: 'stopped', failure: { code: 'BUDGET_SPENT' } });
    expect(agentOf(one)?.failure?.mend).toContain('musher costs raise day --usd 15');
    expect(notices(one)).toContain(
      'Today’s budget is used up: $11.10 of $10.00; its agents are stopped',
    );
    await one.box.advance(60_000);
    one.box.crash();
    const after = await open(budget(), tables);
    await after.box.advance(60_000);
    expect(told(after, 'cost.budget_told')).toHaveLength(2);
  });

  it('that is raised lets its agents go on, today', async () => {
    const one = await open(budget());
    await add(one);
    await tell(one, 4_000_000);
    await one.box.advance(500);
    await one.box.dispatch('agent.start', { agent: 'a' });
    await one.box.advance(500);
    expect(agentOf(one)?.state).toBe('stopped');
    await one.box.dispatch('cost.raise', { budget: 'day', usd: 20 });
    await one.box.dispatch('agent.start', { agent: 'a' });
    await one.box.advance(1_000);
    expect(agentOf(one)?.state).toBe('running');
    expect((await report(one)).budgets).toMatchObject([{ of: 20, raisedFrom: 10, is: [] }]);
    expect(notices(one)).toEqual([]);
    one.box.clock.setWall(one.box.clock.now() + 25 * 3_600_000);
    expect((await report(one)).budgets).toMatchObject([{ of: 10, used: 0, is: [] }]);
  });

  it('of a profile or a story stops those alone', async () => {
    const one = await open({
      prices,
      budgets: { story_usd: 5, profiles: { claude: { day_usd: 99 } } },
    });
    await add(one);
    await add(one, 'b');
    const { result } = await one.box.dispatch('story.add', { title: 'X' });
    const { story } = result as { story: string };
    await one.box.dispatch('story.assign', { story, agent: 'b' });
    await one.box.dispatch('story.move', { story, to: 'coding' });
    await tell(one, 2_000_000);
    await tell(one, 2_000_000, { agent: 'b' });
    await one.box.advance(500);
    expect([agentOf(one)?.state, agentOf(one, 'b')?.state]).toEqual(['running', 'stopped']);
    expect((await report(one)).budgets).toMatchObject([
      { budget: `story/${story}`, used: 6, is: ['spent'] },
      { budget: 'profile/claude', used: 12, of: 99, is: [] },
    ]);
  });

  it('in dollars says that it cannot be kept where tokens have no price; one of tokens is kept', async () => {
    const one = await open({ budgets: { day_usd: 10, day_tokens: 1_500, stop: false } });
    await add(one);
    await tell(one, 1_400);
    await one.box.advance(500);
    expect(told(one, 'cost.budget_told')).toMatchObject([
      { unit: 'usd', is: 'blind', unpriced: ['claude-x'] },
      { unit: 'tokens', is: 'near', used: 1_400 },
    ]);
    await tell(one, 1_000);
    await one.box.advance(500);
    expect(agentOf(one)?.state).toBe('running');
    expect(notices(one)).toEqual([
      'Today’s budget of $10.00 cannot be kept: these models have no price: claude-x',
      'Today’s budget is used up: 2.4k tokens of 1.5k tokens; nothing is stopped by it',
    ]);
  });

  it.each([
    [{ budget: 'day', usd: 5 }, 'is $10.00 already, and $5.00 is no more'],
    [{ budget: 'day', tokens: 5 }, 'no budget "day" in tokens'],
    [{ budget: 'story/s-9', usd: 5 }, 'no budget "story/s-9"'],
    [{ budget: 'day' }, 'found neither'],
  ])('is not raised by %j', async (data, said) => {
    const one = await open(budget());
    await expect(one.box.dispatch('cost.raise', data)).rejects.toThrow(said);
  });
});
