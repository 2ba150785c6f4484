// All of the pipeline at once, against one small reference of it: whatever anybody does, whatever fails, whatever the clock shows and whenever the hub
// dies, no story has two agents and no agent two stories, none goes where it may not, each due timer and each match fires once and does its work
// once; and when nothing fails any more, every story ends, or says what it waits for.
//
// A failure prints a seed and a path: MUSHER_SEED and MUSHER_PATH play it again.

import fc from 'fast-check';
import { it } from 'vitest';
import { replay, rounds } from '../harness/rounds.ts';
import { Life } from './whole-life.ts';
import { play } from './whole-play.ts';
import { steps } from './whole-steps.ts';

it('whatever happens to the pipeline: one agent for a story, one story for an agent, only legal stages, each firing once, and nothing stuck', async () => {
  await fc.assert(
    fc.asyncProperty(steps, (all) => play(new Life(), all)),
    // What shrinks for long is told as far as it has come.
    {
      numRuns: rounds(6, 3_000),
      interruptAfterTimeLimit: rounds(40_000, 3 * 3_600_000),
      ...replay(),
    },
  );
});
