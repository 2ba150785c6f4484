import { describe, expect, it } from 'vitest';
import { agentIdPattern } from '../../../preload/contract/agent-id.ts';
import { requireValidName } from './require.ts';

describe('names of agents', () => {
  it.each(['a', '7', 'backend', 'fix-login-2', 'a-b-c', 'constructor', 'x'.repeat(40)])(
    '"%s" is one',
    (name) => expect(requireValidName(name)).toEqual({ ok: true, value: name }),
  );

  it.each([
    ['', 'can be used', 'agent'],
    ['feat/login', 'slash', 'feat-login'],
    ['/', 'slash', 'agent'],
    ['my agent', 'space', 'my-agent'],
    ['tab\there', 'space', 'tab-here'],
    ['🐕', 'outside a-z', 'agent'],
    ['🐕 dog', 'space', 'dog'],
    ['..', '".."', 'agent'],
    ['a..b', '".."', 'a-b'],
    ['../../etc', '".."', 'etc'],
    ['.', 'can be used', 'agent'],
    ['-rf', 'begins with "-"', 'rf'],
    ['--', 'begins with "-"', 'agent'],
    ['a-', 'between letters', 'a'],
    ['a--b', 'between letters', 'a-b'],
    ['Backend', 'capital', 'backend'],
    ['Müller', 'capital', 'muller'],
    ['naïve', 'outside a-z', 'naive'],
    ['агент', 'outside a-z', 'agent'],
    ['a\u0000b', 'outside a-z', 'a-b'],
    ['a_b', 'can be used', 'a-b'],
    ['x'.repeat(41), 'longer than 40', 'x'.repeat(40)],
    ['__proto__', 'can be used', 'proto'],
    ['operator', 'reserved', 'operator-agent'],
    ['system', 'reserved', 'system-agent'],
    ['all', 'reserved', 'all-agent'],
    ['nul', 'reserved', 'nul-agent'],
    ['com1', 'reserved', 'com1-agent'],
    ['CON', 'capital', 'con-agent'],
  ])('"%s" is none: %s; "%s" would be', (...row) => {
    const [name, reason, suggestion] = row;
    const found = requireValidName(name);
    expect(found).toMatchObject({ ok: false, error: { code: 'AGENT_NAME_INVALID' } });
    if (found.ok) return;
    expect(found.error.details?.reason).toContain(reason);
    expect(found.error.mend).toContain(`"${suggestion}"`);
    expect(suggestion).toMatch(agentIdPattern);
    expect(requireValidName(suggestion).ok).toBe(true);
  });
});
