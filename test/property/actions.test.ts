// What is said of a stored command is what a person would type for it: read back, it is the same.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readAction } from '../../main/cli/do-action.ts';
import { sayAction } from '../../main/features/actions/index.ts';
import { rounds } from '../harness/rounds.ts';

const text = fc.string({ minLength: 1, maxLength: 20 }).filter((one) => {
  // What would be an option, stdin, a space that a line has one of, or is cut, is written otherwise.
  return one.trim() === one && !one.startsWith('-') && !/\s{2}|[\n\t\r]/.test(one);
});
const story = fc.constantFrom('s-1', 's-22');

const actions = fc.oneof(
  fc.record({ type: fc.constant('story.hold'), data: fc.record({ story, reason: text }) }),
  fc.record({
    type: fc.constant('story.move'),
    data: fc.record({ story, to: fc.constantFrom('coding', 'backlog') }),
  }),
  fc.record({
    type: fc.constant('story.add'),
    data: fc.record({ title: text, labels: fc.array(text, { minLength: 1, maxLength: 3 }) }),
  }),
  fc.record({
    type: fc.constant('agent.start'),
    data: fc.record({ agent: text, fresh: fc.constant(true) }),
  }),
  fc.record({
    type: fc.constant('agent.limits'),
    data: fc.record({ agent: text, turns: fc.integer({ min: 1, max: 99 }) }),
  }),
);

it('a stored command is said as it is typed', async () => {
  await fc.assert(
    fc.asyncProperty(actions, async ({ type, data }) => {
      const line = sayAction({ kind: 'command', type, data });
      const said = await readAction(line, { stdin: undefined as never });
      expect(said, line).toEqual({ command: type, data });
    }),
    { numRuns: rounds(100, 20_000) },
  );
});
