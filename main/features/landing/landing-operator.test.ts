import { describe, expect, it } from 'vitest';
import { hex } from '../../../test/harness/hub-ports.ts';
import { openLanding } from '../../../test/harness/landing-box.ts';

describe('an operator who takes it out of the line', () => {
  it.each(['frozen', 'backlog', 'abandoned'])(
    'while its merge runs: to %s, and nothing is merged',
    async (to) => {
      const on = await openLanding({
        review: { gates: 'on-approve' },
        gates: [],
        pipeline: { without_gates: 'merge' },
      });
      const { outside } = on.played;
      let isMoved = false;
      outside.gates.resultOf = ((resultOf) => (commit: string) => {
        // Right before its last step.
        if (!isMoved)
          void on.box.hub.dispatch({ type: 'story.move', data: { story: 's-1', to } }, 'operator');
        isMoved = true;
        return resultOf(commit);
      })(outside.gates.resultOf.bind(outside.gates));
      const story = await on.submitted();
      expect(isMoved).toBe(true);
      expect(on.place(story).stage).toBe(to);
      expect(on.merges()).toEqual([]);
      expect(on.approvals()).toMatchObject([{ state: 'withdrawn' }]);
    },
  );

  it('after its last step began is told to wait, and it is done', async () => {
    const on = await openLanding();
    const story = await on.submitted();
    let said = '';
    on.played.outside.before = async (deed) => {
      if (!deed.startsWith('merge ')) return;
      const freeze = on.box.hub.dispatch({ type: 'story.freeze', data: { story } }, 'operator');
      said = await freeze.then(
        () => 'frozen',
        (error: Error) => error.message,
      );
    };
    await on.gatesEnd(0);
    expect(said).toContain('is being merged at this moment');
    expect(on.place(story).stage).toBe('done');
  });

  it('while its request looks at git is not asked for as somebody’s own', async () => {
    const on = await openLanding();
    const story = await on.begun();
    let isFrozen = false;
    on.played.outside.before = (deed) => {
      if (isFrozen || !deed.startsWith('examine ')) return;
      isFrozen = true;
      void on.box.hub.dispatch({ type: 'story.freeze', data: { story } }, 'operator');
    };
    await on.submit(story, hex('a'));
    expect(on.place(story).stage).toBe('frozen');
    expect(on.approvals()).toEqual([]);
  });

  it('back on the way it is asked for anew', async () => {
    const on = await openLanding();
    const story = await on.submitted();
    await on.go('story.freeze', { story });
    expect(on.approvals()).toMatchObject([{ state: 'withdrawn' }]);
    await on.go('story.unfreeze', { story });
    await on.gatesEnd(0);
    expect(on.place(story).stage).toBe('done');
  });

  it.each(['agent', 'human'])(
    'back on the way unchanged, what %s review approved is not reviewed anew; changed, it is',
    async (review) => {
      const on = await openLanding();
      const story = await on.submitted({ review });
      await on.gatesEnd(0);
      const say = { story, verdict: 'pass', why: 'fine' };
      const [asked] = on.approvals();
      on.mergesFail('TARGET_MOVED', { target: 'main', expected: 'a', found: 'b' });
      if (review === 'agent') await on.go('story.review', say, `agent:review-${story}`);
      else await on.go('approval.approve', { approval: asked?.id, commit: hex('a') });
      expect(on.place(story).stage).toBe('merge_failed');
      on.mergesFail();
      await on.go('story.freeze', { story });
      await on.go('story.unfreeze', { story });
      await on.gatesEnd(0);
      expect(on.place(story).stage).toBe('done');
      expect(on.approvals().at(-1)).toMatchObject({ byStory: { mode: review } });
    },
  );

  it('one whose words were changed meanwhile is reviewed anew', async () => {
    const on = await openLanding();
    const story = await on.submitted({ review: 'human' });
    await on.gatesEnd(0);
    on.mergesFail('TARGET_MOVED', { target: 'main', expected: 'a', found: 'b' });
    await on.go('approval.approve', { approval: on.approvals()[0]?.id, commit: hex('a') });
    on.mergesFail();
    await on.go('story.freeze', { story });
    await on.go('story.edit', { story, body: 'and something else' });
    await on.go('story.unfreeze', { story });
    await on.gatesEnd(0);
    expect(on.place(story).stage).toBe('merge');
    expect(on.approvals().at(-1)).toMatchObject({ state: 'pending' });
  });

  it('a story that is held keeps its request, to be looked at', async () => {
    const on = await openLanding();
    const story = await on.submitted();
    await on.go('story.hold', { story, reason: 'let me see' });
    await on.gatesEnd(0);
    expect(on.approvals()).toMatchObject([{ state: 'pending' }]);
    expect(on.merges()).toEqual([]);
    const yes = { approval: on.approvals()[0]?.id, commit: hex('a') };
    await expect(on.go('approval.approve', yes)).rejects.toThrow('is held, so');
    await on.go('story.release', { story });
    expect(on.place(story).stage).toBe('done');
  });
});

describe('a spike', () => {
  it('whose criteria are met is concluded, and never merged', async () => {
    const on = await openLanding();
    const story = await on.submitted({ type: 'spike' }, null);
    expect(on.place(story).stage).toBe('done');
    expect(on.approvals()).toEqual([]);
  });

  it('whose are not, or that a person reviews, waits in the Inbox', async () => {
    const on = await openLanding();
    const story = await on.submitted({ type: 'spike', criteria: ['which one'] }, null);
    expect(await on.waiting()).toEqual([`story/${story}`]);
    await on.go('story.move', { story, to: 'done', reason: 'fine' });
    expect(on.place(story).stage).toBe('done');
    expect(await on.waiting()).toEqual([]);
  });
});
