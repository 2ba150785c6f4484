import { describe, expect, it } from 'vitest';
import { toWireError } from '../../../../preload/contract/errors.ts';
import { given, type Past } from '../../../../test/harness/given.ts';
import { added, ofApproval, pin, requested } from '../../../../test/harness/given-events.ts';
import { openBox } from '../../../../test/harness/hub.ts';
import { hex, type World, world } from '../../../../test/harness/hub-ports.ts';
import { musherError } from '../../../base/result.ts';
import { selectWaiting } from '../../inbox/index.ts';
import { type ApprovalsState, selectApprovals } from '../slice.ts';
import { sayReplayed } from './say.ts';

const a = { actor: 'agent:a' as const };
const partPin = { ...pin, commit: hex('f'), base: hex('e'), fork: hex('b') };
const place = { before: 2, of: 5 };
const part = (id: string, over: object = {}): Past =>
  requested(id, 'a', { pin: { ...partPin, ...over }, place });
const in_ = (played: World, ...past: Past[]) => given(played, added('a'), ...past);
const recordsIn = (state: unknown) =>
  (state as { approvals: ApprovalsState }).approvals.byId.toJSON();

describe('a request for part of a branch', () => {
  const ask = { commit: hex('f'), from: hex('e') };

  it('is pinned to where it begins and where its branch left the target', async () => {
    const { events } = await in_(world())
      .when('approval.request', ask, a)
      .types(['approval.requested'], ['approval.pin approval/a-1']);
    expect(events[0]?.data).toMatchObject({ place, pin: { base: hex('e'), fork: hex('b') } });
    expect(events[0]?.data).not.toHaveProperty('beside');
  });

  it.each([
    ['leaves one for other commits as it is', part('p-1', { commit: hex('1') }), 'pending'],
    ['takes the place of the whole branch', requested('p-1', 'a'), 'superseded'],
  ])('%s', async (_, past, state) => {
    const after = await in_(world(), past).when('approval.request', ask, a).state();
    expect(recordsIn(after)['p-1']?.state).toBe(state);
    expect(recordsIn(after)['a-1']?.state).toBe('pending');
  });

  it('asked for twice is the one that is there, and from another commit it is not', async () => {
    const asked = in_(world(), part('p-1'));
    const { result } = await asked.when('approval.request', ask, a).decides([], []);
    expect(result).toMatchObject({ approval: 'p-1' });
    const other = { ...ask, from: hex('d') };
    const after = await asked.when('approval.request', other, a).state();
    expect(recordsIn(after)['a-1']?.pin.base).toBe(hex('d'));
  });

  it('says in one way where it begins', () =>
    in_(world())
      .when('approval.request', { ...ask, only: true }, a)
      .refused('RANGE_TWICE'));
});

describe('a yes to part of a branch', () => {
  const yes = { approval: 'p-1', commit: partPin.commit };
  const strategyBy = async (fit: object, data: object = {}) => {
    const played = world();
    played.outside.fit = { isApart: true, ...fit };
    const after = await in_(played, part('p-1'))
      .when('approval.approve', { ...yes, ...data })
      .state();
    return recordsIn(after)['p-1']?.strategy;
  };

  it('rebases where what is said for all would bring more along', async () => {
    expect(await strategyBy({})).toBe('rebase');
    expect(await strategyBy({}, { strategy: 'squash' })).toBe('squash');
    expect(await strategyBy({ isApart: false })).toBe('merge');
  });

  it.each(['merge', 'ff-only'])(
    'by %s is refused, unless the target has what comes before',
    async (strategy) => {
      await in_(world(), part('p-1'))
        .when('approval.approve', { ...yes, strategy })
        .refused('RANGE_STRATEGY');
      expect(await strategyBy({ isApart: false }, { strategy })).toBe(strategy);
    },
  );

  it.each([
    [
      'waits for what it does not apply without',
      {
        unfit: toWireError('RANGE_CONFLICTED', {
          commit: 'f',
          target: 'main',
          count: 1,
          files: 'a',
        }),
      },
      ['p-0'],
    ],
    ['waits for nothing that it does not need', {}, []],
    ['waits for what it contains once it is no longer apart', { isApart: false }, ['p-0']],
  ])('%s', async (_, fit, after) => {
    const played = world();
    played.outside.fit = { isApart: true, ...fit };
    played.outside.related = { contained: ['p-0'], containing: ['p-2', 'p-3'] };
    const others = [
      requested('p-0', 'a', { pin: { ...pin, commit: hex('1') } }),
      part('p-2', { commit: hex('2') }),
      requested('p-3', 'a', { pin: { ...pin, commit: hex('3') } }),
    ];
    const { events } = await in_(played, part('p-1'), ...others)
      .when('approval.approve', yes)
      .types(['approval.approved', 'approval.merging'], ['approval.merge merge/main']);
    // Another part says by its own yes what it needs.
    expect(events[0]?.data).toMatchObject({ after, ahead: ['p-3'] });
  });
});

describe('what the target has as copies', () => {
  const merged = { approval: 'p-1', mergeCommit: hex('9'), checkoutUpdated: false, from: hex('b') };
  const replayedBy = async (strategy: string, over: object = {}) => {
    const told = 'from' in over ? [] : ['target.advance advance/main'];
    const { events } = await in_(
      world(),
      part('p-1'),
      ofApproval('approved', 'p-1', { strategy, pin: partPin }),
      ofApproval('merging', 'p-1'),
    )
      .when('approval.merged', { ...merged, ...over }, { actor: 'system' })
      .types(['approval.merged'], ['approval.forget_result approval/p-1', ...told]);
    return (events[0]?.data as { replayed?: unknown } | undefined)?.replayed;
  };

  it('is said of a rebase and a squash', async () => {
    const facts = { commit: partPin.commit, count: 1, isRange: true };
    expect(await replayedBy('rebase')).toEqual({ how: 'rebase', ...facts });
    expect(await replayedBy('squash')).toEqual({ how: 'squash', ...facts });
  });

  it('is nothing where the commit itself came', async () => {
    expect(await replayedBy('merge')).toBeUndefined();
    expect(await replayedBy('rebase', { mergeCommit: partPin.commit })).toBeUndefined();
    expect(await replayedBy('rebase', { from: undefined })).toBeUndefined();
  });

  it.each([
    ['rebase', 3, true, '`git rebase main` drops them there and keeps the rest.'],
    ['squash', 1, true, '`git rebase main` drops it there and keeps the rest.'],
    ['squash', 3, true, 'where it stops at one of them, `git rebase --skip`.'],
    ['squash', 3, false, '`git rebase --onto main abc` keeps there what came after.'],
  ] as const)(
    'by %s of %i (a part: %s) its agent goes on by a command',
    (...[how, count, isRange, said]) =>
      expect(sayReplayed('main', { how, commit: 'abc', count, isRange })).toContain(said),
  );

  it('names no branch in a command whose name a shell would read', () =>
    expect(sayReplayed('a;b', { how: 'rebase', commit: 'c', count: 2, isRange: true })).toContain(
      'git rebase <that branch>',
    ));
});

it('one that could not be merged stays in the inbox beside another', async () => {
  const played = world();
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a' });
  await box.settle();
  const ask = async (commit: string, from: string) => {
    const asked = { commit: hex(commit), from: hex(from) };
    const { result } = await box.dispatch('approval.request', asked, a);
    await box.settle();
    return result as { approval: string; commit: string };
  };
  const first = await ask('1', '0');
  played.outside.before = (what) => {
    if (what.startsWith('merge '))
      throw musherError('COMMIT_EMPTY', { commit: '1', target: 'main' });
  };
  await box.dispatch('approval.approve', first);
  await box.settle();
  const second = await ask('3', '2');
  const states = selectApprovals(box.hub.state()).byId.values();
  expect(states.map(({ state }) => state)).toEqual(['failed', 'pending']);
  const open = Object.keys(selectWaiting(box.hub.state()).toJSON());
  expect(open).toEqual([`approval/${first.approval}`, `approval/${second.approval}`]);
});
