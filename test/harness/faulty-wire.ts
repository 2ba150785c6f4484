// The way from a node to its rendezvous and to the git remote, as bad as a test wants it. Where the machine lets it, the node lives in a network
// namespace of its own and packets are really dropped; else, and for what is slow or lossy, a relay holds back what goes through it.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { waitFor } from './wait.ts';

const run = promisify(execFile);

/**
 * `cut`: nothing arrives, and nobody is told. `up`, `down`: only what the node sends, or is sent, arrives. `lossy`: three packets of ten are sent
 * again. `slow`: half a second each way. `reset`: connections that are there break, once.
 */
export type Fault = 'none' | 'cut' | 'up' | 'down' | 'lossy' | 'slow' | 'reset';

export interface Wire {
  /** What starts a program on the node's machine. */
  readonly inside: readonly string[];
  /** Ports on the node's own loopback, in the order of those that they lead to. */
  readonly ports: readonly number[];
  set(fault: Fault): Promise<void>;
  end(): Promise<void>;
}

let made = 0;

/** To these ports of this machine's loopback. `isApart`: on a network of its own, where that can be made. */
export async function openWire(targets: readonly number[], isApart = true): Promise<Wire> {
  made += 1;
  const space = isApart ? await openSpace(made) : undefined;
  const relay = new Relay();
  const ports: number[] = [];
  for (const target of targets) ports.push(await relay.listen(space?.host ?? '127.0.0.1', target));
  const tunnel = space && (await openTunnel(space, ports));
  return {
    inside: space === undefined ? [] : ['ip', 'netns', 'exec', space.name],
    ports,
    async set(fault) {
      relay.fault = space !== undefined && isOfPackets(fault) ? 'none' : fault;
      if (fault === 'reset') relay.reset();
      await space?.set(fault);
    },
    async end() {
      tunnel?.kill('SIGKILL');
      await relay.end();
      await space?.end();
    },
  };
}

function isOfPackets(fault: Fault): boolean {
  return fault === 'cut' || fault === 'up' || fault === 'down';
}

const held = { slowMs: 500, againMs: 200, lostOfTen: 3 } as const;

class Relay {
  fault: Fault = 'none';
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();

  async listen(host: string, target: number): Promise<number> {
    const server = createServer((near) => this.join(near, connect(target, '127.0.0.1')));
    this.servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    return (server.address() as { port: number }).port;
  }

  private join(near: Socket, far: Socket): void {
    this.carry(near, far, 'up');
    this.carry(far, near, 'down');
  }

  /** In order; what is held back holds back what is behind it, as a stream does. */
  private carry(from: Socket, to: Socket, way: 'up' | 'down'): void {
    this.sockets.add(from);
    let before = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      before = before.then(async () => {
        if (!this.arrives(way)) return;
        await new Promise((resolve) => setTimeout(resolve, this.holdMs()));
        if (!to.destroyed) to.write(chunk);
      });
    });
    // Whoever is cut off does not hear that the other has gone.
    from.on('end', () => void before.then(() => this.arrives(way) && to.end()));
    from.on('close', () => {
      this.sockets.delete(from);
      // After what is on its way.
      void before.then(() => this.arrives(way) && to.destroySoon());
    });
    from.on('error', () => undefined);
  }

  private arrives(way: 'up' | 'down'): boolean {
    return this.fault !== 'cut' && !(isOfPackets(this.fault) && this.fault !== way);
  }

  private holdMs(): number {
    if (this.fault === 'slow') return held.slowMs;
    if (this.fault !== 'lossy') return 0;
    let ms = 0;
    for (let again: number = held.againMs; Math.random() * 10 < held.lostOfTen; again *= 2)
      ms += again;
    return ms;
  }

  reset(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  async end(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(this.servers.map((one) => new Promise((done) => one.close(done))));
  }
}

interface Space {
  readonly name: string;
  /** This machine's address on the link. */
  readonly host: string;
  set(fault: Fault): Promise<void>;
  end(): Promise<void>;
}

/** Undefined where this user may not make one. */
async function openSpace(n: number): Promise<Space | undefined> {
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
  await ip('addr', 'add', `${host}/24`, 'dev', out);
  await ip('link', 'set', out, 'up');
  await within('link', 'set', 'lo', 'up');
  await within('addr', 'add', `${net}.2/24`, 'dev', inner);
  await within('link', 'set', inner, 'up');
  const quietly = (done: Promise<unknown>) => done.catch(() => undefined);
  return {
    ...{ name, host },
    async set(fault) {
      await quietly(within('route', 'del', 'blackhole', `${host}/32`));
      await quietly(ip('route', 'del', 'blackhole', `${net}.2/32`));
      // What the node sends is dropped there; what it is sent, here.
      if (fault === 'cut' || fault === 'down')
        await within('route', 'add', 'blackhole', `${host}/32`);
      if (fault === 'cut' || fault === 'up') await ip('route', 'add', 'blackhole', `${net}.2/32`);
    },
    async end() {
      await quietly(ip('route', 'del', 'blackhole', `${net}.2/32`));
      await quietly(ip('link', 'del', out));
      await quietly(ip('netns', 'del', name));
    },
  };
}

async function openTunnel({ name, host }: Space, ports: readonly number[]): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('../fixtures/relay.mjs', import.meta.url));
  const words = ['netns', 'exec', name, process.execPath, file, host, ...ports.map(String)];
  const child = spawn('ip', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout?.on('data', (chunk) => {
    said += String(chunk);
  });
  await waitFor('the tunnel', () => said.includes('ready') || said);
  return child;
}
