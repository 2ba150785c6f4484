// `musher gateway` and `musher serve` as they are shipped, by the command line alone: registered, seen, reached through, killed and back.

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { expect, it, onTestFinished } from 'vitest';
import type { ProjectRow } from '../../preload/contract/gateway.ts';
import { runMusher, type Serving, startGateway } from '../harness/serve.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

it('a project is registered, seen and reached through a gateway, over the death of that', async () => {
  const world = await makeServeWorld();
  const { env } = world.repository;
  const gateways: Serving[] = [];
  onTestFinished(async () => {
    for (const one of gateways) await one.stop();
    await world.dispose();
  });
  const begin = async (port = 0) => {
    const gateway = await startGateway({ env, port });
    gateways.push(gateway);
    return gateway;
  };
  const [gateway, serving] = await Promise.all([begin(), world.serve()]);
  const musher = async ({ url, operatorToken }: Serving, ...words: string[]) => {
    const own = { ...env, MUSHER_URL: url, MUSHER_TOKEN: operatorToken };
    const ran = await runMusher([...words, '--json'], { env: own });
    expect(ran.stderr).toBe('');
    return JSON.parse(ran.stdout);
  };
  const { token } = await musher(gateway, 'gateway', 'token', '--name', 'shop');
  const asked = ['--gateway', gateway.url, '--join', token, '--mcp', 'act'];
  const registered = await musher(serving, 'register', ...asked);
  expect(registered).toMatchObject({ url: gateway.url, name: 'shop', mcp: 'act' });
  expect(registered.page).toMatch(`${serving.url}/?project=`);

  const { operatorToken } = gateway;
  const headers = { authorization: `Bearer ${operatorToken}` };
  const transport = new StreamableHTTPClientTransport(new URL(`${gateway.url}/mcp`), {
    requestInit: { headers },
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport as Transport);
  const added = await client.callTool({ name: 'add_story', arguments: { title: 'Log in' } });
  expect(added.isError ?? false).toBe(false);
  await client.close();
  expect(await serving.operator.query('story.list')).toMatchObject({
    stories: [{ title: 'Log in' }],
  });

  await gateway.kill('SIGKILL');
  const again = await begin(Number(new URL(gateway.url).port));
  const rows = await waitFor('it to come back', async () => {
    const { projects } = await again.operator.query<{ projects: ProjectRow[] }>('project.list');
    return projects[0]?.link?.status === undefined ? JSON.stringify(projects) : projects;
  });
  expect(rows).toMatchObject([{ name: 'shop', link: { status: { stories: { backlog: 1 } } } }]);
  expect(await again.kill('SIGTERM')).toEqual({ code: 0, signal: null });
});
