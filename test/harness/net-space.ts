// A network of its own on this machine, linked with it by one cable on which packets can be dropped.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Fault } from './faulty-relay.ts';
import { waitFor } from './wait.ts';

const run = promisify(execFile);

export interface Space {
  readonly name: string;
  /** This machine's address on the link. */
  readonly host: string;
  /** A second pair of addresses, for the ways to others: no fault touches what goes between these two. */
  readonly forPeers: { readonly host: string; readonly own: string };
  /** Drops packets of `host`: what the space sends, what it is sent, or both. */
  set(fault: Fault): Promise<void>;
  /** Hands connections on, there: from ports of `at` to the same ports of `target`, until the space ends. */
  forward(at: string, target: string, ports: readonly number[]): Promise<void>;
  end(): Promise<void>;
}

/** Undefined where this user may not make one. */
export async function openSpace(n: number): Promise<Space | undefined> {
  const tag = `${process.pid % 100_000}x${n}`;
  const name = `musher${tag}`;
  const [out, inner] = [`mo${tag}`, `mi${tag}`];
  const net = `10.${200 + (process.pid % 50)}.${n % 250}`;
  const host = `${net}.1`;
  const ip = (...args: string[]) => run('ip', args);
  const within = (...args: string[]) => ip('netns', 'exec', name, 'ip', ...args);
  try {
    await ip('netns', 'add', name);
  } catch {
    return undefined;
  }
  await ip('link', 'add', out, 'type', 'veth', 'peer', 'name', inner);
  await ip('link', 'set', inner, 'netns', name);
  const own = `${net}.2`;
  const forPeers = { host: `${net}.3`, own: `${net}.4` };
  for (const address of [host, forPeers.host]) await ip('addr', 'add', `${address}/24`, 'dev', out);
  await ip('link', 'set', out, 'up');
  await within('link', 'set', 'lo', 'up');
  for (const address of [own, forPeers.own])
    await within('addr', 'add', `${address}/24`, 'dev', inner);
  await within('link', 'set', inner, 'up');
  await within('route', 'add', `${forPeers.host}/32`, 'dev', inner, 'src', forPeers.own);
  const forwards: ChildProcess[] = [];
  const quietly = (done: Promise<unknown>) => done.catch(() => undefined);
  return {
    ...{ name, host, forPeers },
    async set(fault) {
      await quietly(within('route', 'del', 'blackhole', `${host}/32`));
      await quietly(ip('route', 'del', 'blackhole', `${own}/32`));
      // What the node sends is dropped there; what it is sent, here.
      if (fault === 'cut' || fault === 'down')
        await within('route', 'add', 'blackhole', `${host}/32`);
      if (fault === 'cut' || fault === 'up') await ip('route', 'add', 'blackhole', `${own}/32`);
    },
    async forward(at, target, ports) {
      forwards.push(await openForward(name, [at, target, ...ports.map(String)]));
    },
    async end() {
      for (const one of forwards) one.kill('SIGKILL');
      await quietly(ip('route', 'del', 'blackhole', `${own}/32`));
      await quietly(ip('link', 'del', out));
      await quietly(ip('netns', 'del', name));
    },
  };
}

async function openForward(space: string, how: readonly string[]): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('../fixtures/relay.mjs', import.meta.url));
  const words = ['netns', 'exec', space, process.execPath, file, ...how];
  const child = spawn('ip', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout?.on('data', (chunk) => {
    said += String(chunk);
  });
  await waitFor('what hands connections on', () => said.includes('ready') || said);
  return child;
}
