import { expect, it } from 'vitest';
import { maxCommentChars } from '../../../preload/contract/review-bounds.ts';
import { putComment, type ReviewComment, toSent } from './review-comments.ts';

const comment = (lineNumber: number, over: Partial<ReviewComment> = {}): ReviewComment => ({
  ...{ path: 'a.ts', side: 'additions', lineNumber, text: `of ${lineNumber}` },
  ...over,
});

it('a line has one comment, and without a text none', () => {
  const two = putComment([comment(1), comment(2)], comment(1, { text: ' other ' }));
  expect(two.map(({ text }) => text)).toEqual(['of 2', 'other']);
  expect(putComment(two, comment(2, { text: ' ' }))).toHaveLength(1);
  expect(putComment(two, comment(1, { side: 'deletions' }))).toHaveLength(3);
});

it('what a review does not take is not taken', () => {
  const full = Array.from({ length: 200 }, (_, at) => comment(at));
  expect(putComment(full, comment(200))).toBe(full);
  const long = Array.from({ length: 25 }, (_, at) =>
    comment(at, { text: 'x'.repeat(maxCommentChars) }),
  );
  expect(putComment(long, comment(25, { text: 'x' }))).toBe(long);
});

it('they are sent in the order of the diff, each as its side calls the file', () => {
  const comments = [
    comment(9, { path: 'b.ts', oldPath: 'old.ts', side: 'deletions', startLine: 7 }),
    comment(5, { startLine: 5 }),
    { path: 'b.ts', side: 'additions', text: 'whole' } as const,
  ];
  expect(toSent(comments, ['b.ts', 'a.ts'])).toEqual([
    { path: 'b.ts', side: 'new', text: 'whole' },
    { path: 'old.ts', side: 'old', startLine: 7, line: 9, text: 'of 9' },
    { path: 'a.ts', side: 'new', line: 5, text: 'of 5' },
  ]);
});
