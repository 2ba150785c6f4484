import { expect, it } from 'vitest';
import { agentIdPattern } from '../../../preload/contract/agent-id.ts';
import { suggestAgentId } from './agent-name.ts';

const none = new Set<string>();

it.each([
  ['backend', 'backend'],
  ['Fix Login Form', 'fix-login-form'],
  ['  spaces  ', 'spaces'],
  ['Crème brûlée', 'creme-brulee'],
  ['con', 'con-agent'],
  ['日本', 'agent'],
  ['../../etc', 'etc'],
])('%j becomes %s', (text, id) => {
  expect(suggestAgentId(text, none)).toBe(id);
});

it('a blank text suggests nothing', () => {
  expect(suggestAgentId(' ', none)).toBeUndefined();
});

it('a taken name gets the next free number', () => {
  expect(suggestAgentId('a', new Set(['a']))).toBe('a-2');
  expect(suggestAgentId('a', new Set(['a', 'a-2', 'a-3']))).toBe('a-4');
});

it('the number fits into the length, without a double hyphen', () => {
  const long = `${'x'.repeat(37)}-yy`;
  const suggested = suggestAgentId(long, new Set([long])) ?? '';
  expect(suggested).toBe(`${'x'.repeat(37)}-2`);
  expect(suggested).toMatch(agentIdPattern);
});
