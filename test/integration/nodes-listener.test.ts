// Machines that come by the network: by TLS, at an address that somebody named, and to nothing but the way of nodes.

import { spawn } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeServeWorld, type ServeWorld } from '../harness/serve-world.ts';
import { cliFile, runMusher, type Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

const tls = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
const pair = ['--tls-cert', tls('cert.pem'), '--tls-key', tls('key.pem')];

let world: ServeWorld;
let serving: Serving;
let nodesUrl: string;
beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve({ args: ['--nodes-at', '127.0.0.1:0', ...pair] });
  nodesUrl = /"nodesUrl":"([^"]+)"/.exec(serving.output())?.[1] ?? serving.output();
});
afterAll(() => world.dispose());

describe('the way in for other machines', () => {
  it('lets a node in that trusts its certificate, and ends with its Musher', async () => {
    expect(nodesUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const clone = `${world.repository.root}-node`;
    await cp(world.repository.root, clone, { recursive: true });
    const asked = { MUSHER_URL: serving.url, MUSHER_TOKEN: serving.operatorToken };
    const env = { ...world.repository.env, ...asked };
    // What is to be typed is the way by the network too.
    const made = await runMusher(['join-token'], { env });
    const typed = made.stdout.match(/--rendezvous (https\S+) --join (\S+)/) ?? [];
    expect(typed[1], made.stdout + made.stderr).toBe(nodesUrl);
    const token = typed[2] ?? '';
    const joins = ['node', '--repo', clone, '--rendezvous', nodesUrl, '--join', token, '--json'];
    const stranger = await runMusher(joins, { env: world.repository.env });
    expect(stranger.stderr + stranger.stdout).toMatch(
      /RENDEZVOUS_UNTRUSTED.*self-signed.*NODE_EXTRA_CA_CERTS/s,
    );
    const trusts = { ...world.repository.env, NODE_EXTRA_CA_CERTS: tls('cert.pem') };
    const node = spawn(process.execPath, [cliFile, ...joins], { env: trusts, stdio: 'ignore' });
    try {
      const list = () =>
        serving.operator.query<{ nodes: Array<{ link?: { isConnected: boolean } }> }>(
          'node.list',
          {},
        );
      await waitFor(
        'the node to be there',
        async () =>
          (await list()).nodes[0]?.link?.isConnected === true || JSON.stringify(await list()),
        { timeoutMs: 30_000 },
      );
      expect(await ask('GET', '/status')).toBe(404);
      expect(await ask('POST', '/v1/commands/story.add')).toBe(404);
      expect(await ask('POST', '/sync/join')).toBe(400);
      // A link that is there holds up nobody.
      expect(await serving.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    } finally {
      node.kill('SIGKILL');
      await rm(clone, { recursive: true, force: true });
    }
  }, 90_000);
});

describe('what is refused at the start', () => {
  it.each([
    ['half of it', ['--nodes-at', '127.0.0.1:0'], /together/],
    ['no address', ['--nodes-at', 'somewhere', ...pair], /such as 192\.168\.1\.5:9443/],
    [
      'a file that is no key',
      ['--nodes-at', '127.0.0.1:0', '--tls-cert', tls('cert.pem'), '--tls-key', tls('cert.pem')],
      /NODES_AT_INVALID/,
    ],
    [
      'an address of another machine',
      ['--nodes-at', '192.0.2.77:9443', ...pair],
      /NODES_AT_INVALID/,
    ],
  ])('%s', async (_what, args, says) => {
    const { root, env } = world.repository;
    const { code, stderr, stdout } = await runMusher(
      ['serve', '--repo', root, '--port', '0', ...args],
      { env },
    );
    expect(code).not.toBe(0);
    expect(stderr + stdout).toMatch(says);
  });
});

function ask(method: string, path: string): Promise<number> {
  const { hostname, port } = new URL(nodesUrl);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, rejectUnauthorized: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.setHeader('content-type', 'application/json');
    sent.end(method === 'POST' ? '{}' : undefined);
  });
}
