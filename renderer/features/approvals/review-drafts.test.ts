import { expect, it } from 'vitest';
import { storageKeys } from '../../hub/storage.ts';
import { type Drafts, withDraft } from './review-drafts.ts';

const draft = (text: string) => ({
  comments: [{ path: 'a.ts', side: 'additions' as const, lineNumber: 1, text }],
  note: '',
  writing: {
    place: { path: 'a.ts', side: 'deletions' as const, startLine: 1, lineNumber: 3 },
    text,
  },
});

it('a draft without a word is none, and the newest 20 stay', () => {
  let drafts: Drafts = [];
  for (let at = 0; at < 21; at += 1) drafts = withDraft(drafts, `a-${at}`, draft('x'));
  expect(drafts.map(({ approval }) => approval)).toEqual(
    Array.from({ length: 20 }, (_, at) => `a-${at + 1}`),
  );
  expect(withDraft(drafts, 'a-5', { comments: [], note: '' })).toHaveLength(19);
});

it('what is kept fits the place where it is kept, also when it is long', () => {
  let drafts: Drafts = [];
  for (let at = 0; at < 9; at += 1)
    drafts = withDraft(drafts, `a-${at}`, draft('x'.repeat(45_000)));
  expect(drafts.map(({ approval }) => approval).at(-1)).toBe('a-8');
  const { schema, maxBytes } = storageKeys.reviewDrafts;
  expect(schema.safeParse(drafts).error).toBeUndefined();
  expect(JSON.stringify(drafts).length).toBeLessThan(maxBytes);
});
