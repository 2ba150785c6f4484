/** The composition root: every adapter, feature and door is built and wired here, and nowhere else. */
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import type { Actor } from '../preload/contract/envelope.ts';
import { commandDefs, queryDefs } from '../preload/contract/features.ts';
import type { AppFiles } from './adapters/app-files.ts';
import { findAppFiles, readRunInfo, writeRunInfo } from './adapters/app-files.ts';
import { random, secret } from './adapters/chance.ts';
import { openRepository } from './adapters/git/open-repository.ts';
import { createReview } from './adapters/git/review.ts';
import { createGit } from './adapters/git/run.ts';
import { createWorktrees } from './adapters/git/worktrees.ts';
import { createLearningsFile } from './adapters/learnings-file.ts';
import { createLog } from './adapters/pino-log.ts';
import { createPrograms, shellOf } from './adapters/programs.ts';
import { openLogStore } from './adapters/sqlite/log-store.ts';
import { verifyLogFile } from './adapters/sqlite/verify-file.ts';
import { createTerminals } from './adapters/terminals.ts';
import { systemClock } from './base/clock.ts';
import { Disposables } from './base/disposable.ts';
import type { Logger } from './base/logger.ts';
import { MusherError, musherError } from './base/result.ts';
import { attachWebSocketBridge } from './bridge/websocket.ts';
import type { Broker, BrokerLimits } from './broker/broker.ts';
import { defaultLimits, startBroker } from './broker/broker.ts';
import { createIdentity } from './broker/identity.ts';
import type { Identity } from './broker/identity.ts';
import { createSessions } from './broker/sessions.ts';
import type { Sessions } from './broker/sessions.ts';
import {
  agentsFeature,
  builtInProfiles,
  reachableAgents,
  selectAgents,
} from './features/agents/index.ts';
import { approvalsFeature } from './features/approvals/index.ts';
import { learningsFeature } from './features/learnings/index.ts';
import { logFeature } from './features/log/index.ts';
import { messagesFeature } from './features/messages/index.ts';
import { questionsFeature } from './features/questions/index.ts';
import { terminalsFeature } from './features/terminals/index.ts';
import type { Terminals } from './features/terminals/ports.ts';
import type { Door } from './hub/door.ts';
import type { Hub } from './hub/hub.ts';
import { openHub } from './hub/hub.ts';
import type { LogStore } from './hub/log-store.ts';

export interface ComposeOptions {
  /** Any folder inside the repository. */
  readonly repo: string;
  /** Port to listen on; 0 takes a free one. */
  readonly port: number;
  readonly log: Logger;
  /** Told after each login, so that a host can print a fresh link. */
  readonly onLogin?: () => void;
  readonly limits?: Partial<BrokerLimits>;
}

export interface Musher {
  readonly door: Door;
  readonly terminals: Terminals;
  /** Root of the repository that is open. */
  readonly repository: string;
  readonly version: string;
  /** Where the broker listens. */
  readonly url: string;
  /** For the operator's own CLI; never written to disk. */
  readonly operatorToken: string;
  /** A fresh link that lets one browser in, once. */
  loginUrl(): string;
  /** Stops agents, doors and hub, in this order. Safe to call twice. */
  dispose(): Promise<void>;
}

/** Opens a repository. Throws REPOSITORY_*, PORT_TAKEN, LOG_DAMAGED, GIT_MISSING; nothing is left running then. */
export async function compose(options: ComposeOptions): Promise<Musher> {
  const parts = new Disposables();
  try {
    return await build(options, parts);
  } catch (error) {
    await parts.dispose();
    throw error;
  }
}

async function build(options: ComposeOptions, parts: Disposables): Promise<Musher> {
  const { log } = options;
  const files = await findAppFiles(import.meta.filename);
  const git = createGit({ clock: systemClock, env: process.env });
  const repository = await openRepository(git, options.repo);
  const dataFolder = path.join(repository.commonDir, 'musher');
  const store = await openStore(dataFolder, parts);
  const identity = createIdentity(store, secret);
  const sessions = createSessions({ store, now: systemClock.now, secret });
  const terminals = createTerminals({ clock: systemClock, log });
  parts.add(() => terminals.dispose());
  let url = '';
  const programs = await createPrograms({
    env: process.env,
    platform: process.platform,
    commandFolder: path.join(dataFolder, 'bin'),
    musherCommand: files.musherCommand,
    url: () => url,
  });
  const worktrees = createWorktrees({ git, repository });
  const profiles = builtInProfiles(shellOf({ env: process.env, platform: process.platform }));
  const hub = openHub({
    features: [
      agentsFeature({ worktrees, terminals, programs, tokens: identity, profiles }),
      terminalsFeature({ terminals }),
      messagesFeature(),
      questionsFeature(),
      approvalsFeature({ review: createReview({ git, repository }) }),
      learningsFeature({ file: createLearningsFile(repository.root) }),
      logFeature(),
    ],
    store,
    clock: systemClock,
    random,
    log,
  });
  parts.add(() => hub.stop());
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => undefined);
  const broker = await startBroker(
    brokerDeps({ options, files, hub, identity, sessions, repository: repository.root }),
    options.port,
    ready.promise,
  );
  parts.add(() => broker.close());
  url = broker.url;
  attachPages({ hub, terminals, broker, files, log }, parts);
  try {
    await hub.start();
    ready.resolve();
  } catch (error) {
    ready.reject(error);
    throw error;
  }
  await writeRunInfo(dataFolder, { pid: process.pid, url });
  return {
    door: hub,
    terminals,
    repository: repository.root,
    version: files.version,
    url,
    operatorToken: identity.operatorToken,
    loginUrl: () => `${url}/login?code=${sessions.newCode()}`,
    dispose: onceOnly(() => shutDown(hub, parts)),
  };
}

async function openStore(dataFolder: string, parts: Disposables): Promise<LogStore> {
  try {
    const store = await openLogStore(path.join(dataFolder, 'log.sqlite'), { now: systemClock.now });
    parts.add(() => store.close());
    return store;
  } catch (error) {
    if (!(error instanceof MusherError) || error.wire.code !== 'REPOSITORY_BUSY') throw error;
    const other = await readRunInfo(dataFolder);
    throw musherError(
      'REPOSITORY_BUSY',
      { path: path.dirname(dataFolder), pid: other?.pid ?? 'unknown' },
      error,
    );
  }
}

interface BrokerParts {
  readonly options: ComposeOptions;
  readonly files: AppFiles;
  readonly hub: Hub;
  readonly identity: Identity;
  readonly sessions: Sessions;
  readonly repository: string;
}

function brokerDeps({ options, files, hub, identity, sessions, repository }: BrokerParts) {
  const startedMs = systemClock.elapsed();
  return {
    door: hub,
    commands: commandDefs,
    queries: queryDefs,
    identity,
    sessions,
    clock: systemClock,
    log: options.log,
    status: () => ({
      git_paw: true,
      musher: true,
      version: files.version,
      uptime_seconds: Math.floor((systemClock.elapsed() - startedMs) / 1000),
      repository,
      agents: roster(hub),
    }),
    rendererFolder: files.rendererFolder,
    onLogin: () => options.onLogin?.(),
    limits: { ...defaultLimits, ...options.limits },
  };
}

function roster(hub: Hub): object[] {
  const nowMs = systemClock.now();
  return reachableAgents(selectAgents(hub.state())).map((agent) => ({
    agent_id: agent.id,
    cli: agent.profile,
    status: agent.state === 'running' ? agent.reported.value : agent.state,
    last_seen_seconds:
      agent.lastSeenMs === undefined ? null : Math.floor((nowMs - agent.lastSeenMs) / 1000),
  }));
}

interface PageParts {
  readonly hub: Hub;
  readonly terminals: Terminals;
  readonly broker: Broker;
  readonly files: AppFiles;
  readonly log: Logger;
}

function attachPages({ hub, terminals, broker, files, log }: PageParts, parts: Disposables): void {
  const bridge = attachWebSocketBridge({
    server: broker.app.server,
    path: '/bridge',
    checkRequest: broker.checkRequest,
    authenticate: (request: IncomingMessage): { actor: Actor } | undefined => {
      const actor = broker.operatorOf(request);
      return actor === undefined ? undefined : { actor };
    },
    session: { door: hub, terminals, version: files.version, log },
    clock: systemClock,
  });
  parts.add(() => bridge.dispose());
}

/** Agents are told to stop while the hub can still record it; what does not end in time is ended with the terminals. */
async function shutDown(hub: Hub, parts: Disposables): Promise<void> {
  await hub.windDown(windDownMs);
  await parts.dispose();
}

/** Longer than the grace that an agent's processes get. */
const windDownMs = 8_000;

function onceOnly(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

/** Where Musher tells people who look after it what happens; `level` is pino's. */
export function openLog(level: string): Logger {
  return createLog(level);
}

/** Root of the repository that a folder is in. Throws REPOSITORY_*. */
export async function resolveRoot(folder: string): Promise<string> {
  return (await openRepository(createGit({ clock: systemClock, env: process.env }), folder)).root;
}

/** Proves the log of a repository that no Musher has open. Throws REPOSITORY_*, LOG_DAMAGED. */
export async function verifyRepository(folder: string) {
  const { commonDir } = await openRepository(
    createGit({ clock: systemClock, env: process.env }),
    folder,
  );
  return verifyLogFile(path.join(commonDir, 'musher', 'log.sqlite'));
}
