import { describe, expect, it } from 'vitest';
import type { ClaimRecord } from '../../../../preload/contract/claim-facts.ts';
import { type Target, targetOf } from './target.ts';

const claim: ClaimRecord = {
  ...{ id: 's-1', claim: 3, title: 'One', node: 'n-1', sinceMs: 1 },
  ...{ state: 'begun', local: 's-9' },
};

describe('what a node shows of a story', () => {
  const scene = {
    ...{ node: 'n-1', claim },
    workOn: (local: string) => (local === 's-9' ? { agent: 'ann' } : undefined),
    terminalOf: (agent: string) => (agent === 'ann' ? 'ann.2' : undefined),
  };

  it.each<[string, Partial<Parameters<typeof targetOf>[0]>, Target]>([
    ['the terminal of who works on it', {}, { terminalId: 'ann.2' }],
    ['nothing of a story that it did not claim', { claim: undefined }, 'foreign'],
    ['nothing of what it had as another node', { node: 'n-2' }, 'foreign'],
    ['nothing of what it gives back', { claim: { ...claim, state: 'releasing' } }, 'foreign'],
    ['none before it has begun', { claim: { ...claim, state: 'asked', local: undefined } }, 'none'],
    ['nothing of a story that it has not', { workOn: () => undefined }, 'foreign'],
    ['none while nobody works on it', { workOn: () => ({ agent: undefined }) }, 'none'],
    ['none before its agent is started', { terminalOf: () => undefined }, 'none'],
  ])('is %s', (_what, more, target) => {
    expect(targetOf({ ...scene, ...more })).toEqual(target);
  });
});
