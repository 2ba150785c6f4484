import { expect, it } from 'vitest';
import { openBox } from '../../../test/harness/hub.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';

it('pins of all but the remembered approvals are let go of, a minute after the start and each day', async () => {
  const { features, outside } = world();
  const box = await openBox({ features });
  await box.dispatch('agent.add', { name: 'a' });
  const { result } = await box.dispatch(
    'approval.request',
    { commit: hex('a') },
    { actor: 'agent:a' },
  );
  outside.pins.add('a-forgotten');
  const sweeps = () => outside.done.filter((deed) => deed.startsWith('sweep'));
  await box.advance(59_000);
  expect(sweeps()).toEqual([]);
  await box.advance(1_000);
  const { approval } = result as { approval: string };
  expect(outside.pins).toContain(approval);
  expect(sweeps()).toEqual(['sweep a-forgotten']);
  outside.before = () => {
    throw new Error('no git');
  };
  await box.advance(24 * 3_600_000);
  expect(box.logged).toContainEqual(expect.objectContaining({ fields: { error: 'no git' } }));
  outside.before = () => undefined;
  await box.advance(24 * 3_600_000);
  expect(sweeps()).toHaveLength(2);
});
