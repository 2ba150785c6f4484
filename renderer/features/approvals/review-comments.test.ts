import { expect, it } from 'vitest';
import { formatReview, maxComments, putComment, type ReviewComment } from './review-comments.ts';

function comment(facts: Partial<ReviewComment>): ReviewComment {
  const place = { fileId: '0:a.ts', side: 'additions', lineNumber: 1 } as const;
  return { ...place, path: 'a.ts', line: 'let x = 1;\n', text: 'const?', ...facts };
}

it('a comment replaces the one at its line, and an empty one takes it away', () => {
  const one = putComment([], comment({}));
  const two = putComment(one, comment({ lineNumber: 2 }));
  expect(putComment(two, comment({ text: 'why?' })).map(({ text }) => text)).toEqual([
    'const?',
    'why?',
  ]);
  expect(putComment(two, comment({ text: '  ' }))).toEqual([comment({ lineNumber: 2 })]);
});

it('there is a bound on how many', () => {
  let comments: readonly ReviewComment[] = [];
  for (let n = 0; n < maxComments + 5; n += 1) {
    comments = putComment(comments, comment({ lineNumber: n + 1 }));
  }
  expect(comments).toHaveLength(maxComments);
});

it('the agent gets the note and every comment with its place, in the order of the diff', () => {
  const comments = [
    comment({ fileId: '10:b.ts', path: 'b.ts', text: 'Last' }),
    comment({ lineNumber: 9, side: 'deletions', line: 'gone();', text: 'Keep this' }),
    comment({ lineNumber: 3, text: 'First' }),
  ];
  expect(formatReview(' Nearly. ', comments)).toBe(
    [
      'Nearly.',
      'a.ts:3\n> let x = 1;\nFirst',
      'a.ts:9 (removed line)\n> gone();\nKeep this',
      'b.ts:1\n> let x = 1;\nLast',
    ].join('\n\n'),
  );
  expect(formatReview('', [])).toBe('');
});
