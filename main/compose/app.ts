/**
 * The app: what all projects share. One broker, one terminal host, one door for pages; a project is a repository with
 * a hub of its own (project.ts). The two are the composition root: adapters are built in them and nowhere else.
 */
import type { AsNode } from '../features/cluster/ports.ts';
import { commandDefs, queryDefs } from '../../preload/contract/features.ts';
import type { AppFiles } from '../adapters/app-files.ts';
import { findAppFiles } from '../adapters/app-files.ts';
import type { HostCopies } from '../adapters/host-copy/host-copies.ts';
import { secret } from '../adapters/chance.ts';
import { createGit } from '../adapters/git/run.ts';
import { type HostTerminals, remoteTerminals } from '../adapters/terminals/remote-terminals.ts';
import type { UserData } from '../adapters/user-data.ts';
import { systemClock } from '../base/clock.ts';
import { Disposables } from '../base/disposable.ts';
import type { Logger } from '../base/logger.ts';
import type { BrokerDeps, BrokerLimits } from '../broker/broker.ts';
import { defaultLimits, startBroker } from '../broker/broker.ts';
import { listenForNodes, type NodesAt } from '../broker/nodes-listener.ts';
import type { AgentsApart } from '../bridge/update-state.ts';
import type { Waiting } from '../bridge/attention.ts';
import { addRecent } from '../bridge/recent.ts';
import type { Sessions, SessionStore } from '../broker/sessions.ts';
import { createSessions } from '../broker/sessions.ts';
import type { Door } from '../hub/door.ts';
import { hostPlace } from '../terminal-host/process/place.ts';
import { appDataFolder, handOverKeyAt, openAppData } from './app-data.ts';
import { hostCommandOf, openHostCopies } from './host-copies.ts';
import { letPagesIn } from './pages.ts';
import type { Project } from './project.ts';
import { Projects } from './projects.ts';
import { waitingIn } from './waiting.ts';
import { openWelcome, type WelcomeOptions } from './welcome.ts';

export interface AppOptions {
  /** Port to listen on; 0 takes a free one. */
  readonly port: number;
  readonly log: Logger;
  /** Told after each login, so that a host can print a fresh link. */
  readonly onLogin?: () => void;
  /** Told after a repository was opened that another start handed over. Left out: none is taken. */
  readonly onHandedOver?: (project: Project) => void;
  /** Told when `musher stop` asks it to end. Left out: it does not end for that. */
  readonly onStop?: (asked: { readonly endAgents: boolean }) => void;
  readonly limits?: Partial<BrokerLimits>;
  /** Where nodes come in besides loopback. Left out: nowhere else. */
  readonly nodesAt?: NodesAt | undefined;
  readonly asNode?: AsNode | undefined;
  /** Left out: there is no welcome page, and a repository is opened by who started it. */
  readonly welcome?: WelcomeOptions | undefined;
}

export interface App {
  /** Where the broker listens. */
  readonly url: string;
  /** Where nodes come in besides, by TLS. */
  readonly nodesUrl?: string | undefined;
  /**
   * Opens a repository, by any folder inside it; the same project when it is open already. Throws REPOSITORY_*,
   * LOG_DAMAGED, STORE_FAILED, GIT_MISSING; nothing of it is left running then.
   */
  open(repo: string): Promise<Project>;
  /** The same of the demo: from then on there is no other. Throws DEMO_BESIDE where there is one. */
  openAlone(repo: string): Promise<Project>;
  /** A fresh link that lets one browser in, once, and shows that project. */
  loginUrl(project: Project): string;
  /** Names of agents whose programs run, over all projects. */
  runningAgents(): Promise<readonly string[]>;
  /** Whether an update of the app's program leaves them alone. */
  agentsApart(): Promise<AgentsApart>;
  /** Those that are open, for who shows pages without the broker. */
  readonly projects: Pick<Projects, 'openProjects' | 'onOpened' | 'named'>;
  /** Of the page that lets a repository be chosen. */
  readonly welcome?: Door | undefined;
  /** A fresh link to that page. */
  welcomeUrl(): string;
  /** How much waits for the operator in them. */
  readonly waiting: Waiting;
  /** Closes the doors, then the hubs. Agents go on, or end first when that is asked. Safe to call twice. */
  dispose(how?: { readonly endAgents: boolean }): Promise<void>;
}

/** Binds the port; no repository is open yet. Throws PORT_TAKEN, NODES_AT_INVALID; nothing is left running then. */
export async function openApp(options: AppOptions): Promise<App> {
  const parts = new Disposables();
  try {
    return await build(options, parts);
  } catch (error) {
    await parts.dispose();
    throw error;
  }
}

/** Parts end in the opposite order: pages and broker first, then projects, then the way to the terminal host. */
async function build(options: AppOptions, parts: Disposables): Promise<App> {
  const { log } = options;
  const files = await findAppFiles(import.meta.filename);
  const data = await openAppData(log);
  parts.add(() => data.settled());
  const sessions = sessionsIn(data, () => broker.port);
  const { terminals, agentsApart } = appTerminals(files, parts, log);
  const git = createGit({ clock: systemClock, env: process.env });
  const { asNode = {} } = options;
  const shared = { files, git, log, terminals, data, userFolder: appDataFolder(), asNode };
  let nodesUrl: string | undefined;
  const projects = new Projects({
    ...shared,
    url: () => broker.url,
    nodesAt: () => nodesUrl,
  });
  parts.add(() => projects.close());
  const key = secret(32);
  const { version } = files;
  const openRemembered = async (repo: string) => {
    const project = await projects.open(repo);
    // Where there is a page to choose from, it is there the next time.
    if (options.welcome !== undefined) addRecent(options.welcome.memory ?? data, project.root);
    return project;
  };
  const welcome =
    options.welcome &&
    (await openWelcome(options.welcome, { projects, data, git, version, port: () => broker.port }));
  const broker = await startBroker(
    {
      projects,
      sessions,
      secret,
      log,
      commands: commandDefs,
      queries: queryDefs,
      clock: systemClock,
      version,
      front: () =>
        welcome !== undefined && projects.list().length === 0 ? 'welcome.html' : undefined,
      rendererFolder: files.rendererFolder,
      onLogin: () => options.onLogin?.(),
      handOver: handOverOf({ projects, open: openRemembered }, options, key),
      limits: { ...defaultLimits, ...options.limits },
    },
    options.port,
  );
  // A host that could not show what it was handed does not let itself be found.
  if (options.onHandedOver !== undefined) data.setValue(handOverKeyAt(broker.port), key);
  parts.add(() => broker.close());
  parts.add(letPagesIn({ broker, projects, welcome, version, log }));
  nodesUrl = await letNodesIn(options, projects, parts);
  let disposed: Promise<void> | undefined;
  return {
    url: broker.url,
    nodesUrl,
    open: (repo) => openRemembered(repo),
    openAlone: (repo) => projects.openAlone(repo),
    loginUrl: (project) => broker.loginUrl(project),
    runningAgents: () => projects.runningAgents(),
    ...{ projects, welcome, agentsApart },
    welcomeUrl: () => broker.loginUrl(),
    waiting: waitingIn(projects, systemClock),
    dispose(how = { endAgents: false }) {
      disposed ??= projects.windDown(how).then(() => parts.dispose());
      return disposed;
    },
  };
}

/** What another start of this user may ask of it. */
function handOverOf(
  { projects, open }: Pick<App, 'open'> & { readonly projects: Projects },
  options: AppOptions,
  key: string,
): BrokerDeps['handOver'] {
  return {
    key,
    async open(repository) {
      const before = projects.list();
      const project = await open(repository);
      if (!before.includes(project)) options.onHandedOver?.(project);
      return { project: project.id, repository: project.root };
    },
    ...(options.onStop !== undefined && {
      async stop(asked) {
        const running = await projects.runningAgents();
        options.onStop?.(asked);
        return running;
      },
    }),
  };
}

/** Nodes that come by the network, where somebody said so. */
async function letNodesIn(
  { nodesAt, log }: AppOptions,
  projects: Projects,
  parts: Disposables,
): Promise<string | undefined> {
  if (nodesAt === undefined) return undefined;
  const nodes = await listenForNodes(nodesAt, { projects, log });
  parts.add(() => nodes.close());
  return nodes.url;
}

/** The page is there by then: 200 MB are read for it. Milliseconds. */
const prepareCopyMs = 5_000;

function appTerminals(
  files: AppFiles,
  parts: Disposables,
  log: Logger,
): Pick<App, 'agentsApart'> & { readonly terminals: HostTerminals } {
  const data = appDataFolder();
  const copies = openHostCopies({ files, log, data });
  const terminals = remoteTerminals({
    place: hostPlace(data, process.platform),
    command: hostCommandOf(files.terminalHostCommand, copies, [
      ...['--data', data, '--version', files.version],
    ]),
    version: files.version,
    clock: systemClock,
    log: log.child({ component: 'terminals' }),
  });
  parts.add(() => terminals.dispose());
  parts.add(() => copies?.dispose());
  if (copies !== undefined)
    parts.add(systemClock.schedule(() => void copies.prepare(), prepareCopyMs));
  return { terminals, agentsApart: () => apartIn(terminals, copies) };
}

/** By what the living host says: it may be an older one, that was started before there was a copy. */
async function apartIn(
  terminals: HostTerminals,
  copies: HostCopies | undefined,
): Promise<AgentsApart> {
  const program = await terminals.hostProgram();
  const isApart = program !== undefined && (await copies?.holds(program)) === true;
  return { isApart, why: isApart ? undefined : copies?.whyNot() };
}

/** A browser comes back to the port that it signed in at. */
function sessionsIn(data: UserData, port: () => number): Sessions {
  const at = (name: string) => `${name}@${port()}`;
  const store: SessionStore = {
    value: (name) => data.value(at(name)),
    setValue: (name, value) => data.setValue(at(name), value),
  };
  return createSessions({ store, now: systemClock.now, secret });
}
