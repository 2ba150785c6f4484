// What a gateway may have done here: what the log says was granted, and nothing that the gateway says.

import { expect, it } from 'vitest';
import type { GatewayFrame } from '../../../preload/contract/gateway-frames.ts';
import type { McpGrant } from '../../../preload/contract/say-gateway.ts';
import { type Box, openBox, refusedWith } from '../../../test/harness/hub.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { serveGateway } from './serve-project.ts';

const never = new AbortController().signal;
const add = {
  ...{ k: 'call', id: 1, tool: 'add_story', data: { title: 'Log in' } },
  commandId: 'mcp.1',
} as const satisfies GatewayFrame;

async function granted(mcp: McpGrant | undefined): Promise<Box> {
  const box = await openBox({ features: world().features });
  const ask = { gateway: 'http://127.0.0.1:9129', join: `gt1.${'a'.repeat(43)}` };
  if (mcp !== undefined) await box.dispatch('gateway.register', { ...ask, mcp });
  return box;
}

async function toolsOf(box: Box): Promise<string[]> {
  const { tools } = (await serveGateway(box.hub, { k: 'tools', id: 1 }, never)) as {
    tools: Array<{ name: string }>;
  };
  return tools.map(({ name }) => name);
}

it.each([
  [undefined, []],
  ['none', []],
  ['read', ['list_stories', 'show_story']],
] as const)('of what granted %s, %j are offered, and nothing is changed', async (mcp, some) => {
  const box = await granted(mcp);
  const tools = await toolsOf(box);
  for (const tool of some) expect(tools).toContain(tool);
  expect(tools.length > 0).toBe(some.length > 0);
  const refused = await refusedWith('GATEWAY_GRANT', serveGateway(box.hub, add, never));
  expect(refused.wire.message).toContain('the tool add_story');
  expect(await box.ask('story.list', {})).toMatchObject({ stories: [] });
});

it('of what granted all, a tool is used as the operator, once for one call', async () => {
  const box = await granted('act');
  expect(await toolsOf(box)).toContain('add_story');
  // Of agents alone.
  expect(await toolsOf(box)).not.toContain('report_status');
  const [first, again] = [1, 2].map(() => serveGateway(box.hub, add, never));
  await box.settle();
  expect(await first).toEqual(await again);
  const { stories } = (await box.ask('story.list', {})) as { stories: object[] };
  expect(stories).toHaveLength(1);
  const page = (await box.ask('log.page', { limit: 5 })) as {
    events: Array<{ type: string; actor: string; causeId: string }>;
  };
  const added = page.events.find(({ type }) => type === 'story.added');
  expect(added).toMatchObject({ actor: 'operator', causeId: 'gateway.mcp.1' });
});

it('what was taken back is granted no more', async () => {
  const box = await granted('act');
  await box.dispatch('gateway.leave', {});
  expect(await toolsOf(box)).toEqual([]);
});
