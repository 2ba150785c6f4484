/** The browser host: the whole of Musher in plain Node, its page in any browser. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { musherError } from './base/result.ts';
import { probePort } from './broker/probe.ts';
import type { Musher } from './compose.ts';
import { compose, openLog, resolveRoot } from './compose.ts';

export interface ServeOptions {
  readonly repo: string;
  /** Default 9119; 0 takes a free port. */
  readonly port?: number;
  /** First line on stdout is one JSON object instead of text. */
  readonly json: boolean;
  readonly demo: boolean;
  /** Told once the page can be opened: a login link, or the address of a Musher that has the repository open already. */
  readonly onReady?: (url: string) => void;
}

export const defaultPort = 9119;

/** Runs until a signal ends it. Resolves with the exit code; throws MusherError when it cannot start. */
export async function serve(options: ServeOptions): Promise<number> {
  if (options.demo) return serveDemo(options);
  return serveRepository(options);
}

/** The sample repository lives as long as its Musher. */
async function serveDemo(options: ServeOptions): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'musher-demo-'));
  try {
    const { makeDemoRepository } = await import('./demo/demo-repository.ts');
    const repo = await makeDemoRepository(folder);
    // A free port: the usual one may belong to the operator's own Musher.
    return await serveRepository({ ...options, repo, port: options.port ?? 0 });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function serveRepository(options: ServeOptions): Promise<number> {
  const { repo } = options;
  const port = options.port ?? defaultPort;
  const running = port === 0 ? undefined : await findRunning(port, repo);
  if (running !== undefined) {
    print(options, { url: running, attached: true }, [
      `Musher already has this repository open at ${running}`,
    ]);
    options.onReady?.(running);
    return 0;
  }
  // From here on a signal is an orderly end, also one that comes while it is still starting.
  const ended = untilSignal();
  const log = openLog(process.env.MUSHER_LOG ?? 'warn');
  const host: { musher?: Musher } = {};
  const musher = await compose({
    repo,
    port,
    log,
    onLogin: () => announceLogin(options, host.musher),
  });
  host.musher = musher;
  print(
    options,
    {
      url: musher.url,
      loginUrl: musher.loginUrl(),
      operatorToken: musher.operatorToken,
      pid: process.pid,
    },
    greeting(musher),
  );
  options.onReady?.(musher.loginUrl());
  if (options.demo) await startDemo(musher);
  await ended;
  await musher.dispose();
  return 0;
}

/** The URL of a Musher that has this repository open at this port. Throws when anything else is there. */
async function findRunning(port: number, repo: string): Promise<string | undefined> {
  const probe = await probePort(port);
  if (probe.kind === 'free') return undefined;
  if (probe.kind === 'foreign') throw musherError('PORT_TAKEN', { port });
  if (probe.kind === 'silent') throw musherError('PORT_SILENT', { port });
  const root = await resolveRoot(repo);
  if (probe.repository === root) return probe.url;
  throw musherError('PORT_HAS_OTHER_REPOSITORY', { port, other: probe.repository, path: root });
}

function greeting(musher: Musher): string[] {
  return [
    `Musher has ${musher.repository} open.`,
    `  In the browser:  ${musher.loginUrl()}`,
    `  In a terminal:   export MUSHER_URL=${musher.url} MUSHER_TOKEN=${musher.operatorToken}`,
    '  Ctrl+C stops it, and the agents with it.',
  ];
}

function announceLogin(options: ServeOptions, musher: Musher | undefined): void {
  if (!options.json && musher !== undefined)
    process.stdout.write(`A browser signed in. Another one:  ${musher.loginUrl()}\n`);
}

function print(options: ServeOptions, json: object, lines: readonly string[]): void {
  process.stdout.write(options.json ? `${JSON.stringify(json)}\n` : `${lines.join('\n')}\n`);
}

/** The second signal is for those who cannot wait. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const onSignal = () => {
      process.once('SIGINT', () => process.exit(130));
      process.once('SIGTERM', () => process.exit(143));
      resolve();
    };
    process.once('SIGINT', onSignal);
    process.once('SIGTERM', onSignal);
  });
}

async function startDemo(musher: Musher): Promise<void> {
  const { addDemoAgents } = await import('./demo/demo-agents.ts');
  await addDemoAgents(musher.door);
}
