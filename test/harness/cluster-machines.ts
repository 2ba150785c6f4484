// A rendezvous and its nodes as processes of their own, each with a clone, over a git remote that is served: what two machines are, on one.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { StoryRecord } from '../../preload/contract/story-facts.ts';
import { openWire, type Wire } from './faulty-wire.ts';
import { cliFile, endTerminals, runMusher, type Serving, startServe } from './serve.ts';
import { waitFor } from './wait.ts';

const run = promisify(execFile);
const file = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const author = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com' };
const committer = { GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' };

export class NodeMachine {
  readonly name: string;
  readonly clone: string;
  readonly wire: Wire;
  /** Where it lets its peers in; 0: it does not. */
  readonly peerPort: number;
  private readonly env: Readonly<Record<string, string>>;
  private child: ChildProcess | undefined;
  private output = '';

  constructor(
    parts: Pick<NodeMachine, 'name' | 'clone' | 'wire' | 'peerPort'> & {
      env: NodeMachine['env'];
    },
  ) {
    this.name = parts.name;
    this.clone = parts.clone;
    this.wire = parts.wire;
    this.peerPort = parts.peerPort;
    this.env = parts.env;
  }

  /** With a join token the first time. */
  async start(token?: string): Promise<void> {
    const joining = [
      '--rendezvous',
      `http://127.0.0.1:${this.wire.ports[0]}`,
      '--join',
      token ?? '',
    ];
    const letIn = this.peerPort === 0 ? [] : ['--peers-at', `127.0.0.1:${this.peerPort}`];
    const how = [...letIn, ...(token === undefined ? [] : joining)];
    const words = ['node', '--repo', this.clone, '--json', ...how];
    const [program = '', ...args] = [...this.wire.inside, process.execPath, cliFile, ...words];
    this.output = '';
    const child = spawn(program, args, { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        this.output += String(chunk);
      });
    await waitFor('the node to start', () => this.output.includes('"node":') || this.output, {
      timeoutMs: 60_000,
    });
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // `ip netns exec` becomes the program: the process is the node itself.
    child.kill(signal);
    await ended;
  }

  /** What its log has, asked for on its own machine. */
  events(): Promise<LoggedEvent[]> {
    return readLog([...this.wire.inside, process.execPath, cliFile], this.operatorEnv());
  }

  /** A command of its operator, with what it prints as JSON. */
  async musher(...words: string[]): Promise<unknown> {
    const [program = '', ...args] = [...this.wire.inside, process.execPath, cliFile, ...words];
    const { stdout } = await run(program, [...args, '--json'], { env: this.operatorEnv() });
    return JSON.parse(stdout);
  }

  private operatorEnv(): Record<string, string> {
    const line = this.output.split('\n').find((one) => one.startsWith('{"node"')) ?? '{}';
    const { url = '', operatorToken = '' } = JSON.parse(line) as Record<string, string>;
    return { ...this.env, MUSHER_URL: url, MUSHER_TOKEN: operatorToken };
  }

  /** Also false for one that ended by itself. */
  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null;
  }

  said(): string {
    return this.output;
  }

  /** Nothing that it started is left. */
  async dispose(): Promise<void> {
    await this.end('SIGKILL');
    // One that never started has none.
    await endTerminals(this.env).catch(() => undefined);
    await this.wire.end();
  }
}

export interface LoggedEvent {
  readonly seq: number;
  readonly type: string;
  readonly data: { readonly story: string; readonly transition?: string; readonly commit?: string };
}

async function readLog(
  [program = '', ...words]: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<LoggedEvent[]> {
  const all: LoggedEvent[] = [];
  for (let isMore = true; isMore; ) {
    const after = all.at(-1)?.seq ?? 0;
    const args = [...words, 'log', '--json', '--limit', '500', '--after', String(after)];
    const { stdout } = await run(program, args, { env: { ...env }, maxBuffer: 1 << 27 });
    const { events } = JSON.parse(stdout) as { events: LoggedEvent[] };
    all.push(...events);
    isMore = events.length > 0;
  }
  return all;
}

export interface ClusterMachines {
  readonly folder: string;
  readonly home: string;
  readonly nodes: NodeMachine[];
  rendezvous(): Serving;
  /** Begins again at the same port, after it was ended. */
  serve(): Promise<void>;
  join(skewMs?: number): Promise<NodeMachine>;
  stories(): Promise<StoryRecord[]>;
  /** What the log of the rendezvous has. */
  events(): Promise<LoggedEvent[]>;
  dispose(): Promise<void>;
}

const config = (agent: string, atOnce: number) => `
[pipeline]
profile = "writer"
max_agents = ${atOnce}
update_checkout = true
without_gates = "merge"
[cluster]
claim_minutes = 1
[profiles.writer]
program = "${process.execPath}"
args = ["${file(`agents/${agent}`)}"]
prompt_args = ["--", "{prompt}"]
`;

export interface MachinesOptions {
  /** What works on stories, of the fixtures. */
  readonly agent?: string;
  /** So long, and up to twice that, an agent needs for a story, milliseconds. Default: 500. */
  readonly workMs?: number;
  /** Each node on a network of its own, where that can be made. Default: true. */
  readonly isApart?: boolean;
  /** Each node lets its peers in, at a port of its own loopback that leads there on the others' too. Default: false. */
  readonly isMeshed?: boolean;
}

export async function clusterMachines({
  agent = 'writes-story.mjs',
  workMs = 500,
  isApart = true,
  isMeshed = false,
}: MachinesOptions = {}): Promise<ClusterMachines> {
  const folder = await mkdtemp(path.join(tmpdir(), 'musher-machines-'));
  const baseEnv = { PATH: process.env.PATH ?? '', HOME: folder, ...author, ...committer };
  const git = (args: readonly string[], cwd = folder) =>
    run('git', [...args], { cwd, env: baseEnv });
  const home = path.join(folder, 'home');
  await git(['init', '-q', '-b', 'main', home]);
  await writeFile(path.join(home, 'readme.md'), 'hello\n');
  await git(['add', '-A'], home);
  await git(['commit', '-qm', 'begin'], home);
  await git(['clone', '-q', '--bare', home, 'origin.git']);
  const [gitPort, port] = [await freePort(), await freePort()];
  const flags = ['--reuseaddr', '--listen=127.0.0.1', `--port=${gitPort}`, '--export-all'];
  const daemon = spawn(
    'git',
    ['daemon', ...flags, '--enable=receive-pack', `--base-path=${folder}`, folder],
    { env: baseEnv, stdio: 'ignore', detached: true },
  );
  await git(['remote', 'add', 'origin', `git://127.0.0.1:${gitPort}/origin.git`], home);
  const envOf = async (name: string, atOnce: number): Promise<Record<string, string>> => {
    const data = path.join(folder, `data-${name}`);
    await mkdir(data, { recursive: true });
    await writeFile(path.join(data, 'config.toml'), config(agent, atOnce));
    return {
      ...baseEnv,
      MUSHER_DATA: data,
      MUSHER_LOG: 'info',
      MUSHER_TEST_WORK_MS: String(workMs),
    };
  };
  const env = await envOf('home', 0);
  const nodes: NodeMachine[] = [];
  let serving = await startServe(home, { env, port });
  return {
    ...{ folder, home, nodes },
    rendezvous: () => serving,
    async serve() {
      serving = await startServe(home, { env, port });
    },
    async join(skewMs = 0) {
      const name = `node${nodes.length + 1}`;
      const clone = path.join(folder, name);
      await git(['clone', '-q', 'origin.git', name]);
      const wire = await openWire([port, gitPort], isApart);
      await git(
        ['remote', 'set-url', 'origin', `git://127.0.0.1:${wire.ports[1]}/origin.git`],
        clone,
      );
      const skewed = {
        NODE_OPTIONS: `--import=${file('skew.mjs')}`,
        MUSHER_TEST_SKEW_MS: String(skewMs),
      };
      const own = { ...(await envOf(name, 2)), ...(skewMs === 0 ? {} : skewed) };
      const peerPort = isMeshed ? await freePort() : 0;
      const node = new NodeMachine({ name, clone, wire, env: own, peerPort });
      if (isMeshed) await linkWays(node, nodes);
      nodes.push(node);
      const { url, operatorToken } = serving;
      const asked = { ...env, MUSHER_URL: url, MUSHER_TOKEN: operatorToken };
      const { stdout, stderr } = await runMusher(['join-token', '--label', name, '--json'], {
        env: asked,
      });
      const { token } = JSON.parse(stdout || '{}') as { token?: string };
      if (token === undefined) throw new Error(`no join token: ${stderr}`);
      await node.start(token);
      return node;
    },
    async stories() {
      const asked = { all: true, limit: 500 };
      return (await serving.operator.query<{ stories: StoryRecord[] }>('story.list', asked))
        .stories;
    },
    events() {
      const { url, operatorToken } = serving;
      const asked = { ...env, MUSHER_URL: url, MUSHER_TOKEN: operatorToken };
      return readLog([process.execPath, cliFile], asked);
    },
    async dispose() {
      await Promise.all(nodes.map((node) => node.dispose()));
      await serving.stop();
      await endTerminals(env);
      if (daemon.pid !== undefined) process.kill(-daemon.pid, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ways between a node and each that was there before it. */
async function linkWays(node: NodeMachine, others: readonly NodeMachine[]): Promise<void> {
  await node.wire.letIn(node.peerPort);
  for (const other of others) {
    await node.wire.reach(other.wire, other.peerPort);
    await other.wire.reach(node.wire, node.peerPort);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
