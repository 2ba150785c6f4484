import { expect, it } from 'vitest';
import { toWireError } from '../../../preload/contract/errors.ts';
import { fieldOf, toAddData } from './new-agent-form.ts';

const form = {
  name: 'Docs',
  profile: 'claude',
  base: 'main',
  prompt: ' write ',
  command: 'node "a b.mjs"',
  restart: 'never',
  fetch: false,
} as const;

it('only what the profile takes is sent', () => {
  const claude = { name: 'claude', needsCommand: false, takesPrompt: true };
  expect(toAddData(form, 'docs', claude)).toEqual({
    name: 'docs',
    profile: 'claude',
    base: 'main',
    prompt: 'write',
  });
  const script = { name: 'script', needsCommand: true, takesPrompt: false };
  expect(toAddData(form, 'docs', script)).toEqual({
    name: 'docs',
    profile: 'script',
    base: 'main',
    command: ['node', 'a b.mjs'],
  });
  expect(toAddData({ ...form, restart: 'always', fetch: true }, 'docs', claude)).toMatchObject({
    restart: 'always',
    fetch: true,
  });
});

it.each([
  [toWireError('AGENT_EXISTS', { agent: 'docs', state: 'running', suggestion: 'docs-2' }), 'name'],
  [toWireError('BASE_UNKNOWN', { base: 'x' }), 'base'],
  [toWireError('CLI_MISSING', { program: 'claude', profile: 'claude', hint: '' }), 'profile'],
  [
    toWireError('BODY_INVALID', { path: 'command.0', reason: 'too long', type: 'agent.add' }),
    'command',
  ],
  [toWireError('BODY_INVALID', { path: 'start', reason: 'no', type: 'agent.add' }), undefined],
  [toWireError('AGENT_LIMIT', { limit: 50 }), undefined],
])('%o is shown at %s', (error, field) => {
  expect(fieldOf(error)).toBe(field);
});
