// Random edits of a file between two commits: a line that is carried is the same line, and one that is not is there no more.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createReviewDiffs } from '../../main/adapters/git/review-diffs.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { systemClock } from '../../main/base/clock.ts';
import { carryPlace } from '../../main/features/reviews/carry.ts';
import { type Files, makeRepository } from '../harness/repositories.ts';
import { rounds } from '../harness/rounds.ts';

const count = 40;
const before = Array.from({ length: count }, (_, at) => `line ${at} ${at * 7919}`);

interface Edit {
  readonly at: number;
  readonly takes: number;
  readonly brings: number;
}

const editArbitrary = fc.record({
  ...{ at: fc.nat(count), takes: fc.nat(4), brings: fc.nat(4) },
});

function edited(edits: readonly Edit[]): string[] {
  const lines = [...before];
  for (const [round, { at, takes, brings }] of edits.entries()) {
    const come = Array.from({ length: brings }, (_, n) => `new ${round} ${n} ${at * 104_729}`);
    lines.splice(Math.min(at, lines.length), takes, ...come);
  }
  return lines;
}

it('a carried line is the same line', async () => {
  const repository = await makeRepository({ 'a.txt': `${before.join('\n')}\n`, 'b.txt': 'b\n' });
  const git = createGit({ clock: systemClock, env: repository.env });
  const diffs = createReviewDiffs({ git, repository });
  const from = await repository.git(['rev-parse', 'HEAD']);
  let round = 0;
  let carried = 0;
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(editArbitrary, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        async (edits, isRenamed) => {
          const after = edited(edits);
          const content = after.map((line) => `${line}\n`).join('');
          const files: Files = isRenamed
            ? { 'a.txt': null, 'd/c.txt': content }
            : { 'a.txt': content };
          round += 1;
          const to = await repository.commitOn(`round-${round}`, {
            ...files,
            'b.txt': `${round}\n`,
          });
          const hunks = await diffs.hunks({ from, to, paths: ['a.txt'] });
          const path = hunks.get('a.txt')?.newPath ?? 'a.txt';
          for (const [at, text] of before.entries()) {
            const place = carryPlace({ path: 'a.txt', line: at + 1 }, hunks);
            if (place === undefined) {
              // A file that lost most of its lines is no rename to git, and all of it is gone.
              if (hunks.get('a.txt')?.newPath !== undefined) expect(after).not.toContain(text);
              continue;
            }
            carried += 1;
            expect([place.path, after[(place.line ?? 0) - 1]]).toEqual([path, text]);
          }
          for (const [first, last] of [
            [5, 9],
            [20, 24],
          ] as const) {
            const range = { path: 'a.txt', startLine: first, line: last };
            const now = carryPlace(range, hunks);
            if (now?.startLine === undefined || now.line === undefined) continue;
            const ends = [after[now.startLine - 1], after[now.line - 1]];
            expect(ends).toEqual([before[first - 1], before[last - 1]]);
          }
        },
      ),
      { numRuns: rounds(12, 1_500), endOnFailure: true },
    );
  } finally {
    await repository.dispose();
  }
  expect(carried).toBeGreaterThan(0);
});
