import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rounds } from '../harness/rounds.ts';
import { nestedRepositories } from '../harness/nested-repositories.ts';
import { steps } from './lost-work-steps.ts';
import { Workplace } from './lost-work-place.ts';

it('no sequence of what agents, operators and bad luck do makes a written byte unreachable', async () => {
  const sorts = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const place = await Workplace.open();
      try {
        for (const step of all) {
          await place.take(step);
          if (step.does === 'nest') sorts.add(step.sort);
        }
        await place.finish();
      } finally {
        await place.dispose();
      }
    }),
    { numRuns: rounds(2, 500), endOnFailure: true },
  );
  expect(sorts.size).toBeGreaterThanOrEqual(rounds(0, Object.keys(nestedRepositories).length));
});
