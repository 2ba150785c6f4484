/** The browser host: the whole of Musher in plain Node, its page in any browser. */
import { musherError } from './base/result.ts';
import type { OpenHost } from './host.ts';
import type { StopAsked } from './broker/hand-over.ts';
import type { NodesAt } from './broker/nodes-listener.ts';
import { guardProcess, openHost, openHostLog, startDemo, whoGoesOn } from './host.ts';
import { attach } from './running.ts';
import type { App } from './compose/app.ts';
import type { Project } from './compose/project.ts';

export interface ServeOptions {
  readonly repo: string;
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
  const running = await attach({ ...options, log });
  if (running !== undefined) {
    const { url, page, handedOver } = running;
    requireOwn(options, url);
    const said = handedOver
      ? [`Opened in the Musher that runs, at ${page}`, '  Its terminal prints the login link.']
      : [`Musher already has this repository open at ${url}`];
    print(options, { url, page, attached: true, handedOver }, said);
    options.onReady?.(page);
    return 0;
  }
  // From here on a signal is an orderly end, also one that comes while it is still starting.
  const { promise: ended, resolve: end } = Promise.withResolvers<StopAsked>();
  guardProcess(log, () => end({ endAgents: false }));
  let open: OpenHost | undefined;
  const onLogin = () => announceLogin(options, open);
  const onHandedOver = (project: Project) => open && announce(options, open.app, project);
  const host = await openHost({ ...options, log, onLogin, onHandedOver, onStop: end });
  open = host;
  try {
    announce(options, host.app, host.project);
    options.onReady?.(host.app.loginUrl(host.project));
    if (options.demo) await startDemo(host);
    await tellWhoGoesOn(options, host, await ended);
  } finally {
    await host.dispose(await Promise.race([ended, { endAgents: false }]));
  }
  return 0;
}

/** A Musher that runs keeps to what it was started with. */
function requireOwn({ nodesAt }: ServeOptions, url: string): void {
  if (nodesAt === undefined) return;
  const reason = `Musher runs already, at ${url}; stop it first: musher stop`;
  throw musherError('NODES_AT_INVALID', { address: `${nodesAt.host}:${nodesAt.port}`, reason });
}

function announce(options: ServeOptions, app: App, project: Project): void {
  const { url, nodesUrl } = app;
  const { operatorToken, root } = project;
  const loginUrl = app.loginUrl(project);
  const said = { url, loginUrl, operatorToken, pid: process.pid, repository: root };
  print(options, { ...said, ...(nodesUrl !== undefined && { nodesUrl }) }, [
    `Musher has ${root} open.`,
    `  In the browser:  ${loginUrl}`,
    `  In a terminal:   export MUSHER_URL=${url} MUSHER_TOKEN=${operatorToken}`,
    ...(nodesUrl === undefined ? [] : [`  Nodes come in at  ${nodesUrl}`]),
    options.demo
      ? '  Ctrl+C stops it, and the agents with it.'
      : '  Ctrl+C stops it; agents go on.',
  ]);
}

async function tellWhoGoesOn(
  { demo }: ServeOptions,
  host: OpenHost,
  { endAgents }: StopAsked,
): Promise<void> {
  const said = demo || endAgents ? undefined : await whoGoesOn(host);
  if (said !== undefined) process.stderr.write(`${said}\n`);
}

function announceLogin(options: ServeOptions, host: OpenHost | undefined): void {
  if (!options.json && host !== undefined)
    process.stdout.write(`A browser signed in. Another one:  ${host.app.loginUrl(host.project)}\n`);
}

function print(options: ServeOptions, json: object, lines: readonly string[]): void {
  process.stdout.write(options.json ? `${JSON.stringify(json)}\n` : `${lines.join('\n')}\n`);
}
