import { expect, it } from 'vitest';
import { toolUseOf } from './hook-permission.ts';

const input = '{"command":"ls"}';

it.each([
  [
    { tool_name: 'Bash', tool_input: { command: 'ls' } },
    { tool: 'Bash', input, isFlat: false },
  ],
  [
    { toolName: 'bash', toolInput: { command: 'ls' } },
    { tool: 'bash', input, isFlat: true },
  ],
  [{ tool_name: 'Bash' }, { tool: 'Bash', input: '{}', isFlat: false }],
  [{ tool_name: 'ExitPlanMode', tool_input: {} }, undefined],
  [{ toolName: 7 }, undefined],
  [{ tool_name: 'Bash', tool_input: 'x'.repeat(60_001) }, undefined],
  [{}, undefined],
])('of %j the operator is asked %j', (payload, use) => {
  expect(toolUseOf(payload)).toEqual(use);
});
