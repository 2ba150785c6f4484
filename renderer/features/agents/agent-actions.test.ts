import { expect, it } from 'vitest';
import { actionsOf, withheldOf } from './agent-actions.ts';

const paused = { by: 'operator', sinceMs: 1 } as const;

it.each([
  [{ state: 'running' }, true, []],
  [{ state: 'running', paused }, false, ['It is paused']],
  [{ state: 'stopped' }, false, ['It is not running']],
  [{ state: 'starting' }, false, ['It is not running']],
] as const)('of %j, a kick can be sent: %j, else is shown with %j', (agent, isAble, reasons) => {
  expect(actionsOf(agent).some(({ id }) => id === 'agent.kick')).toBe(isAble);
  expect(withheldOf(agent).map(({ detail }) => detail)).toEqual(reasons);
});
