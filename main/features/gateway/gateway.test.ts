// Registration tokens and projects of a gateway, over the real hub: who is let in, and what is remembered of whom.

import { assert, describe, expect, it } from 'vitest';
import type { ProjectLink, ProjectStatus } from '../../../preload/contract/gateway-facts.ts';
import { type Box, openBox, refusedWith } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { ok, refuse } from '../../base/result.ts';
import { gatewayFeature } from './index.ts';
import type { GatewayDoor, RegisterAsk } from './ports.ts';

const hash = (letter: string) => letter.repeat(64);
const shop: RegisterAsk = {
  ...{ invite: hash('a'), key: hash('1'), project: 'log-shop', repository: '/code/shop' },
  mcp: 'read',
};
const status: ProjectStatus = {
  ...{ version: '1.0.0', agents: { working: 2 }, stories: { coding: 1 } },
  waiting: { total: 1, blocking: 1, oldestMs: 5, kinds: { question: 1 } },
};

interface Open {
  readonly box: Box;
  readonly door: GatewayDoor;
  readonly looked: string[];
}

async function open(over: Partial<Parameters<typeof openBox>[0]> = {}): Promise<Open> {
  let door: GatewayDoor | undefined;
  const looked: string[] = [];
  const feature = gatewayFeature({
    async reach(url, project) {
      looked.push(`${url} ${project}`);
      return url.endsWith(':1')
        ? refuse('GATEWAY_ADDRESS_UNREACHED', { url, reason: 'nobody listens there' })
        : ok(url);
    },
    opened: (one) => {
      door = one;
    },
  });
  const box = await openBox({ features: [feature], ...over });
  await box.settle();
  assert(door, 'no door was opened');
  return { box, door, looked };
}

async function join({ box, door }: Open, ask: RegisterAsk = shop, token: object = {}) {
  await box.dispatch('project.invite', { hash: ask.invite, ...token });
  const joined = door.join(ask);
  joined.catch(() => undefined);
  await box.settle();
  return joined;
}

async function listed(box: Box) {
  return (await box.ask('project.list', {})) as {
    projects: Array<{ id: string; name: string; key?: string; link?: ProjectLink }>;
    tokens: object[];
  };
}

describe('a registration token', () => {
  it('lets one project register, once', async () => {
    const all = await open();
    expect(await join(all)).toEqual({ id: 'g-1', name: 'shop' });
    // Who did not hear the answer asks again.
    const same = all.door.join(shop);
    await all.box.settle();
    expect(await same).toEqual({ id: 'g-1', name: 'shop' });
    const again = all.door.join({ ...shop, project: 'log-other', key: hash('2') });
    const refused = refusedWith('REGISTER_TOKEN_INVALID', again);
    await all.box.settle();
    expect((await refused).wire.message).toContain('used already');
    expect((await listed(all.box)).tokens).toEqual([]);
  });

  it('that expired, was taken back or never made opens nothing, and has no address looked at', async () => {
    const all = await open();
    await all.box.dispatch('project.invite', { hash: hash('a'), forMs: 60_000 });
    all.box.clock.advance(60_000);
    const late = refusedWith('REGISTER_TOKEN_INVALID', all.door.join(shop));
    await all.box.settle();
    expect((await late).wire.message).toContain('expired');
    const made = await all.box.dispatch('project.invite', { hash: hash('b') });
    const { invite } = made.result as { invite: string };
    await all.box.dispatch('project.uninvite', { invite });
    const address = 'http://127.0.0.1:9119';
    const none = refusedWith(
      'REGISTER_TOKEN_INVALID',
      all.door.join({ ...shop, invite: hash('b'), address }),
    );
    await all.box.settle();
    expect((await none).wire.message).toContain('nobody made it');
    expect(all.looked).toEqual([]);
  });

  it('is kept by the fifty, those that are over not counted', async () => {
    const { box } = await open();
    for (let n = 0; n < 50; n++)
      await box.dispatch('project.invite', { hash: String(n).padStart(64, '0'), forMs: 60_000 });
    await refusedWith('REGISTER_TOKEN_LIMIT', box.dispatch('project.invite', { hash: hash('c') }));
    box.clock.advance(60_000);
    await box.dispatch('project.invite', { hash: hash('c') });
    expect((await listed(box)).tokens).toHaveLength(1);
  });
});

describe('a project', () => {
  it('is refused an address at which it does not answer, and its token still works', async () => {
    const all = await open();
    const away = join(all, { ...shop, address: 'http://127.0.0.1:1' });
    await refusedWith('GATEWAY_ADDRESS_UNREACHED', away);
    const there = all.door.join({ ...shop, address: 'http://127.0.0.1:9119' });
    await all.box.settle();
    expect(await there).toEqual({ id: 'g-1', name: 'shop' });
    expect(all.looked.at(-1)).toBe('http://127.0.0.1:9119 log-shop');
  });

  it('registers anew by the key that it has, and nobody else in its place', async () => {
    const all = await open();
    await join(all);
    const other = join(all, { ...shop, invite: hash('b'), key: hash('2') });
    expect((await refusedWith('PROJECT_REGISTERED', other)).wire.message).toContain('"shop"');
    const anew = all.door.join({
      ...{ ...shop, invite: hash('b'), key: hash('3'), before: hash('1'), mcp: 'act' as const },
    });
    await all.box.settle();
    expect(await anew).toEqual({ id: 'g-1', name: 'shop' });
    expect(all.door.projectOf(hash('1'))).toBeUndefined();
    expect(all.door.projectOf(hash('3'))).toMatchObject({ id: 'g-1', mcp: 'act' });
  });

  it('is called as its token says, and two of one name are told apart', async () => {
    const all = await open();
    await join(all);
    const second = { ...shop, invite: hash('b'), key: hash('2'), project: 'log-2' };
    expect(await join(all, second)).toEqual({ id: 'g-2', name: 'shop 2' });
    const third = { ...second, invite: hash('c'), key: hash('3'), project: 'log-3', name: 'x' };
    expect(await join(all, third, { name: 'till' })).toEqual({ id: 'g-3', name: 'till' });
    await all.box.dispatch('project.rename', { project: 'till', name: 'shop' });
    await all.box.settle();
    expect(all.door.projects().map(({ name }) => name)).toEqual(['shop', 'shop 2', 'shop 3']);
  });

  it('is heard, and forgotten with all that was heard of it', async () => {
    const all = await open();
    await join(all);
    all.door.saw('g-1', { isConnected: true });
    all.door.heard('g-1', status);
    await all.door.look('g-1', 'http://127.0.0.1:9119');
    const [before] = (await listed(all.box)).projects;
    expect(before).toMatchObject({
      link: { isConnected: true, status, page: 'http://127.0.0.1:9119/?project=log-shop' },
    });
    expect(before?.key).toBeUndefined();
    await all.door.look('g-1', 'http://127.0.0.1:1');
    expect(all.door.linkOf('g-1')).not.toHaveProperty('page');
    expect(all.door.linkOf('g-1')?.pageProblem).toContain('nobody listens there');
    await all.box.dispatch('project.remove', { project: 'shop' });
    await all.box.settle();
    all.door.heard('g-1', status);
    expect(all.door.linkOf('g-1')).toBeUndefined();
    const gone = all.box.dispatch('project.remove', { project: 'shop' });
    expect((await refusedWith('GATEWAY_PROJECT_UNKNOWN', gone)).wire.mend).toContain('none yet');
  });

  it('is remembered over a restart, and how it stood is not', async () => {
    const store = memoryStore();
    const first = await open({ store });
    await join(first);
    first.door.heard('g-1', status);
    await first.box.hub.stop();
    const again = await open({ store });
    expect(again.door.projectOf(hash('1'))).toMatchObject({ id: 'g-1', name: 'shop' });
    expect(again.door.linkOf('g-1')).toBeUndefined();
  });

  it('that leaves by itself is gone, once', async () => {
    const all = await open();
    await join(all);
    let told = 0;
    all.door.onChange(() => {
      told += 1;
    });
    void all.door.leave('g-1');
    await all.box.settle();
    void all.door.leave('g-1');
    await all.box.settle();
    expect(all.door.projects()).toEqual([]);
    expect(told).toBe(1);
  });
});
