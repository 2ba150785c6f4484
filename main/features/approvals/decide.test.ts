import { describe, expect, it } from 'vitest';
import { approvalStateSchema } from '../../../preload/contract/approval-record.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import { given, type Past } from '../../../test/harness/given.ts';
import { added, life, ofApproval, pin, requested } from '../../../test/harness/given-events.ts';
import { openBox } from '../../../test/harness/hub.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';
import { musherError } from '../../base/result.ts';
import { type ApprovalsState, selectApprovals } from './slice.ts';

const a = 'agent:a' as const;
const destroyed = life.destroyed?.('d') ?? [];
const subject = { approval: 'p-1', agent: 'a', title: 'Work' };
const error = toWireError('GIT_FAILED', { subcommand: 'merge', reason: 'no' });
const failed = (data: object = {}) => ofApproval('failed', 'p-1', { error, ...data });

/** How an approval comes into each state. */
const story: Record<string, Past[]> = {
  pending: [],
  approved: [ofApproval('approved', 'p-1')],
  merging: [ofApproval('approved', 'p-1'), ofApproval('merging', 'p-1')],
  merged: [ofApproval('approved', 'p-1'), ofApproval('merged', 'p-1', { mergeCommit: hex('e') })],
  failed: [ofApproval('approved', 'p-1'), failed()],
  conflicted: [ofApproval('approved', 'p-1'), failed({ conflicts: ['a.ts'] })],
  denied: [ofApproval('denied', 'p-1')],
  withdrawn: [ofApproval('withdrawn', 'p-1')],
  superseded: [ofApproval('superseded', 'p-1', { by: 'a-2' })],
};
const states = approvalStateSchema.options;
const undecided = ['pending', 'failed', 'conflicted'];
const in_ = (state: string, checkout?: { path: string; clean: boolean }) => {
  const played = world();
  if (checkout !== undefined) played.outside.checkout = checkout;
  return given(
    played,
    added('a'),
    added('b'),
    ...destroyed,
    requested('p-1', 'a'),
    ...(story[state] ?? []),
  );
};
const recordsIn = (state: unknown) =>
  (state as { approvals: ApprovalsState }).approvals.byId.toJSON();
const approve = (seen: object = {}) => ({ approval: 'p-1', commit: pin.commit, ...seen });

it.each(states)('a story leads to %s', (state) =>
  expect(recordsIn(in_(state).state)['p-1']?.state).toBe(state),
);

describe('approval.request', () => {
  const facts = {
    ...{ pin, files: [{ path: 'a.ts', status: 'modified', additions: 2, deletions: 1 }] },
    ...{ fileCount: 1, additions: 2, deletions: 1, commitCount: 1 },
  };
  it('is pinned to what was examined, and has that kept', () =>
    given(world(), added('a'))
      .when('approval.request', { commit: pin.commit.toUpperCase() }, { actor: a })
      .leadsTo(
        [['approval.requested', { approval: 'a-1', agent: 'a', title: 'work aaaa', ...facts }]],
        ['approval.pin approval/a-1'],
      ));

  it('of the same commit, diff and target is the request that is there', async () => {
    const { result } = await in_('pending')
      .when('approval.request', { commit: pin.commit }, { actor: a })
      .decides([], []);
    expect(result).toEqual({ approval: 'p-1', commit: pin.commit });
  });

  it.each([
    ['another commit', { commit: hex('f') }],
    ['another target', { commit: pin.commit, target: 'next' }],
  ])('of %s takes the place of one that is pending', async (_, data) => {
    const asked = in_('pending').when('approval.request', data, { actor: a });
    const records = recordsIn(await asked.state());
    expect(records['p-1']).toMatchObject({ state: 'superseded', settledBy: a });
    expect(records['a-1']).toMatchObject({ state: 'pending', agent: 'a' });
  });

  it.each(states)(
    'leaves one that is %s as it is, unless the operator could still decide it',
    async (state) => {
      const after = await in_(state)
        .when('approval.request', { commit: hex('f') }, { actor: a })
        .state();
      expect(recordsIn(after)['p-1']?.state).toBe(undecided.includes(state) ? 'superseded' : state);
    },
  );

  it('takes the place of nothing of others', async () => {
    const after = await in_('pending')
      .when('approval.request', { commit: hex('f') }, { actor: 'agent:b' })
      .state();
    expect(recordsIn(after)['p-1']?.state).toBe('pending');
  });

  it.each([
    [{ commit: 'main' }, a, 'BODY_INVALID'],
    [{ commit: 'abcd' }, a, 'COMMIT_UNKNOWN'],
    [{ commit: hex('f') }, 'agent:z', 'AGENT_UNKNOWN'],
    [{ commit: hex('f') }, 'agent:d', 'AGENT_NOT_IN_STATE'],
  ] as const)('%j by %s is refused as %s', (...row) => {
    const [data, actor, code] = row;
    return in_('pending').when('approval.request', data, { actor }).refused(code);
  });
});

const plainYes = { updateCheckout: false, strategy: 'merge', after: [], ahead: [] };

describe('approval.approve', () => {
  it.each([
    ['the full commit', approve()],
    ['the commit and its diff', approve({ diffHash: pin.diffHash })],
    ['the beginning of the commit', approve({ commit: 'AAAAAAA' })],
  ])('of %s merges exactly the pin', async (_, data) => {
    const { effects } = await in_('pending')
      .when('approval.approve', data)
      .decides(
        [
          ['approval.approved', { ...subject, pin, ...plainYes }],
          ['approval.merging', subject],
        ],
        ['approval.merge merge/main'],
      );
    expect(effects?.[0]?.data).toMatchObject({ approval: 'p-1', pin, updateCheckout: false });
  });

  describe('of a target that is checked out', () => {
    const at = { path: '/shop', clean: true };

    it('is refused when nobody said that the files there may change', async () => {
      const told = await in_('pending', at)
        .when('approval.approve', approve())
        .refusal('TARGET_CHECKED_OUT');
      expect(told.wire.message).toContain('/shop');
    });

    it('is taken when somebody did', () =>
      in_('pending', at)
        .when('approval.approve', approve({ updateCheckout: true }))
        .taken());

    it('and not as it was seen is refused for that', () =>
      in_('pending', at)
        .when('approval.approve', approve({ commit: hex('b') }))
        .refused('APPROVAL_MOVED'));
  });

  it.each([
    ['another commit', { commit: hex('b') }],
    ['a commit that begins otherwise', { commit: 'aaaaaab' }],
    ['a name', { commit: 'HEAD~0000' }],
    ['another diff', { diffHash: hex('e', 64) }],
    ['no diff', { diffHash: '' }],
  ])('of %s is refused', async (_, seen) => {
    const refusal = await in_('pending')
      .when('approval.approve', approve(seen))
      .refusal('APPROVAL_MOVED');
    expect(refusal.wire.details).toMatchObject({ approval: 'p-1' });
  });

  it.each(['failed', 'conflicted'])(
    'of one that is %s tries again, without its old failure',
    async (state) => {
      const after = await in_(state).when('approval.approve', approve()).state();
      const record = recordsIn(after)['p-1'];
      const old = [record?.conflicts, record?.failure];
      expect([record?.state, ...old]).toEqual(['merging', undefined, undefined]);
    },
  );
});

const verdicts = [
  ['approval.approve', approve()],
  ['approval.deny', { approval: 'p-1', note: 'no' }],
  ['approval.withdraw', { approval: 'p-1' }],
] as const;
describe.each(verdicts)('%s', (command, data) => {
  // What waits in the queue can still be taken back.
  const taken = command === 'approval.withdraw' ? [...undecided, 'approved'] : undecided;
  it.each(taken)('is taken when %s', (state) => in_(state).when(command, data).taken());
  it.each(states.filter((state) => !taken.includes(state)))('is refused when %s', async (state) => {
    const refusal = await in_(state).when(command, data).refusal('APPROVAL_NOT_PENDING');
    if (state === 'superseded') expect(refusal.wire.mend).toContain('newest request');
  });
  it('of one that nobody knows is refused', () =>
    in_('pending')
      .when(command, { ...data, approval: 'p-9' })
      .refused('APPROVAL_UNKNOWN'));
});

it('a no keeps its note', async () => {
  const after = await in_('pending')
    .when('approval.deny', { approval: 'p-1', note: 'tests' })
    .state();
  expect(recordsIn(after)['p-1']).toMatchObject({
    state: 'denied',
    note: 'tests',
    settledBy: 'operator',
  });
});

describe('approval.withdraw', () => {
  it.each([a, 'operator'] as const)('by %s', (actor) =>
    in_('pending')
      .when('approval.withdraw', { approval: 'p-1' }, { actor })
      .leadsTo([['approval.withdrawn', subject]]),
  );
  it('by another agent is refused', () =>
    in_('pending')
      .when('approval.withdraw', { approval: 'p-1' }, { actor: 'agent:b' })
      .refused('APPROVAL_NOT_YOURS'));
});

describe('what the merge reports', () => {
  const system = { actor: 'system' as const };
  const merged = { approval: 'p-1', mergeCommit: hex('e'), checkoutUpdated: true };
  it.each(['approved', 'merging'])('ends one that is %s', async (state) => {
    const done = await in_(state).when('approval.merged', merged, system).state();
    expect(recordsIn(done)['p-1']).toMatchObject({
      ...{ state: 'merged', mergeCommit: hex('e'), settledBy: 'operator' },
    });
    const not = await in_(state)
      .when('approval.failed', { approval: 'p-1', error }, system)
      .state();
    expect(recordsIn(not)['p-1']).toMatchObject({ state: 'failed', failure: error });
    const conflicts = ['a.ts'];
    const both = { approval: 'p-1', error, conflicts };
    const stuck = await in_(state).when('approval.failed', both, system).state();
    expect(recordsIn(stuck)['p-1']).toMatchObject({ state: 'conflicted', conflicts });
  });
  it.each(states.filter((state) => !['approved', 'merging'].includes(state)))(
    'is refused when %s',
    async (state) => {
      await in_(state).when('approval.merged', merged, system).refused('APPROVAL_NOT_PENDING');
      await in_(state)
        .when('approval.failed', { approval: 'p-1', error }, system)
        .refused('APPROVAL_NOT_PENDING');
    },
  );
  it('says once that the merge began', async () => {
    await in_('approved')
      .when('approval.merging', { approval: 'p-1' }, system)
      .leadsTo([['approval.merging', subject]]);
    await in_('merging').when('approval.merging', { approval: 'p-1' }, system).leadsTo([]);
  });
  it.each(['approval.merging', 'approval.merged', 'approval.failed'])(
    '%s of none is refused',
    (command) =>
      given(world())
        .when(command, { ...merged, error }, system)
        .refused('APPROVAL_UNKNOWN'),
  );
});

describe('a commit that could not be kept', () => {
  const system = { actor: 'system' as const };
  const report = { approval: 'p-1', error };
  it.each(states)('is told while a yes can still be said: %s', (state) =>
    in_(state)
      .when('approval.unpinned', report, system)
      .leadsTo(undecided.includes(state) ? [['approval.unpinned', { ...subject, error }]] : []),
  );
  it('stands in the record until a yes tries again', async () => {
    const told = in_('pending').when('approval.unpinned', report, system);
    expect(recordsIn(await told.state())['p-1']).toMatchObject({
      ...{ state: 'pending', unpinned: error },
    });
    const past = [ofApproval('unpinned', 'p-1', { error }), ofApproval('approved', 'p-1')];
    const { state } = given(world(), added('a'), requested('p-1', 'a'), ...past);
    expect(recordsIn(state)['p-1']?.unpinned).toBeUndefined();
  });
  it('is what a pin that fails reports', async () => {
    const { outside, features } = world();
    outside.before = (deed) => {
      if (deed.startsWith('pin'))
        throw musherError('GIT_FAILED', { subcommand: 'update-ref', reason: 'full' });
    };
    const box = await openBox({ features });
    await box.dispatch('agent.add', { name: 'a' });
    await box.dispatch('approval.request', { commit: pin.commit }, { actor: a });
    await box.settle();
    const [approval] = selectApprovals(box.hub.state()).byId.values();
    expect(approval).toMatchObject({ state: 'pending', unpinned: { code: 'GIT_FAILED' } });
  });
});

it.each(states)('of an agent that is gone nothing waits: %s', (state) => {
  const gone: Past = { type: 'agent.destroyed', actor: 'system', data: { agent: 'a' } };
  const past = [added('a'), requested('p-1', 'a'), ...(story[state] ?? []), gone];
  const record = recordsIn(given(world(), ...past).state)['p-1'];
  expect(record?.state).toBe(undecided.includes(state) ? 'withdrawn' : state);
});
