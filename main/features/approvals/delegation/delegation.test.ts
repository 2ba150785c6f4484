import { describe, expect, it } from 'vitest';
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import type { Actor } from '../../../../preload/contract/envelope.ts';
import { configSchema } from '../../../../preload/contract/config.ts';
import type { Table } from '../../../../preload/contract/table.ts';
import type { DecidedItem } from '../../../../preload/contract/waits.ts';
import { given } from '../../../../test/harness/given.ts';
import { added, requested } from '../../../../test/harness/given-events.ts';
import { type Box, openBox } from '../../../../test/harness/hub.ts';
import { hex, type World, world } from '../../../../test/harness/hub-ports.ts';

type InboxState = Record<'open' | 'parked', Table<unknown>>;
const rule = { name: 'docs-only', action: 'approve', paths: ['a.ts'] };

async function open(...rules: object[]): Promise<{ box: Box; played: World }> {
  const played = world();
  played.outside.configsOf = 'user';
  played.outside.configs = [configSchema.parse({ review: { delegate: rules } })];
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a' });
  await box.settle();
  return { box, played };
}

const actor: Actor = 'agent:a';
async function ask(box: Box, digit = '1'): Promise<string> {
  const { result } = await box.dispatch('approval.request', { commit: hex(digit) }, { actor });
  return (result as { approval: string }).approval;
}
const get = async (box: Box, approval: string) =>
  (await box.ask('approval.get', { approval, waitMs: 0 })) as ApprovalRecord;
const waiting = async (box: Box) =>
  ((await box.ask('inbox.list', {})) as { items: Array<{ id: string }> }).items.map(({ id }) => id);
const typesOf = async (box: Box) =>
  (
    (await box.ask('log.page', { limit: 500 })) as {
      events: Array<{ type: string; actor: string }>;
    }
  ).events;

it('what a rule approves is approved by the hub, merged, and never in the Inbox', async () => {
  const { box } = await open(rule);
  const approval = await ask(box);
  await box.settle();
  expect(await get(box, approval)).toMatchObject({
    ...{ state: 'merged', rule: 'docs-only', settledBy: 'system' },
  });
  expect(await get(box, approval)).not.toHaveProperty('considering');
  expect(await waiting(box)).toEqual([]);
  const yes = (await typesOf(box)).find(({ type }) => type === 'approval.approved');
  expect(yes).toMatchObject({ actor: 'system' });
  const { decisions } = (await box.ask('inbox.decided', {})) as { decisions: DecidedItem[] };
  expect(decisions).toMatchObject([
    {
      item: `approval/${approval}`,
      what: `Approved by rule docs-only: "work 1111" (${approval}).`,
    },
  ]);
  const mail = (await box.ask('inbox.read', {}, actor)) as { events: Array<{ text?: string }> };
  expect(JSON.stringify(mail)).toContain('Approved by rule docs-only and merged');
});

it('while rules look at it, it is out of sight', () => {
  const past = given(world(), added('a'), requested('p-1', 'a', { considering: true }));
  const { inbox } = past.state as unknown as { inbox: InboxState };
  expect([inbox.open.values().length, inbox.parked.values().length]).toEqual([0, 1]);
});

it('without rules nothing is looked at', async () => {
  const { box } = await open();
  const approval = await ask(box);
  await box.settle();
  expect(await waiting(box)).toEqual([`approval/${approval}`]);
  expect((await get(box, approval)).state).toBe('pending');
});

describe('what is left to the operator waits in the Inbox, with the reason', () => {
  it.each<[string, object, (played: World) => void, string]>([
    [
      'a link, which names do not tell',
      rule,
      ({ outside }) => {
        outside.treeChanges = [{ path: 'a.ts', before: 'file', after: 'symlink' }];
      },
      'a.ts is a symbolic link',
    ],
    [
      'a checkout in the way',
      rule,
      ({ outside }) => {
        outside.checkout = { path: '/shop', clean: true };
      },
      'checked out in /shop',
    ],
  ])('%s', async (...[, said, change, why]) => {
    const { box, played } = await open(said);
    change(played);
    const approval = await ask(box);
    await box.settle();
    expect(await waiting(box)).toEqual([`approval/${approval}`]);
    const record = await get(box, approval);
    expect(record).toMatchObject({ state: 'pending', leftBecause: expect.stringContaining(why) });
    expect(record).not.toHaveProperty('considering');
  });

  it('git that fails', async () => {
    const { box, played } = await open(rule);
    const review = played.outside;
    Object.defineProperty(review, 'treeChanges', {
      get() {
        throw new Error('no');
      },
    });
    const approval = await ask(box);
    await box.settle();
    expect((await get(box, approval)).leftBecause).toContain('Rules could not look at it');
    expect(await waiting(box)).toEqual([`approval/${approval}`]);
  });

  it('and the operator’s own yes is the operator’s', async () => {
    const { box, played } = await open(rule);
    played.outside.checkout = { path: '/shop', clean: true };
    const approval = await ask(box);
    await box.settle();
    const yes = { approval, commit: hex('1'), updateCheckout: true };
    await box.dispatch('approval.approve', yes);
    await box.settle();
    const record = await get(box, approval);
    expect(record).toMatchObject({ state: 'merged', settledBy: 'operator' });
    expect(record).not.toHaveProperty('rule');
  });
});

it('with update_checkout the files of the checkout may move along', async () => {
  const { box, played } = await open({ ...rule, update_checkout: true });
  played.outside.checkout = { path: '/shop', clean: true };
  const approval = await ask(box);
  await box.settle();
  expect((await get(box, approval)).state).toBe('merged');
});

it('a runaway turns into asking, and an hour later it may approve again', async () => {
  const { box } = await open({ ...rule, max_per_hour: 2 });
  for (const digit of ['1', '2']) {
    const approval = await ask(box, digit);
    await box.settle();
    expect((await get(box, approval)).state).toBe('merged');
  }
  const third = await ask(box, '3');
  await box.settle();
  expect((await get(box, third)).leftBecause).toContain('2 within the last hour');
  await box.advance(3_600_000);
  const fourth = await ask(box, '4');
  await box.settle();
  expect((await get(box, fourth)).state).toBe('merged');
});

it('what the merge leads to is looked at once more: the target may have moved things', async () => {
  const { box, played } = await open(rule);
  const inMerge = played.outside.gates;
  const resultOf = inMerge.resultOf.bind(inMerge);
  inMerge.resultOf = (commit) => {
    played.outside.treeChanges = [{ path: 'src/b.ts', before: 'file', after: 'file' }];
    return resultOf(commit);
  };
  const approval = await ask(box);
  await box.settle();
  const record = await get(box, approval);
  expect(record).toMatchObject({ state: 'failed', failure: { code: 'DELEGATION_UNFIT' } });
  expect(record.failure?.message).toContain('No rule fits it');
  expect(await waiting(box)).toEqual([`approval/${approval}`]);
  expect(played.outside.done).not.toContain(`merge ${approval}`);
});

it('which rule would apply is told before anything is decided, and the rules alone', async () => {
  const { box } = await open({ name: 'src', action: 'ask', paths: ['src/**'] }, rule);
  const approval = await ask(box);
  const asked = await box.ask('approval.rules', { approval });
  expect(asked).toMatchObject({
    verdict: { action: 'approve', rule: 'docs-only' },
    rules: [
      { name: 'src', action: 'ask', fits: false, why: 'it changes none of its files' },
      { name: 'docs-only', fits: true },
    ],
  });
  expect(await box.ask('approval.rules', {})).toEqual({
    rules: [
      { name: 'src', action: 'ask', origin: 'user', why: 'src/**' },
      { name: 'docs-only', action: 'approve', origin: 'user', why: 'a.ts; 20 an hour' },
    ],
  });
});
