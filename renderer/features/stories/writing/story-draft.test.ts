import { describe, expect, it } from 'vitest';
import {
  draftOf,
  faultsOf,
  toAddData,
  toEditData,
  type Written,
  withOthers,
} from './story-draft.ts';

const written: Written = {
  ...{ title: 'Log in', body: 'With a passkey.', type: 'story', priority: 'normal' },
  ...{ labels: ['ui', 'login'], dependsOn: ['s-1'], review: 'gates' },
  criteria: [{ text: 'a test covers\na wrong key' }, { text: 'it is told' }],
};
const base = draftOf(written);
const story = { id: 's-2', version: 3, written };

describe('what is sent', () => {
  it('is only what is new, with the version that was looked at', () => {
    expect(toEditData(story, base)).toBeUndefined();
    expect(toEditData(story, { ...base, labels: 'ui,  login ' })).toMatchObject({
      labels: ['ui', 'login'],
    });
    expect(toEditData(story, { ...base, priority: 'high' })).toEqual({
      ...{ story: 's-2', priority: 'high', ifVersion: 3 },
    });
  });

  it('keeps criteria that read the same as they are', () => {
    const criteria = 'it is told\na test covers a wrong key\n\nit is fast';
    expect(toEditData(story, { ...base, criteria })?.criteria).toEqual([
      ...['it is told', 'a test covers\na wrong key', 'it is fast'],
    ]);
  });

  it('empties what was emptied', () => {
    const told = { ...story, written: { ...written, profile: 'claude' } };
    const draft = { ...draftOf(told.written), profile: '', dependsOn: [], body: '' };
    expect(toEditData(told, draft)).toMatchObject({
      ...{ clear: ['profile'], dependsOn: [], body: '' },
    });
  });

  it('of a new one leaves out what is any', () => {
    expect(toAddData({ ...base, title: ' Log in ' })).not.toHaveProperty('profile');
    expect(toAddData({ ...base, title: ' Log in ' }).title).toBe('Log in');
  });
});

describe('somebody else wrote meanwhile', () => {
  const now = { ...base, title: 'Sign in', priority: 'high' as const };

  it('what was not touched here follows', () => {
    const { draft, collisions } = withOthers(base, now, { ...base, body: 'Mine.' });
    expect(draft).toEqual({ ...now, body: 'Mine.' });
    expect(collisions).toEqual([]);
  });

  it('what both changed is told, and stays as it was written here', () => {
    const { draft, collisions } = withOthers(base, now, { ...base, title: 'Enter' });
    expect([draft.title, draft.priority, collisions]).toEqual(['Enter', 'high', ['title']]);
    expect(withOthers(base, now, { ...base, title: 'Sign in' }).collisions).toEqual([]);
  });
});

it('what is wrong is said at its field', () => {
  expect(faultsOf(base)).toEqual({});
  const wrong = { ...base, title: ' ', criteria: 'x'.repeat(501), labels: 'y'.repeat(61) };
  expect(Object.keys(faultsOf(wrong)).sort()).toEqual(['criteria', 'labels', 'title']);
});
