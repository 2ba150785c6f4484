import { expect, it } from 'vitest';
import type { Chore } from '../../../../preload/contract/agent-chores.ts';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { toWireError } from '../../../../preload/contract/errors.ts';
import { sayEnd, sayProgress, saySummary, showsChore } from './chore-words.ts';

const chore: Chore = {
  ...{
    kind: 'setup',
    state: 'running',
    run: 7,
    commands: [
      ['npm', 'ci'],
      ['make', 'a b'],
    ],
  },
  ...{ index: 1, startedMs: 10, sinceMs: 20, timeoutMs: 60_000 },
};
const agent = (over: Partial<AgentRecord>) =>
  ({ state: 'starting', chore, ...over }) as AgentRecord;

it('says which command runs, and how many there are', () => {
  expect(sayProgress(chore)).toBe('runs make "a b", 2 of 2');
  expect(saySummary({ ...chore, state: 'cut' })).toBe('2 commands, cancelled');
  expect(sayProgress({ ...chore, commands: [['make']], index: 0 })).toBe('runs make');
});

it('says why one ended, without what its title says already', () => {
  const said = { agent: 'a', command: 'npm ci', reason: 'ended with exit code 1' };
  const error = toWireError('SETUP_FAILED', said);
  expect(sayEnd({ ...chore, state: 'failed', error })).toEqual({
    ...{ title: 'Setup failed', text: 'npm ci ended with exit code 1.' },
  });
  expect(sayEnd({ ...chore, kind: 'teardown', state: 'cut' }).title).toBe('Teardown cancelled');
});

const failed: Chore = { ...chore, state: 'failed', endedMs: 30 };
const exit = (atMs: number) => ({ code: 0, signal: null, atMs, expected: false });

it.each([
  ['it runs', agent({}), true],
  ['it failed', agent({ state: 'stopped', chore: failed }), true],
  [
    'it failed, and its program ran since',
    agent({ state: 'stopped', chore: failed, exit: exit(40) }),
    false,
  ],
  ['it failed, and its program runs', agent({ state: 'running', chore: failed }), false],
  ['it is done', agent({ state: 'stopped', chore: { ...chore, state: 'done' } }), false],
  ['there is none', agent({ chore: undefined }), false],
])('where %s, it is shown or not', (_where, one, isShown) => {
  expect(showsChore(one)).toBe(isShown);
});
