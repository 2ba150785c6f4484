import { expect, it } from 'vitest';
import { readPayload } from './hook.ts';

it.each([
  ['session', { session_id: 'c-1', source: 'startup' }, { sessionId: 'c-1', detail: 'startup' }],
  ['busy', { session_id: 'c-1', tool_name: 'Bash' }, { sessionId: 'c-1', tool: true }],
  ['idle', { 'thread-id': 'c-1' }, { sessionId: 'c-1' }],
  [
    'waiting',
    { sessionId: 'c-1', tool_name: 'Bash', tool_input: { command: 'rm x' } },
    { sessionId: 'c-1', detail: 'Bash: rm x' },
  ],
  ['waiting', { toolName: 'bash', toolArgs: '{"command":"ls"}' }, { detail: 'bash: ls' }],
  ['waiting', { tool_name: 'Task', tool_input: 7 }, { detail: 'Task' }],
  ['waiting', { message: 'May I?', notification_type: 'ToolPermission' }, { detail: 'May I?' }],
  ['waiting', { message: 'needs you', notification_type: 'permission_prompt' }, {}],
  ['limit', { error: 'rate_limit', error_details: '429, in 5 min' }, { detail: '429, in 5 min' }],
  [
    'waiting',
    { hook_event_name: 'StopFailure', error: 'x', last_assistant_message: 'Not logged in' },
    { detail: 'Not logged in', failed: true },
  ],
  ['idle', { hook_event_name: 'StopFailure', error: 'server_error' }, { detail: 'server_error' }],
  ['busy', { session_id: '--evil' }, {}],
  ['busy', { session_id: 7, source: null }, {}],
  ['busy', [], {}],
  ['busy', 'text', {}],
])('of %s, from %j it takes %j', (event, payload, told) => {
  expect(readPayload(JSON.stringify(payload), event)).toEqual(told);
});

it.each(['', 'no json', '{"a":', 'null'])('takes nothing from %j', (text) => {
  expect(readPayload(text, 'waiting')).toEqual({});
});

it('tells no more than the hub takes', () => {
  const { detail = '' } = readPayload(JSON.stringify({ message: 'x'.repeat(9_999) }), 'waiting');
  expect(detail).toHaveLength(500);
});
