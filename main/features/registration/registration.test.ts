// A project at a gateway, over the real hub: what it tells there, and that nothing begins which the log does not say.

import { describe, expect, it } from 'vitest';
import { type GatewayLink, projectStatusSchema } from '../../../preload/contract/gateway-facts.ts';
import { openBox, refusedWith } from '../../../test/harness/hub.ts';
import { world } from '../../../test/harness/hub-ports.ts';

const ask = { gateway: 'http://127.0.0.1:9129', join: `gt1.${'a'.repeat(43)}` };

async function open() {
  const { features, gateway } = world();
  const box = await openBox({ features });
  await box.settle();
  return { box, gateway };
}

describe('a registration', () => {
  it('tells the gateway how the project stands, and soon what changed', async () => {
    const { box, gateway } = await open();
    expect(gateway.heard).toEqual([]);
    const { result } = await box.dispatch('gateway.register', ask);
    expect(result).toEqual({ url: ask.gateway, name: 'shop', mcp: 'none' });
    await box.settle();
    expect(gateway.heard).toHaveLength(1);
    await box.dispatch('story.add', { title: 'Log in' });
    await box.dispatch('story.add', { title: 'Log out' });
    box.clock.advance(1_000);
    await box.settle();
    expect(gateway.heard).toHaveLength(2);
    const last = projectStatusSchema.parse(gateway.heard[1]);
    expect(last).toMatchObject({ stories: { backlog: 2 }, waiting: { total: 0, blocking: 0 } });
    box.clock.advance(15_000);
    await box.settle();
    expect(gateway.heard).toHaveLength(3);
  });

  it('is shown, and ends with its key', async () => {
    const { box, gateway } = await open();
    await refusedWith('GATEWAY_NOT_REGISTERED', box.dispatch('gateway.leave', {}));
    await box.dispatch('gateway.register', { ...ask, mcp: 'read' });
    await box.settle();
    const { registration } = (await box.ask('gateway.self', {})) as {
      registration: GatewayLink | null;
    };
    expect(registration).toMatchObject({ url: ask.gateway, mcp: 'read', state: 'connected' });
    await box.dispatch('gateway.leave', {});
    await box.settle();
    expect(await box.ask('gateway.self', {})).toEqual({ registration: null });
    expect(gateway.link()).toBeUndefined();
  });

  it('is not begun by what lies there, where the log says nothing of it', async () => {
    const { box, gateway } = await open();
    await gateway.register({ ...ask, mcp: 'act' });
    await box.dispatch('story.add', { title: 'Log in' });
    await box.settle();
    expect(gateway.link()).toBeUndefined();
  });
});
