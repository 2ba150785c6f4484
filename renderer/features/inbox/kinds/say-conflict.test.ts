import { expect, it } from 'vitest';
import { sayConflict } from './say-conflict.ts';

const files = [{ path: 'a.ts', reason: 'content' as const }];

it.each([
  ['in-flight', 'backend', 1, 'collides with docs: a.ts'],
  ['in-flight', 'docs', 4, 'collides with backend: a.ts and 3 more'],
  ['ownership', 'docs', 1, 'writes what backend has claimed: a.ts'],
] as const)('%s, behind the name of %s', (...[kind, agent, fileCount, said]) => {
  expect(sayConflict({ kind, agents: ['backend', 'docs'], files, fileCount }, agent)).toBe(said);
});
