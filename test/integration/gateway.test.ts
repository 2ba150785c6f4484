// A gateway over real sockets: projects that come, go and come back, whoever sends what a project may not, and MCP clients that reach through.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveGateway } from '../../main/broker/gateway/serve-project.ts';
import type { OpenGatewayLinks } from '../../main/adapters/gateway/gateway-links.ts';
import { aStatus, type GatewayWorld, gatewayWorld, linkHeaders } from '../harness/gateway-world.ts';
import { openBox, refusedWith } from '../harness/hub.ts';
import { world as hubWorld } from '../harness/hub-ports.ts';
import { waitFor } from '../harness/wait.ts';
import { musher } from './cli-world.ts';

let world: GatewayWorld;
beforeAll(async () => {
  world = await gatewayWorld();
});
afterAll(() => world.end());

const isConnected = (name: string) =>
  waitFor(`${name} to be heard`, async () => {
    const row = await world.row(name);
    return (
      (row?.link?.isConnected === true && row.link.status !== undefined) || JSON.stringify(row)
    );
  });
const linkOf = (links: OpenGatewayLinks) => JSON.stringify(links.link());

describe('a project', () => {
  it('is seen, and comes back by itself to a gateway that began again', async () => {
    const shop = await world.registered('shop');
    await isConnected('shop');
    expect((await world.row('shop'))?.link?.status).toEqual(aStatus);
    await world.stop();
    await waitFor('it to notice', () => shop.link()?.state === 'offline' || linkOf(shop));
    await world.start();
    await isConnected('shop');
    expect((await world.list()).map(({ name }) => name)).toEqual(['shop']);
    await world.ask('project.rename', { project: 'shop', name: 'corner shop' });
    shop.say(aStatus);
    await waitFor('it to hear', () => shop.link()?.name === 'corner shop' || linkOf(shop));
    await world.ask('project.rename', { project: 'corner shop', name: 'shop' });
  });

  it('that is forgotten hears why; one that leaves is gone', async () => {
    const till = await world.registered('till');
    await isConnected('till');
    await world.ask('project.remove', { project: 'till' });
    await waitFor('why', () => till.link()?.error?.code === 'REGISTRATION_UNKNOWN' || linkOf(till));
    const shed = await world.registered('shed');
    await isConnected('shed');
    await shed.forget();
    await waitFor('it to be gone', async () => (await world.row('shed')) === undefined);
    expect(shed.link()).toBeUndefined();
  });

  it('has a page where the gateway finds it, and is refused an address where it does not', async () => {
    const answers = { musher: true, projects: [{ id: 'log-inn' }] };
    const server = createServer((_asked, answer) => answer.end(JSON.stringify(answers)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const there = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { url } = world.gateway();
    const join = await world.token();
    const inn = world.project('inn', { listens: () => there });
    const ask = { gateway: url, join, mcp: 'none' } as const;
    for (const address of ['http://0.0.0.0:9119', 'http://[::]:9119', 'http://10.0.0.9:9119', 'x'])
      await refusedWith('GATEWAY_ADDRESS_INVALID', inn.register({ ...ask, address }));
    await refusedWith('GATEWAY_ADDRESS_INVALID', inn.register({ ...ask, gateway: 'http://[::]' }));
    await refusedWith('GATEWAY_ADDRESS_UNREACHED', inn.register({ ...ask, address: url }));
    const registered = await inn.register(ask);
    expect(registered.page).toBe(`${there}/?project=log-inn`);
    // A copy of its folder has its key, and takes its place; nobody without it does.
    const again = await inn.register({ ...ask, join: await world.token(), mcp: 'read' });
    expect(again.name).toBe('inn');
    const thief = world.project('inn-2', { project: 'log-inn' });
    const stolen = thief.register({ ...ask, join: await world.token() });
    await refusedWith('PROJECT_REGISTERED', stolen);
    server.close();
  });
});

describe('who may not', () => {
  it('is refused before anything is read of it', async () => {
    const { key } = await world.hostile('door');
    const refused = async (headers: Record<string, string>) =>
      (await world.link(headers)).refused?.code;
    expect(await refused({})).toBe('GATEWAY_PROTOCOL');
    expect(await refused(linkHeaders('gk1.nobody'))).toBe('REGISTRATION_UNKNOWN');
    expect(await refused({ ...linkHeaders(key), origin: 'http://evil.example' })).toBe(
      'ORIGIN_REFUSED',
    );
    const body = {
      ...{ protocol: 1, token: `gt1.${'a'.repeat(43)}`, key: 'b'.repeat(64) },
      ...{ project: 'p', repository: '/p', mcp: 'act', listens: '' },
    };
    const code = async (answer: Promise<Response>) =>
      ((await (await answer).json()) as { error: { code: string } }).error.code;
    expect(await code(world.register(body))).toBe('REGISTER_TOKEN_INVALID');
    expect(await code(world.register({ ...body, protocol: 9 }))).toBe('GATEWAY_PROTOCOL');
    expect(await code(world.register({ ...body, more: 1 }))).toBe('BODY_INVALID');
    expect(await code(world.register(body, { origin: 'http://evil.example' }))).toBe(
      'ORIGIN_REFUSED',
    );
  });

  it('asks a gateway for what projects have is sent there', async () => {
    await expect(world.ask('agent.list')).rejects.toThrow('PROJECT_WANTED');
    await expect(world.ask('agent.nonsense')).rejects.toThrow('NOT_FOUND');
    const ran = await musher(['status'], { env: { MUSHER_URL: world.gateway().url } });
    expect(ran.out).toContain('musher gateway list');
  });

  it.each([
    ['what is no JSON', ['{'], 4400],
    ['bytes', [Buffer.from([1, 2, 3])], 4400],
    [
      'another status than there is',
      [JSON.stringify({ k: 'status', status: { agents: 7 } })],
      4400,
    ],
    [
      'a field too many',
      [JSON.stringify({ k: 'status', status: { ...aStatus, html: '<b>' } })],
      4400,
    ],
    ['more than it may', ['x'.repeat(5 * 1024 * 1024)], 1009],
    ['much that nobody asked for', [JSON.stringify({ k: 'x'.repeat(20_000) })], 4400],
    [
      'a time that no calendar has',
      [
        JSON.stringify({
          k: 'status',
          status: { ...aStatus, waiting: { ...aStatus.waiting, oldestMs: 1e20 } },
        }),
      ],
      4400,
    ],
    ['words of many bytes', [JSON.stringify({ k: 'status', ['語'.repeat(300)]: 1 })], 4400],
    ['without end', Array(400).fill(JSON.stringify({ k: 'status', status: aStatus })), 4400],
  ])('and sends %s has its link ended, and others are not touched', async (what, frames, code) => {
    const name = `h${what.length}${frames.length}`;
    const hostile = await world.hostile(name);
    const { socket, closed } = await hostile.link();
    for (const frame of frames) socket.send(frame);
    expect(await closed).toBe(code);
    await waitFor('the reason', async () => (await world.row(name))?.link?.refused !== undefined);
    expect((await world.row('shop'))?.link?.isConnected).toBe(true);
    await world.ask('project.remove', { project: name });
  });

  it('shows a key that is in use: the newer link counts', async () => {
    const twice = await world.hostile('twice');
    const first = await twice.link();
    await twice.link();
    expect(await first.closed).toBe(4409);
    expect((await world.row('twice'))?.link?.isConnected).toBe(true);
  });
});

describe('an MCP client', () => {
  async function connect(query = ''): Promise<Client> {
    const { url, operatorToken } = world.gateway();
    const headers = { authorization: `Bearer ${operatorToken}` };
    const at = new URL(`${url}/mcp${query}`);
    const transport = new StreamableHTTPClientTransport(at, { requestInit: { headers } });
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(transport as Transport);
    return client;
  }
  async function call(client: Client, name: string, data: Record<string, unknown> = {}) {
    const { content, isError } = await client.callTool({ name, arguments: data });
    const [first] = content as Array<{ text: string }>;
    return { isError: isError === true, text: first?.text ?? '' };
  }

  it('has the tools of the project that it chose, as far as that granted them', async () => {
    const box = await openBox({ features: hubWorld().features });
    await box.dispatch('story.add', { title: 'Log in with a passkey' });
    await box.dispatch('gateway.register', {
      ...{ gateway: 'http://127.0.0.1:9129', join: `gt1.${'a'.repeat(43)}`, mcp: 'read' },
    });
    await world.registered('mcp', {
      serve: (ask, signal) => serveGateway(box.hub, ask, signal) as Promise<never>,
      mcp: 'read',
    });
    await isConnected('mcp');
    const client = await connect();
    const changes: string[] = [];
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
      changes.push('list');
    });
    const names = async () => (await client.listTools()).tools.map(({ name }) => name);
    expect(await names()).toEqual(['gateway_projects', 'gateway_switch']);
    expect((await call(client, 'list_stories')).text).toContain('GATEWAY_NO_PROJECT');
    expect((await call(client, 'gateway_switch', { project: 'nowhere' })).text).toContain('mcp');
    expect((await call(client, 'gateway_switch', { project: 'mcp' })).isError).toBe(false);
    await waitFor('the list to be told', () => changes.length > 0);
    expect(await names()).toContain('list_stories');
    expect(await names()).not.toContain('add_story');
    expect((await call(client, 'list_stories')).text).toContain('Log in with a passkey');
    const acted = await call(client, 'add_story', { title: 'Log out' });
    expect(acted).toMatchObject({ isError: true });
    expect(acted.text).toContain('GATEWAY_GRANT');
    await client.close();
  });

  it('is told which project is away, grants nothing, or answers rubbish', async () => {
    const rubbish = await world.registered('odd', {
      serve: async () => ({ tools: [{ name: 'gateway_switch' }] }),
      mcp: 'act',
    });
    await isConnected('odd');
    const client = await connect('?project=odd');
    expect((await client.listTools()).tools).toHaveLength(2);
    expect((await call(client, 'list_stories')).text).toMatch(/GATEWAY_ANSWER_INVALID.*"odd"/);
    await rubbish.forget();
    rubbish.close();
    await call(client, 'gateway_switch', { project: 'shop' });
    expect((await call(client, 'list_stories')).text).toMatch(/GATEWAY_GRANT.*"shop"/);
    await call(client, 'gateway_switch', { project: 'door' });
    expect((await call(client, 'list_stories')).text).toMatch(/GATEWAY_PROJECT_AWAY.*"door"/);
    const { text } = await call(client, 'gateway_projects');
    expect(JSON.parse(text)).toMatchObject({ chosen: 'door' });
    expect(text).toContain('1 question, 2 approvals');
    await client.close();
  });
});

it('nothing that opens a door is logged', () => {
  expect(JSON.stringify(world.logged)).not.toMatch(/g[tk]1\.|mt1\./);
});
