import { describe, expect, it } from 'vitest';
import { approvalStateSchema } from '../../../../preload/contract/approval-record.ts';
import { configSchema } from '../../../../preload/contract/config.ts';
import { toWireError } from '../../../../preload/contract/errors.ts';
import { given, type Past } from '../../../../test/harness/given.ts';
import { added, life, ofApproval, pin, requested } from '../../../../test/harness/given-events.ts';
import { TestClock } from '../../../../test/harness/clock.ts';
import { openBox } from '../../../../test/harness/hub.ts';
import { hex, world } from '../../../../test/harness/hub-ports.ts';
import { memoryStore } from '../../../../test/harness/hub-memory-store.ts';
import { standingOnes } from './stands.ts';
import { type ApprovalsState, selectApprovals } from '../slice.ts';

const system = { actor: 'system' } as const;
const error = toWireError('GIT_FAILED', { subcommand: 'merge', reason: 'no' });
const dayMs = 24 * 3_600_000;

/** What becomes of a request whose branch has left its commit, by the state it is in. */
const story: Record<string, { past: Past[]; goes: boolean }> = {
  pending: { past: [], goes: true },
  failed: {
    past: [ofApproval('approved', 'p-1'), ofApproval('failed', 'p-1', { error })],
    goes: true,
  },
  conflicted: {
    past: [ofApproval('approved', 'p-1'), ofApproval('failed', 'p-1', { error, conflicts: ['a'] })],
    goes: true,
  },
  approved: { past: [ofApproval('approved', 'p-1')], goes: false },
  merging: { past: [ofApproval('approved', 'p-1'), ofApproval('merging', 'p-1')], goes: false },
  merged: { past: [ofApproval('approved', 'p-1'), ofApproval('merged', 'p-1')], goes: false },
  denied: { past: [ofApproval('denied', 'p-1')], goes: false },
  withdrawn: { past: [ofApproval('withdrawn', 'p-1')], goes: false },
  superseded: { past: [ofApproval('superseded', 'p-1', { by: 'a-2' })], goes: false },
};
const in_ = (state: string, played = world()) =>
  given(played, added('a'), requested('p-1', 'a'), ...(story[state]?.past ?? []));
const record = (state: unknown) =>
  (state as { approvals: ApprovalsState }).approvals.byId.get('p-1');

const branch = 'agent/a';
const left = { approval: 'p-1', branch, tip: hex('f'), holds: false, newer: 0 };
const ahead = (tip: string, newer: number) => ({
  approval: 'p-1',
  ...{ branch, tip, holds: true, newer },
});

describe('a branch that moved', () => {
  it.each(approvalStateSchema.options)('and has the commit no more, of one that is %s', (state) => {
    const reason = { kind: 'left-branch', branch, commit: pin.commit, tip: hex('f') };
    const subject = { approval: 'p-1', agent: 'a', title: 'Work' };
    return in_(state)
      .when('approval.tell_branch', left, system)
      .leadsTo(story[state]?.goes ? [['approval.withdrawn', { ...subject, reason }]] : []);
  });

  it('withdraws it by the hub, whoever had approved it', async () => {
    const after = await in_('failed').when('approval.tell_branch', left, system).state();
    expect(record(after)).toMatchObject({
      ...{ state: 'withdrawn', settledBy: 'system' },
      withdrawal: { kind: 'left-branch', tip: hex('f') },
    });
  });

  it('and has others on top is said, once, until it is back', async () => {
    const on = await in_('pending')
      .when('approval.tell_branch', ahead(hex('f'), 2), system)
      .state();
    expect(record(on)).toMatchObject({ state: 'pending', newer: { tip: hex('f'), count: 2 } });
    const moved = ofApproval('branch_moved', 'p-1', { branch, newer: { tip: hex('f'), count: 2 } });
    const past = given(world(), added('a'), requested('p-1', 'a'), moved);
    await past.when('approval.tell_branch', ahead(hex('f'), 2), system).leadsTo([]);
    const back = await past.when('approval.tell_branch', ahead(pin.commit, 0), system).state();
    expect(record(back)).not.toHaveProperty('newer');
  });

  it('leaves a yes to what it withdrew refused, with why', async () => {
    const reason = { kind: 'left-branch', branch, commit: pin.commit };
    const gone = given(
      world(),
      added('a'),
      requested('p-1', 'a'),
      ofApproval('withdrawn', 'p-1', { reason }),
    );
    const refused = await gone
      .when('approval.approve', { approval: 'p-1', commit: pin.commit })
      .refusal('APPROVAL_NOT_PENDING');
    expect(refused.wire.mend).toContain('the branch agent/a is gone');
  });
});

describe('[review] expire_days', () => {
  const limited = (days: number) => {
    const played = world();
    played.outside.configs = [configSchema.parse({ review: { expire_days: days } })];
    return played;
  };
  const ofRequests = (commands: readonly { type: string }[]) =>
    commands.filter(({ type }) => type === 'approval.expire');

  it('unset, nothing is ever due', () =>
    expect(ofRequests(in_('pending').due(1_000 * dayMs))).toEqual([]));

  it.each(Object.keys(story))('is of what waits for a first word: %s', (state) => {
    const past = in_(state, limited(3));
    expect(ofRequests(past.due(3 * dayMs - 1))).toEqual([]);
    const data = { approval: 'p-1', days: 3 };
    const due = state === 'pending' ? [{ type: 'approval.expire', data }] : [];
    expect(ofRequests(past.due(3 * dayMs))).toEqual(due);
  });

  it('withdraws it by the clock of the hub, not before', async () => {
    const data = { approval: 'p-1', days: 3 };
    const past = in_('pending');
    await past.when('approval.expire', data, { ...system, atMs: 3 * dayMs - 1 }).leadsTo([]);
    const reason = { kind: 'expired', commit: pin.commit, days: 3 };
    await past
      .when('approval.expire', data, { ...system, atMs: 3 * dayMs })
      .leadsTo([['approval.withdrawn', { approval: 'p-1', agent: 'a', title: 'Work', reason }]]);
    await in_('approved')
      .when('approval.expire', data, { ...system, atMs: 4 * dayMs })
      .leadsTo([]);
  });

  it('is over also while no hub runs, and its agent is told', async () => {
    const store = memoryStore();
    const first = await openBox({ features: limited(3).features, store });
    await first.dispatch('agent.add', { name: 'a' });
    const commit = hex('1');
    await first.dispatch('approval.request', { commit }, { actor: 'agent:a' });
    first.crash();
    const clock = new TestClock();
    clock.advance(4 * dayMs);
    const box = await openBox({ features: limited(3).features, store, clock });
    await box.advance(1_000);
    expect((await waiting(box)).filter((id) => id.startsWith('approval/'))).toEqual([]);
    expect(await mailOf(box)).toMatch(
      /withdrawn by Musher: nobody decided it within 3 days.*request-approval 1{40}/,
    );
  });
});

type Box = Awaited<ReturnType<typeof openBox>>;
const waiting = async (box: Box) =>
  ((await box.ask('inbox.list')) as { items: { id: string }[] }).items.map(({ id }) => id);
const mailOf = async (box: Box) =>
  ((await box.ask('inbox.read', {}, 'agent:a')) as { items: { text: string }[] }).items.at(-1)
    ?.text ?? '';

describe('the watch over branches', () => {
  async function open(store = memoryStore()) {
    const played = world();
    const box = await openBox({ features: played.features, store });
    await box.dispatch('agent.add', { name: 'a' });
    const { result } = await box.dispatch(
      'approval.request',
      { commit: hex('1') },
      { actor: 'agent:a' },
    );
    const { approval } = result as { approval: string };
    return {
      ...{ box, approval, outside: played.outside },
      looks: () => played.outside.done.filter((deed) => deed.startsWith('look')).length,
      record: () => selectApprovals(box.hub.state()).byId.get(approval),
    };
  }

  it('takes a request out of the Inbox whose commit is gone, and tells its agent the next step', async () => {
    const { box, outside, record: one } = await open();
    expect(await waiting(box)).toHaveLength(1);
    outside.branches.move(branch, { tip: hex('2'), holds: false });
    await box.settle();
    expect(one()?.state).toBe('withdrawn');
    expect(await waiting(box)).toEqual([]);
    expect(await mailOf(box)).toMatch(
      /its commit 1{10} is no longer on agent\/a, which is at 2{10} now\. Ask again.*request-approval 2{40}/,
    );
  });

  it('of a branch that is gone says how to have it again', async () => {
    const { box, outside } = await open();
    outside.branches.move(branch, { holds: false });
    await box.settle();
    expect(await mailOf(box)).toMatch(/is gone.*git branch agent\/a 1{40}/);
  });

  it('says how many are newer, and leaves alone what was approved', async () => {
    const { box, outside, record: one, approval } = await open();
    outside.branches.move(branch, { tip: hex('2'), newer: 2 });
    await box.settle();
    expect(one()).toMatchObject({ state: 'pending', newer: { count: 2 } });
    await box.dispatch('queue.hold', {});
    await box.dispatch('approval.approve', { approval, commit: hex('1') });
    outside.branches.move(branch, { tip: hex('3'), holds: false });
    await box.settle();
    expect(one()?.state).toBe('approved');
    await box.dispatch('queue.release', {});
    await box.settle();
    expect(one()?.state).toBe('merged');
  });

  it('learns after a restart what moved meanwhile, once', async () => {
    const store = memoryStore();
    const first = await open(store);
    first.box.crash();
    const played = world();
    played.outside.branches.put(branch, { tip: hex('2'), newer: 1 });
    const second = await openBox({ features: played.features, store });
    await second.settle();
    const now = () => selectApprovals(second.hub.state()).byId.get(first.approval);
    expect(now()).toMatchObject({ state: 'pending', newer: { count: 1 } });
    const { seq } = second.hub.head();
    second.crash();
    const third = await openBox({ features: played.features, store });
    await third.settle();
    expect(third.hub.head().seq).toBe(seq);
  });

  it('tries again what could not be looked at, and withdraws nothing by guessing', async () => {
    const { box, outside, record: one, looks } = await open();
    outside.before = (deed) => {
      if (deed.startsWith('look')) throw new Error('index.lock');
    };
    outside.branches.move(branch, { tip: hex('2'), holds: false });
    await box.settle();
    expect(one()?.state).toBe('pending');
    outside.before = () => undefined;
    await box.advance(30_000);
    expect(one()?.state).toBe('withdrawn');
    expect(looks()).toBe(1);
  });

  it.each([
    ['running', [branch]],
    ['destroying', []],
  ] as const)('is for requests of an agent that is %s', (state, watched) => {
    const past = [
      ...(life[state]?.('a') ?? []),
      requested('p-1', 'a'),
      requested('p-2', 'operator'),
    ];
    const now = given(world(), ...past);
    const standing = standingOnes(now.state, selectApprovals(now.state));
    expect(standing.map((one) => one.branch)).toEqual(watched);
  });
});
