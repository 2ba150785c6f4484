/** The browser host: the whole of Musher in plain Node, its page in any browser. */
import { musherError } from './base/result.ts';
import type { OpenApp, OpenHost } from './host.ts';
import type { StopAsked } from './broker/hand-over.ts';
import type { NodesAt } from './broker/nodes-listener.ts';
import {
  guardProcess,
  openHost,
  openHostLog,
  openWelcomeHost,
  startDemo,
  whoGoesOn,
} from './host.ts';
import { findServing, isHelpedByWelcome, sayRunning } from './serve-welcome.ts';
import type { App } from './compose/app.ts';
import type { Project } from './compose/project.ts';

export interface ServeOptions {
  readonly repo: string;
  /** Else it is where the command was typed. */
  readonly isNamed: boolean;
  /** Default 9119; 0 takes a free port. */
  readonly port?: number;
  /** First line on stdout is one JSON object instead of text. */
  readonly json: boolean;
  readonly demo: boolean;
  /** Where nodes come in besides loopback. */
  readonly nodesAt?: NodesAt | undefined;
  /** Told once the page can be opened: a login link, or the address of a Musher that has the repository open already. */
  readonly onReady?: (url: string) => void;
}

/** Runs until a signal ends it. Resolves with the exit code; throws MusherError when it cannot start. */
export async function serve(options: ServeOptions): Promise<number> {
  const log = openHostLog();
  const running = await findServing({ ...options, log });
  if (running !== undefined) {
    const { url, page, handedOver } = running;
    requireOwn(options, url);
    print(options, { url, page, attached: true, handedOver }, sayRunning(running));
    options.onReady?.(page);
    return 0;
  }
  // From here on a signal is an orderly end, also one that comes while it is still starting.
  const { promise: ended, resolve: end } = Promise.withResolvers<StopAsked>();
  guardProcess(log, () => end({ endAgents: false }));
  let open: OpenApp | undefined;
  const onLogin = () => announceLogin(options, open);
  const onOpened = (project: Project) => open && announce(options, open, project);
  const welcome = welcomeOf(options, onOpened);
  const given = { ...options, log, welcome, onLogin, onHandedOver: onOpened, onStop: end };
  const host = await openFirst(given);
  open = host;
  try {
    if ('project' in host) {
      announce(options, host, host.project);
      options.onReady?.(host.app.loginUrl(host.project));
      if (options.demo) await startDemo(host);
    } else {
      announceWelcome(options, host.app);
      options.onReady?.(host.app.welcomeUrl());
    }
    await tellWhoGoesOn(host, await ended);
  } finally {
    await host.dispose(await Promise.race([ended, { endAgents: false }]));
  }
  return 0;
}

/** What is no repository and was not asked for by name leads to the page that lets one be chosen. */
async function openFirst(options: Parameters<typeof openHost>[0]): Promise<OpenHost | OpenApp> {
  try {
    return await openHost(options);
  } catch (error) {
    const { welcome } = options;
    if (welcome === undefined || welcome.asked === undefined || !isHelpedByWelcome(error))
      throw error;
    return openWelcomeHost({ ...options, welcome });
  }
}

function welcomeOf({ repo, isNamed }: ServeOptions, onChosen: (project: Project) => void) {
  const welcome = { host: 'browser' as const, folder: repo, onChosen };
  return isNamed ? welcome : { ...welcome, asked: repo };
}

/** A Musher that runs keeps to what it was started with. */
function requireOwn({ nodesAt }: ServeOptions, url: string): void {
  if (nodesAt === undefined) return;
  const reason = `Musher runs already, at ${url}; stop it first: musher stop`;
  throw musherError('NODES_AT_INVALID', { address: `${nodesAt.host}:${nodesAt.port}`, reason });
}

function announce(options: ServeOptions, { app, isDemo }: OpenApp, project: Project): void {
  const { url, nodesUrl } = app;
  const { operatorToken, root } = project;
  const loginUrl = app.loginUrl(project);
  const said = { url, loginUrl, operatorToken, pid: process.pid, repository: root };
  print(options, { ...said, ...(nodesUrl !== undefined && { nodesUrl }) }, [
    `Musher has ${root} open.`,
    `  In the browser:  ${loginUrl}`,
    `  In a terminal:   export MUSHER_URL=${url} MUSHER_TOKEN=${operatorToken}`,
    ...(nodesUrl === undefined ? [] : [`  Nodes come in at  ${nodesUrl}`]),
    isDemo() ? '  Ctrl+C stops it, and the agents with it.' : '  Ctrl+C stops it; agents go on.',
  ]);
}

function announceWelcome(options: ServeOptions, app: App): void {
  const { url, nodesUrl } = app;
  const loginUrl = app.welcomeUrl();
  const said = { url, loginUrl, pid: process.pid };
  print(options, { ...said, ...(nodesUrl !== undefined && { nodesUrl }) }, [
    `${options.repo} is no repository that can be opened; choose one in the browser.`,
    `  In the browser:  ${loginUrl}`,
    '  Or name it:      musher serve --repo <folder>. Ctrl+C stops this one.',
  ]);
}

async function tellWhoGoesOn(host: OpenApp, { endAgents }: StopAsked): Promise<void> {
  const said = host.isDemo() || endAgents ? undefined : await whoGoesOn(host);
  if (said !== undefined) process.stderr.write(`${said}\n`);
}

function announceLogin(options: ServeOptions, host: OpenApp | undefined): void {
  if (!options.json && host !== undefined)
    process.stdout.write(`A browser signed in. Another one:  ${host.app.welcomeUrl()}\n`);
}

function print(options: ServeOptions, json: object, lines: readonly string[]): void {
  process.stdout.write(options.json ? `${JSON.stringify(json)}\n` : `${lines.join('\n')}\n`);
}
