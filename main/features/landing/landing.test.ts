import { describe, expect, it } from 'vitest';
import { musherError } from '../../base/result.ts';
import { hex } from '../../../test/harness/hub-ports.ts';
import { type LandingBox, openLanding } from '../../../test/harness/landing-box.ts';

describe('a story whose gates alone review it', () => {
  it('goes from qa to archived by itself, its retention measured from the merge', async () => {
    const on = await openLanding();
    const story = await on.submitted();
    expect(on.place(story)).toMatchObject({ stage: 'qa', commit: hex('a') });
    expect(await on.waiting()).toEqual([]);
    await on.gatesEnd(0);
    expect(on.place(story)).toMatchObject({
      stage: 'done',
      merge: { commit: hex('a'), mergeCommit: hex('e') },
    });
    const [approval] = on.approvals();
    expect(approval).toMatchObject({
      ...{ state: 'merged', story, settledBy: 'system', agent: 'a' },
      byStory: { story, mode: 'gates' },
    });
    expect((await on.history(story)).slice(-3)).toMatchObject([
      expect.stringContaining('qa → merge by pass'),
      expect.stringContaining(`about to be merged by ${approval?.id}`),
      expect.stringContaining('merge → done by merged'),
    ]);
    await on.box.advance(4 * 3_600_000 - 60_000);
    expect(on.place(story).stage).toBe('done');
    await on.box.advance(61_000);
    expect(on.place(story).stage).toBe('archived');
    // The operator's own agent is left alone.
    expect(on.agent('a')?.state).toBe('running');
  });

  it('goes back to its agent with what red gates said, and is asked for anew', async () => {
    const on = await openLanding();
    on.played.outside.gates.lines = ['expected 2, found 3'];
    const story = await on.submitted();
    await on.gatesEnd(1);
    expect(on.place(story)).toEqual({ stage: 'coding' });
    expect((await on.history(story)).at(-1)).toMatch(/test failed with exit code 1.*\nexpected 2/s);
    expect(on.approvals()).toMatchObject([
      { state: 'withdrawn', withdrawal: { kind: 'story', story, stage: 'coding' } },
    ]);
    await on.submit(story, hex('c'));
    await on.gatesEnd(0);
    expect(on.place(story).stage).toBe('done');
    expect(on.approvals()).toMatchObject([{ state: 'withdrawn' }, { state: 'merged' }]);
  });

  it.each([['cancelled', async (on: LandingBox) => on.gatesEnd(null, 'SIGKILL')]])(
    'what came to no result is asked for again: %s',
    async (_how, ends) => {
      const on = await openLanding();
      const story = await on.submitted();
      await ends(on);
      expect(['qa', 'coding']).toContain(on.place(story).stage);
    },
  );

  it('is left to the operator where nothing checks it, unless their own file says otherwise', async () => {
    const asks = await openLanding({ gates: [] });
    const story = await asks.submitted();
    const [approval] = asks.approvals();
    expect(approval).toMatchObject({
      state: 'pending',
      leftBecause: expect.stringContaining('No required gate'),
    });
    expect(await asks.waiting()).toEqual([`approval/${approval?.id}`]);
    await asks.go('approval.approve', { approval: approval?.id, commit: hex('a') });
    expect(asks.place(story).stage).toBe('done');
    const merges = await openLanding({ gates: [], pipeline: { without_gates: 'merge' } });
    expect(merges.place(await merges.submitted()).stage).toBe('done');
    const shared = await openLanding({
      ...{ gates: [], configsOf: 'repository' },
      pipeline: { without_gates: 'merge' },
    });
    expect(shared.place(await shared.submitted()).stage).toBe('qa');
  });

  it.each<[string, (on: LandingBox) => void, object, string]>([
    [
      'a link among its changes',
      ({ played }) => {
        played.outside.treeChanges = [{ path: 'a.ts', before: 'file', after: 'symlink' }];
      },
      {},
      'a.ts is a symbolic link',
    ],
    [
      'a checkout of the target',
      ({ played }) => {
        played.outside.checkout = { path: '/shop', clean: true };
      },
      {},
      'checked out in /shop',
    ],
    [
      'a rule that always asks',
      () => undefined,
      { review: { delegate: [{ name: 'all', action: 'ask', paths: ['**'] }] } },
      'Rule all always asks',
    ],
  ])('is left to the operator by %s', async (...[, change, open, why]) => {
    const on = await openLanding(open);
    change(on);
    const story = await on.submitted();
    await on.gatesEnd(0);
    expect(on.place(story).stage).toBe('qa');
    const [approval] = on.approvals();
    expect(approval?.leftBecause).toContain(why);
    expect(await on.waiting()).toEqual([`approval/${approval?.id}`]);
    expect(on.merges()).toEqual([]);
  });

  it('is not merged where the merge leads to what only a person may approve, and is left then', async () => {
    const on = await openLanding();
    const { outside } = on.played;
    const resultOf = outside.gates.resultOf.bind(outside.gates);
    const story = await on.submitted();
    outside.gates.resultOf = (commit) => {
      outside.treeChanges = [{ path: '.musher/config.toml', before: 'file', after: 'file' }];
      return resultOf(commit);
    };
    outside.treeChanges = [{ path: 'a.ts', before: 'file', after: 'file' }];
    await on.gatesEnd(0);
    expect(on.place(story).stage).toBe('merge');
    expect(on.merges()).toEqual([]);
    expect(on.approvals()).toMatchObject([
      {
        state: 'failed',
        failure: { code: 'STORY_UNFIT' },
        leftBecause: expect.stringContaining('.musher'),
      },
    ]);
    expect(await on.waiting()).toHaveLength(1);
  });

  it('that names no commit, or one that is not its own, goes back to its agent', async () => {
    const on = await openLanding();
    const none = await on.submitted({}, null);
    expect(on.place(none).stage).toBe('coding');
    expect((await on.history(none)).at(-1)).toContain('No commit was named');
    on.played.outside.before = (deed) => {
      if (deed.startsWith('examine'))
        throw musherError('COMMIT_EMPTY', { commit: 'c', target: 'main' });
    };
    await on.submit(none, hex('a'));
    expect(on.place(none).stage).toBe('coding');
    on.played.outside.before = () => undefined;
    await on.submit(none, hex('a'));
    await on.gatesEnd(0);
    expect(on.place(none).stage).toBe('done');
  });
});

describe('a story that a person reviews', () => {
  it('stands in the Inbox at once, and goes where the operator sends it', async () => {
    const on = await openLanding();
    const story = await on.submitted({ review: 'human' });
    const [approval] = on.approvals();
    expect(await on.waiting()).toEqual([`approval/${approval?.id}`]);
    await on.gatesEnd(0);
    expect(on.place(story).stage).toBe('qa');
    await on.go('approval.deny', { approval: approval?.id, note: 'use the other table' });
    expect(on.place(story).stage).toBe('coding');
    expect((await on.history(story)).at(-1)).toContain('use the other table');
    await on.submit(story, hex('c'));
    await on.gatesEnd(0);
    const next = on.approvals().at(-1);
    await on.go('approval.approve', { approval: next?.id, commit: hex('c') });
    expect(on.place(story).stage).toBe('done');
    expect(next).not.toHaveProperty('byStory');
  });

  it('is theirs also where they say so while its gates run', async () => {
    const on = await openLanding();
    const story = await on.submitted();
    await on.go('story.edit', { story, review: 'human' });
    await on.gatesEnd(0);
    expect(on.place(story).stage).toBe('qa');
    expect(await on.waiting()).toEqual([`approval/${on.approvals()[0]?.id}`]);
  });

  it('takes a request that is taken back for a no', async () => {
    const on = await openLanding();
    const story = await on.submitted({ review: 'human' });
    await on.go('approval.withdraw', { approval: on.approvals()[0]?.id });
    expect(on.place(story).stage).toBe('coding');
  });

  it('a rule that approves does not approve it', async () => {
    const rule = { name: 'all', action: 'approve', paths: ['**'] };
    const on = await openLanding({ review: { delegate: [rule] } });
    const story = await on.submitted({ review: 'human' });
    await on.gatesEnd(0);
    expect(on.place(story).stage).toBe('qa');
  });
});

describe('a story that an agent reviews', () => {
  async function reviewed(open = {}) {
    const on = await openLanding(open);
    const story = await on.submitted({ review: 'agent', criteria: ['a test covers it'] });
    await on.gatesEnd(0);
    return { on, story, reviewer: `review-${story}` };
  }

  it('is shown to one that was made for it, whose yes merges it, and which is cleared away', async () => {
    const { on, story, reviewer } = await reviewed();
    expect(on.place(story).stage).toBe('qa');
    expect(on.agent(reviewer)).toMatchObject({
      state: 'running',
      profile: 'claude',
      baseRef: 'main',
    });
    expect(on.played.outside.startedAt).toEqual([hex('a')]);
    expect(on.agent(reviewer)?.prompt).toMatch(/a test covers it.*-----\npatch\n-----/s);
    const answer = { story, verdict: 'pass', why: 'read it' };
    await expect(on.go('story.review', answer, 'agent:a')).rejects.toThrow('is reviewed by');
    await on.go('story.review', answer, `agent:${reviewer}`);
    expect(on.place(story).stage).toBe('done');
    expect(on.approvals()).toMatchObject([{ byStory: { story, mode: 'agent', reviewer } }]);
    expect(on.agent(reviewer)?.state).toBe('destroyed');
    await expect(on.go('story.review', answer)).rejects.toThrow('is not with a reviewing agent');
  });

  it('goes back with what it says', async () => {
    const { on, story, reviewer } = await reviewed();
    await on.go('story.review', { story, verdict: 'fail', why: 'no test' }, `agent:${reviewer}`);
    expect(on.place(story).stage).toBe('coding');
    expect((await on.history(story)).at(-1)).toContain(`${reviewer} reviewed it: no test`);
    expect(on.agent(reviewer)?.state).toBe('destroyed');
  });

  it.each<[string, (on: LandingBox, reviewer: string) => Promise<unknown>, string]>([
    ['in time', (on) => on.box.advance(20 * 60_000 + 1_000), 'gave no answer within 20 min'],
    [
      'before it ends',
      async (on, reviewer) => {
        on.played.outside.exit({ id: `${reviewer}.1`, exitCode: 1, signal: null });
        await on.settle();
      },
      'ended without an answer',
    ],
  ])('without an answer %s the operator is asked', async (_when, happens, why) => {
    const { on, story, reviewer } = await reviewed();
    await happens(on, reviewer);
    await on.settle();
    expect(on.place(story).stage).toBe('qa');
    const [approval] = on.approvals();
    expect(approval?.leftBecause).toContain(why);
    expect(await on.waiting()).toContain(`approval/${approval?.id}`);
    expect(on.merges()).toEqual([]);
  });

  it('passes only what gates alone would pass', async () => {
    const on = await openLanding({ gates: [] });
    const story = await on.submitted({ review: 'agent' });
    await on.go('story.review', { story, verdict: 'pass', why: 'fine' }, `agent:review-${story}`);
    expect(on.place(story).stage).toBe('qa');
    expect(on.approvals()[0]?.leftBecause).toContain('reviewed it and passed it: fine');
  });
});
