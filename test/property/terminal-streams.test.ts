import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bait, type Happening, hostileOutput } from '../harness/hostile-output.ts';
import { rounds } from '../harness/rounds.ts';
import { piecesOf, Stream } from '../harness/terminal-stream.ts';

const places = fc.array(fc.nat(), { minLength: 60, maxLength: 60 });

/** What terminals answer, ESC as `^`: where the cursor is, what they are, how a mode, a setting or a colour stands. */
const answers = [
  /^\^\[\??\d+;\d+R$/,
  /^\^\[0n$/,
  /^\^\[[?>][\d;]+c$/,
  /^\^\[\??\d+;[0-4]\$y$/,
  /^\^P[01]\$r[\d;]*( q|"p|"q|m|r)?\^\\$/,
  /^\^\](4;\d{1,3}|1[012]);rgb:[\da-f]{4}(\/[\da-f]{4}){2}\^\\$/,
];

it('a viewer that joins hostile output at any byte sees what the mirror sees', async () => {
  await fc.assert(fc.asyncProperty(hostileOutput(40), places, joinAndFollow), {
    numRuns: rounds(80, 10_000),
  });
});

it('whatever output asks for, it is answered what terminals answer, and by the host alone', async () => {
  await fc.assert(
    fc.asyncProperty(hostileOutput(40), places, async (all, cuts) => {
      const stream = new Stream();
      await stream.join();
      for (const step of piecesOf(all, cuts)) await stream.happen(step);
      await stream.expectSame('at the end');
      const replies = stream.replies.map((reply) => reply.replaceAll('\x1b', '^'));
      const odd = replies.filter((reply) => !answers.some((one) => one.test(reply)));
      expect(odd).toEqual([]);
      expect(replies.join('')).not.toContain(bait);
      stream.end();
    }),
    { numRuns: rounds(25, 2_000) },
  );
});

/** Somewhere a viewer joins, falls behind, and joins anew. */
async function joinAndFollow(all: readonly Happening[], numbers: readonly number[]): Promise<void> {
  const steps = piecesOf(all, numbers.slice(3));
  const [join = 0, lag = 0, rejoin = 0] = numbers
    .slice(0, 3)
    .map((place) => place % (steps.length + 1))
    .toSorted((a, b) => a - b);
  const stream = new Stream();
  for (const [index, step] of [...steps, undefined].entries()) {
    if (index === lag) stream.lag();
    if (index === join || index === rejoin) await stream.join();
    if (step) await stream.happen(step);
  }
  await stream.expectSame('at the end');
  stream.end();
}
