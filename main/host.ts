/** What the two hosts have in common: the app with its first repository, and what may and may not end the process. */
import type { AsNode } from './features/cluster/ports.ts';
import type { Logger } from './base/logger.ts';
import type { App } from './compose/app.ts';
import { MusherError } from './base/result.ts';
import type { StopAsked } from './broker/hand-over.ts';
import type { NodesAt } from './broker/nodes-listener.ts';
import { openApp } from './compose/app.ts';
import { lastRun, openLog } from './compose/offline.ts';
import type { Project } from './compose/project.ts';
import type { WelcomeOptions } from './compose/welcome.ts';
import { type DemoFolder, demoFolder } from './demo-folder.ts';
import { defaultPort } from './running.ts';

export type WelcomeGiven = Omit<WelcomeOptions, 'makeDemo'>;

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
  /** Left out: there is no page to choose a repository on. */
  readonly welcome?: WelcomeGiven | undefined;
  /** Told when `musher stop` asks it to end. */
  readonly onStop?: (asked: StopAsked) => void;
}

export interface OpenHost extends OpenApp {
  readonly project: Project;
}

export interface OpenApp {
  readonly app: App;
  /** It shows the demo: none of it is kept, and its agents end with it. */
  isDemo(): boolean;
  /** The agents go on, unless they are to end as well; those of the demo always end. */
  dispose(how?: StopAsked): Promise<void>;
}

/** One line about agents that outlive their Musher; undefined when none run. */
export async function whoGoesOn({ app }: OpenApp): Promise<string | undefined> {
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
  const demo = demoFolder();
  try {
    const repo = options.demo ? await demo.make() : (options.repo ?? '.');
    const { port = options.demo ? 0 : defaultPort } = options;
    const ports = port === 0 ? await portBefore(repo) : [port];
    const host = await openEmpty({ ...options, ports, demo });
    try {
      return { ...host, project: await host.app[options.demo ? 'openAlone' : 'open'](repo) };
    } catch (error) {
      await host.dispose();
      throw error;
    }
  } catch (error) {
    await demo.remove();
    throw error;
  }
}

/** The app alone, for a page to choose the repository on. */
export function openWelcomeHost(
  options: HostOptions & {
    readonly welcome: WelcomeGiven;
    /** Any port will do where the usual one is in use. */
    readonly canMove?: boolean;
  },
): Promise<OpenApp> {
  const { port = defaultPort, canMove = false } = options;
  return openEmpty({ ...options, ports: canMove ? [port, 0] : [port], demo: demoFolder() });
}

/** Adds the demo's agents, once the operator can watch them. */
export async function startDemo({ project }: Pick<OpenHost, 'project'>): Promise<void> {
  const { addDemoAgents } = await import('./demo/demo-agents.ts');
  await addDemoAgents(project.hub);
}

interface EmptyOptions extends Omit<HostOptions, 'demo'> {
  /** The next is taken where one is in use. */
  readonly ports: readonly number[];
  readonly demo: DemoFolder;
}

async function openEmpty(options: EmptyOptions): Promise<OpenApp> {
  const { demo } = options;
  const app = await openAtPort(options, options.ports);
  const dispose: OpenApp['dispose'] = (how) =>
    app.dispose(demo.isMade() ? { endAgents: true } : how).finally(() => demo.remove());
  return { app, dispose, isDemo: () => demo.isMade() };
}

/** Agents that outlived the Musher before know its address: where any port will do, it is taken again. */
async function portBefore(repo: string): Promise<readonly number[]> {
  const before = await lastRun(repo).catch(() => undefined);
  return before === undefined ? [0] : [Number(new URL(before.url).port), 0];
}

async function openAtPort(
  options: EmptyOptions,
  [port = 0, ...others]: readonly number[],
): Promise<App> {
  const { log, nodesAt, asNode, onLogin, onHandedOver, onStop, welcome, demo } = options;
  const makeDemo = async () => ({
    repo: await demo.make(),
    start: (project: Project) => startDemo({ project }),
  });
  try {
    return await openApp({
      ...(welcome !== undefined && { welcome: { ...welcome, makeDemo } }),
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
