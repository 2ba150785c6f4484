// All of the pipeline at once, against one small reference of it: whatever anybody does, whatever fails, whatever the clock shows and whenever the hub
// dies, no story has two agents and no agent two stories, none goes where it may not, each due timer and each match fires once and does its work
// once, what is merged is what was checked, and a start asks for all that is to be done; and when nothing fails any more, every story ends, or says
// what it waits for.
//
// A failure prints a seed and a path: MUSHER_SEED and MUSHER_PATH play it again.

import fc from 'fast-check';
import { it } from 'vitest';
import { replay, rounds } from '../harness/rounds.ts';
import { Life } from './whole-life.ts';
import { play } from './whole-play.ts';
import { steps } from './whole-steps.ts';

/** No round begins after that long; what shrinks is told as far as it has come. One in its middle is never cut off: that would count as passed. */
const longestMs = rounds(15_000, 3 * 3_600_000);

it('whatever happens to the pipeline: one agent for a story, one story for an agent, only legal stages, each firing once, and nothing stuck', async () => {
  const untilMs = performance.now() + longestMs;
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      if (performance.now() < untilMs) await play(new Life(), all);
    }),
    { numRuns: rounds(6, 3_000), ...replay() },
  );
});
