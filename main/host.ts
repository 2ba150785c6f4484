/** What the two hosts have in common: the app with its first repository, and what may and may not end the process. */
import type { AsNode } from './features/cluster/ports.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger } from './base/logger.ts';
import type { App } from './compose/app.ts';
import { MusherError } from './base/result.ts';
import type { StopAsked } from './broker/hand-over.ts';
import type { NodesAt } from './broker/nodes-listener.ts';
import { openApp } from './compose/app.ts';
import { lastRun, openLog } from './compose/offline.ts';
import type { Project } from './compose/project.ts';
import { defaultPort } from './running.ts';

export interface HostOptions {
  /** Any folder inside the repository; the demo brings its own. */
  readonly repo?: string;
  /** Default 9119, for the demo a free one: the usual one may belong to the operator's own Musher. 0 takes a free one. */
  readonly port?: number | undefined;
  readonly demo: boolean;
  /** Where nodes come in besides loopback. */
  readonly nodesAt?: NodesAt | undefined;
  readonly asNode?: AsNode | undefined;
  readonly log: Logger;
  /** Told after each login, so that a fresh link can be printed. */
  readonly onLogin?: () => void;
  /** Told after another start handed its repository over. */
  readonly onHandedOver?: (project: Project) => void;
  /** Told when `musher stop` asks it to end. */
  readonly onStop?: (asked: StopAsked) => void;
}

export interface OpenHost {
  readonly app: App;
  readonly project: Project;
  /** The agents go on, unless they are to end as well; those of the demo always end. */
  dispose(how?: StopAsked): Promise<void>;
}

/** One line about agents that outlive their Musher; undefined when none run. */
export async function whoGoesOn({ app }: OpenHost): Promise<string | undefined> {
  const names = await app.runningAgents().catch(() => []);
  if (names.length === 0) return undefined;
  const [who, verb] = names.length === 1 ? ['1 agent', 'goes'] : [`${names.length} agents`, 'go'];
  return `${who} ${verb} on running (${names.join(', ')}). \`musher stop --agents\` ends ${names.length === 1 ? 'it' : 'them'}.`;
}

/** The log that both hosts write; its level is MUSHER_LOG's, default `warn`. */
export function openHostLog(): Logger {
  return openLog(process.env.MUSHER_LOG ?? 'warn');
}

/** Opens the app and its first project. Throws what they throw; nothing is left then, the demo's folder included. */
export async function openHost(options: HostOptions): Promise<OpenHost> {
  if (!options.demo) return openOne(options);
  const folder = await mkdtemp(path.join(tmpdir(), 'musher-demo-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const { makeDemoRepository } = await import('./demo/demo-repository.ts');
    const repo = await makeDemoRepository(folder);
    const host = await openOne({ ...options, repo, port: options.port ?? 0 });
    return { ...host, dispose: () => host.dispose({ endAgents: true }).finally(removeFolder) };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

/** Adds the demo's agents, once the operator can watch them. */
export async function startDemo({ project }: OpenHost): Promise<void> {
  const { addDemoAgents } = await import('./demo/demo-agents.ts');
  await addDemoAgents(project.hub);
}

async function openOne(options: HostOptions): Promise<OpenHost> {
  const { repo = '.', port = defaultPort } = options;
  const app = await openAtPort(options, port === 0 ? await portBefore(repo) : [port]);
  try {
    const project = await app.open(repo);
    return { app, project, dispose: (how) => app.dispose(how) };
  } catch (error) {
    await app.dispose();
    throw error;
  }
}

/** Agents that outlived the Musher before know its address: where any port will do, it is taken again. */
async function portBefore(repo: string): Promise<readonly number[]> {
  const before = await lastRun(repo).catch(() => undefined);
  return before === undefined ? [0] : [Number(new URL(before.url).port), 0];
}

async function openAtPort(
  options: HostOptions,
  [port = 0, ...others]: readonly number[],
): Promise<App> {
  const { log, nodesAt, asNode, onLogin, onHandedOver, onStop } = options;
  try {
    return await openApp({
      ...{ port, log, nodesAt, asNode },
      ...(onLogin !== undefined && { onLogin }),
      ...(onHandedOver !== undefined && { onHandedOver }),
      ...(onStop !== undefined && { onStop }),
    });
  } catch (error) {
    if (others.length === 0 || !isPortTaken(error)) throw error;
    return openAtPort(options, others);
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof MusherError && error.wire.code === 'PORT_TAKEN';
}

/** A closed terminal window counts as a wish to end, on Windows too. */
const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;
const exitCodes: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 129, SIGINT: 130 };

/**
 * Tells the first signal that asks the process to end; a second one ends it at once, for those who cannot wait.
 * A defect that nobody caught ends what it was part of, and not the agents: what the hub holds is consistent after
 * every commit. Nor does a terminal window that is gone end it, where its output went.
 * `onTerminate` is told of the first SIGTERM in the place of `onEnd`, by who has something to finish first.
 */
export function guardProcess(log: Logger, onEnd: () => void, onTerminate?: () => void): void {
  process.on('uncaughtException', (err) => log.error({ err }, 'nobody caught a defect'));
  process.on('unhandledRejection', (err) => log.error({ err }, 'nobody caught a defect'));
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  let isEnding = false;
  let isTold = onTerminate === undefined;
  for (const signal of endSignals) {
    process.on(signal, () => {
      if (signal === 'SIGTERM' && !isTold && !isEnding) {
        isTold = true;
        onTerminate?.();
        return;
      }
      if (isEnding) process.exit(exitCodes[signal] ?? 143);
      isEnding = true;
      onEnd();
    });
  }
}
