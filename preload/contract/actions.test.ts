import { expect, it } from 'vitest';
import { actionOf } from './actions.ts';

it.each([
  [
    { command: 'story.move', data: { story: 's-3', to: 'coding' } },
    { action: { kind: 'command', type: 'story.move', data: { story: 's-3', to: 'coding' } } },
  ],
  [{ command: 'queue.hold' }, { action: { kind: 'command', type: 'queue.hold', data: {} } }],
  [
    { prompt: 'look at the queue', to: 'backend' },
    { action: { kind: 'prompt', text: 'look at the queue', agent: 'backend' } },
  ],
  [
    { prompt: 'update what we depend on', profile: 'claude' },
    { action: { kind: 'prompt', text: 'update what we depend on', profile: 'claude' } },
  ],
  [{}, { fault: 'none' }],
  [{ to: 'backend' }, { fault: 'none' }],
  [{ command: 'queue.hold', prompt: 'hold it' }, { fault: 'several' }],
  [{ command: 'queue.hold', to: 'backend' }, { fault: 'to' }],
  [{ prompt: 'look', data: {} }, { fault: 'data' }],
  [{ prompt: 'look', to: 'backend', profile: 'claude' }, { fault: 'profile' }],
])('what is given as %j is %j', (fields, expected) => {
  expect(actionOf(fields)).toEqual(expected);
});
