import { describe, expect, it } from 'vitest';
import { hex } from '../../../test/harness/hub-ports.ts';
import { openLanding } from '../../../test/harness/landing-box.ts';

const conflict = { target: 'main', files: 'a.ts' };

describe('a merge that fails', () => {
  it('is tried again with the commit that the operator names, which is asked for anew', async () => {
    const on = await openLanding();
    on.mergesFail('MERGE_CONFLICTED', conflict);
    const story = await on.submitted();
    await on.gatesEnd(0);
    on.mergesFail();
    await on.go('story.move', { story, to: 'merge', commit: hex('c') });
    await on.gatesEnd(0);
    expect(on.place(story)).toMatchObject({ stage: 'done', merge: { commit: hex('c') } });
  });

  it('by a conflict goes to a merge agent, whose commit is checked and merged like any', async () => {
    const on = await openLanding();
    on.mergesFail('MERGE_CONFLICTED', conflict);
    const story = await on.submitted();
    await on.gatesEnd(0);
    const mender = `merge-${story}`;
    expect(on.place(story)).toMatchObject({ stage: 'merge_failed', kind: 'conflict' });
    expect(on.owner(story)).toBe(mender);
    expect(on.agent(mender)?.prompt).toMatch(/git merge main.*musher story submit/s);
    expect(on.played.outside.startedAt).toEqual([hex('a')]);
    expect(await on.waiting()).toEqual([]);
    on.mergesFail();
    await on.submit(story, hex('c'), mender);
    expect(on.place(story).stage).toBe('qa');
    await on.gatesEnd(0);
    expect(on.place(story)).toMatchObject({ stage: 'done', merge: { commit: hex('c') } });
    expect(on.approvals()).toMatchObject([
      { state: 'withdrawn' },
      { state: 'merged', agent: mender },
    ]);
    expect(on.agent(mender)?.state).toBe('destroyed');
    await on.box.advance(4 * 3_600_000 + 2_000);
    await on.settle();
    expect(on.place(story).stage).toBe('archived');
    expect(on.agent(mender)).toBeUndefined();
  });

  it('three times in a row blocks the story, which stands in the Inbox until it moves; unblocked, it is tried again', async () => {
    const on = await openLanding();
    on.mergesFail('MERGE_CONFLICTED', conflict);
    const story = await on.submitted();
    await on.gatesEnd(0);
    for (const digit of ['1', '2']) {
      await on.submit(story, hex(digit), on.owner(story));
      await on.gatesEnd(0);
    }
    expect(on.place(story)).toMatchObject({
      stage: 'blocked',
      reason: expect.stringContaining('failed 3 times in a row'),
    });
    expect(await on.waiting()).toEqual([`story/${story}`]);
    on.mergesFail();
    await on.go('story.unblock', { story });
    await on.gatesEnd(0);
    expect(on.place(story).stage).toBe('done');
    expect(await on.waiting()).toEqual([]);
  });

  it('does not count while a merge agent works', async () => {
    const on = await openLanding();
    on.mergesFail('MERGE_CONFLICTED', conflict);
    const story = await on.submitted();
    await on.gatesEnd(0);
    for (let times = 0; times < 4; times += 1) await on.go('story.move', { story, to: 'merge' });
    expect(on.place(story).stage).toBe('merge_failed');
    expect(on.agent(`merge-${story}`)?.state).toBe('running');
  });

  it('is left to a person once as many merge agents ended without a result', async () => {
    const on = await openLanding();
    on.mergesFail('MERGE_CONFLICTED', conflict);
    const story = await on.submitted();
    await on.gatesEnd(0);
    for (const name of [`merge-${story}`, `merge-${story}-2`, `merge-${story}-3`]) {
      expect(on.owner(story)).toBe(name);
      on.played.outside.exit({ id: `${name}.1`, exitCode: 0, signal: null });
      await on.settle();
    }
    expect(on.place(story)).toMatchObject({
      stage: 'blocked',
      reason: expect.stringContaining('3 merge agents ended'),
    });
  });

  it.each<['COMMIT_EMPTY' | 'TARGET_DIRTY', object, string]>([
    ['COMMIT_EMPTY', { commit: 'c', target: 'main' }, 'There is no code in it'],
    ['TARGET_DIRTY', { target: 'main', path: '/shop' }, 'clean it up'],
  ])('by %s is for a person, and never done', async (code, params, why) => {
    const on = await openLanding();
    on.mergesFail(code, params as Record<string, string>);
    const story = await on.submitted();
    await on.gatesEnd(0);
    expect(on.place(story)).toMatchObject({
      stage: 'blocked',
      reason: expect.stringContaining(why),
    });
    expect(on.approvals()).toMatchObject([{ state: 'withdrawn' }]);
  });

  it('by a target that moves is tried again by itself', async () => {
    const on = await openLanding();
    on.mergesFail('TARGET_MOVED', { target: 'main', expected: 'a', found: 'b' });
    const story = await on.submitted();
    await on.gatesEnd(0);
    expect(on.place(story)).toMatchObject({ stage: 'merge_failed', kind: 'moved-target' });
    on.mergesFail();
    await on.box.advance(3_000);
    await on.settle();
    expect(on.place(story).stage).toBe('done');
  });

  it('is tried again also where the clock was set back meanwhile', async () => {
    const on = await openLanding();
    on.mergesFail('TARGET_MOVED', { target: 'main', expected: 'a', found: 'b' });
    const story = await on.submitted();
    await on.gatesEnd(0);
    on.mergesFail();
    on.box.clock.setWall(on.box.clock.now() - 600_000);
    await on.box.advance(61_000);
    await on.settle();
    expect(on.place(story).stage).toBe('done');
  });
});

it('what cannot be asked for is told, tried again, and blocks the story at last', async () => {
  const on = await openLanding();
  on.played.outside.before = (deed) => {
    if (deed.startsWith('examine')) throw new Error('the disk is away');
  };
  const story = await on.submitted();
  expect(on.place(story).stage).toBe('qa');
  for (const wait of [1_000, 4_000, 16_000, 64_000]) {
    await on.box.advance(wait + 100);
    await on.settle();
  }
  expect(on.place(story)).toMatchObject({ stage: 'blocked' });
  const told = on.box.logged.filter(({ message }) => message.includes('could not be brought on'));
  expect(told).toHaveLength(1);
});
