import { expect, it } from 'vitest';
import { openBox } from '../../../../test/harness/hub.ts';
import { world } from '../../../../test/harness/hub-ports.ts';
import { selectAgents } from '../slice.ts';

async function open(...names: string[]) {
  const played = world();
  const box = await openBox({ features: played.features });
  for (const name of names) await box.dispatch('agent.add', { name });
  return {
    ...{ box, lost: played.outside.lostWorktrees, played },
    /** It is missed at a look, and at the one after. */
    async missed() {
      await box.advance(30_000);
      await box.advance(2_000);
    },
    told: () => Object.keys(box.hub.live('lostWorktree').toJSON() as object),
    agent: (id: string) => selectAgents(box.hub.state()).byId.get(id),
  };
}

it('a worktree that vanishes while its agent runs is told, with what to do, until it is back', async () => {
  const { box, missed, lost, told, agent } = await open('a', 'b');
  const { seq } = box.hub.head();
  await box.advance(30_000);
  expect(told()).toEqual([]);
  lost.add('a');
  await missed();
  expect(box.hub.live('lostWorktree').toJSON()).toEqual({
    a: {
      sinceMs: box.clock.now(),
      error: {
        code: 'WORKTREE_MISSING',
        message: 'There is no worktree of agent "a" at /r.worktrees/a any more.',
        mend: expect.stringContaining('move it back'),
        details: expect.anything(),
      },
    },
  });
  await box.advance(60_000);
  expect(told()).toEqual(['a']);
  lost.clear();
  await box.advance(2_000);
  expect(told()).toEqual([]);
  // True only for now: nothing of it is history, and the agent is what it was.
  expect(box.hub.head().seq).toBe(seq);
  expect(agent('a')).toMatchObject({ state: 'running' });
});

it('one that is missing at one look alone is not told: it may be on its way', async () => {
  const { box, lost, told } = await open('a');
  lost.add('a');
  await box.advance(30_000);
  expect(told()).toEqual([]);
  lost.clear();
  await box.advance(2_000);
  expect(told()).toEqual([]);
});

it('is among the evidence, and changes no status', async () => {
  const { box, missed, lost } = await open('a');
  lost.add('a');
  await missed();
  const { evidence, status } = (await box.ask('agent.evidence', { agent: 'a' })) as {
    evidence: unknown[];
    status: unknown;
  };
  expect(evidence).toMatchObject([
    { source: 'process', says: 'running' },
    { source: 'worktree', says: 'missing', confidence: 'high', wins: false },
  ]);
  expect(JSON.stringify(evidence)).toContain('/r.worktrees/a any more. If it was moved');
  expect(status).toMatchObject({ value: 'unknown', source: 'none' });
});

it('a restart is refused once, then makes it anew; what does not run is not looked at', async () => {
  const { box, missed, lost, told, agent } = await open('a');
  lost.add('a');
  await missed();
  await box.dispatch('agent.restart', { agent: 'a' });
  await box.settle();
  expect(agent('a')).toMatchObject({ state: 'stopped', failure: { code: 'WORKTREE_MISSING' } });
  await box.advance(2_000);
  expect(told()).toEqual([]);
  await box.dispatch('agent.start', { agent: 'a' });
  await box.settle();
  expect(agent('a')).toMatchObject({ state: 'running' });
});
