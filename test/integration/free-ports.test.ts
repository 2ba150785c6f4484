import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { arePortsFree } from '../../main/adapters/free-ports.ts';

it.each(['127.0.0.1', '0.0.0.0', '::'])(
  'a range is not free while something listens in it on %s, and is free again after',
  async (host) => {
    const server = createServer().listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await arePortsFree({ from: port - 1, count: 3 })).toBe(false);
    server.close();
    await once(server, 'close');
    expect(await arePortsFree({ from: port, count: 1 })).toBe(true);
  },
);
