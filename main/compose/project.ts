/** A project: one repository with its hub, log, git adapters, tokens and sources. Knows no other project. */
import path from 'node:path';
import { createAgentFolders } from '../adapters/agent-folders.ts';
import type { AppFiles } from '../adapters/app-files.ts';
import { readRunInfo, writeRunInfo } from '../adapters/app-files.ts';
import { random, secret } from '../adapters/chance.ts';
import type { AsNode } from '../features/cluster/ports.ts';
import { type OwnedConfigFiles, openConfigFiles } from '../adapters/config/config-files.ts';
import { createSettingsStore } from '../adapters/config/settings-store.ts';
import { createConfirmations } from '../adapters/confirmations.ts';
import type { OpenedRepository } from '../adapters/git/open-repository.ts';
import type { Git } from '../adapters/git/run.ts';
import { arePortsFree } from '../adapters/free-ports.ts';
import { openHeartbeatFiles } from '../adapters/heartbeat-files.ts';
import { storyFiles } from '../adapters/stories/story-files.ts';
import { attachments } from '../adapters/attachments.ts';
import { createLearningsFile } from '../adapters/learnings-file.ts';
import { createEditors } from '../adapters/editors.ts';
import { localZone } from '../adapters/local-zone.ts';
import { createPrograms, shellOf } from '../adapters/programs.ts';
import { createConfigCheck } from '../adapters/proposals/config-check.ts';
import { createRecordings } from '../adapters/recordings.ts';
import { createPast } from '../adapters/sqlite/past-thread.ts';
import { openLogStore } from '../adapters/sqlite/log-store.ts';
import { sha256 } from '../adapters/sqlite/sha256.ts';
import { threadEntry } from '../adapters/thread-entry.ts';
import { lastLinesOf } from '../adapters/terminals/last-lines.ts';
import { createCommandRuns } from '../adapters/terminals/command-runs.ts';
import { projectTerminals, recordingIn } from '../adapters/terminals/project-terminals.ts';
import { createExpressions } from '../adapters/triggers/expression-thread.ts';
import { createWebhooks } from '../adapters/triggers/webhooks.ts';
import type { UserData } from '../adapters/user-data.ts';
import { systemClock } from '../base/clock.ts';
import { Disposables } from '../base/disposable.ts';
import type { Logger } from '../base/logger.ts';
import { MusherError, musherError } from '../base/result.ts';
import type { BrokerProject } from '../broker/broker.ts';
import { createIdentity } from '../broker/identity.ts';
import { builtInNames, configProfiles, profilesOf, rosterOf } from '../features/agents/index.ts';
import type { Terminals } from '../features/terminals/ports.ts';
import type { HostTerminals } from '../adapters/terminals/remote-terminals.ts';
import { agentOf } from '../terminal-host/terminal-id.ts';
import type { Hub } from '../hub/hub.ts';
import { openHub } from '../hub/hub.ts';
import type { LogStore } from '../hub/log-store.ts';
import { openCluster } from './cluster.ts';
import { openRegistration } from './registration.ts';
import { parseNodeTerminalId } from '../../preload/contract/node-terminals.ts';
import type { WatchedTerminals } from '../features/cluster/ports.ts';
import { projectFeatures } from './features.ts';
import { doctorMachine } from './doctor.ts';
import { gitPorts } from './git-ports.ts';

/** What a project uses of the app. */
export interface AppParts {
  readonly files: AppFiles;
  readonly git: Git;
  readonly log: Logger;
  readonly data: UserData;
  /** The user's own folder, where their config file is. */
  readonly userFolder: string;
  /** Of all projects; each sees its own alone. */
  readonly terminals: HostTerminals;
  /** Where the broker listens. */
  readonly url: () => string;
  /** Where it lets nodes in by the network, if it does. */
  readonly nodesAt: () => string | undefined;
  readonly asNode: AsNode;
}

export interface Project extends BrokerProject {
  readonly hub: Hub;
  /** Its own terminals alone. */
  readonly terminals: Terminals;
  /** For the operator's own CLI; never written to disk. */
  readonly operatorToken: string;
  /** Names of agents whose programs run. */
  runningAgents(): Promise<readonly string[]>;
  /** Closes hub and log; its agents go on. Once; a second call waits for the first. */
  close(): Promise<void>;
}

/** Throws REPOSITORY_BUSY, LOG_DAMAGED, STORE_FAILED; nothing is left running then. */
export async function openProject(app: AppParts, repository: OpenedRepository): Promise<Project> {
  const parts = new Disposables();
  try {
    return await build(app, repository, parts);
  } catch (error) {
    await parts.dispose();
    throw error;
  }
}

async function build(
  app: AppParts,
  repository: OpenedRepository,
  parts: Disposables,
): Promise<Project> {
  const dataFolder = path.join(repository.commonDir, 'musher');
  const store = await openStore(dataFolder, app.log);
  parts.add(() => store.close());
  // A process that begins takes its time, and nothing here needs it yet. Not before the log is ours: it is shared with others.
  app.terminals.prepare();
  const past = openPast(store, app.log, parts);
  const identity = createIdentity(store.marks('tokens'), secret);
  const recordings = path.join(dataFolder, 'recordings');
  const { terminals, gateTerminals } = ownTerminals(app, store.logId, recordings);
  const { log, userFolder } = app;
  const { root } = repository;
  const config = await openConfigFiles({ root, userFolder, reserved: builtInNames, log });
  parts.add(() => config.dispose());
  const heartbeats = await openHeartbeats(dataFolder, log, parts);
  const ids = { dataFolder, project: store.logId, version: app.files.version, log, parts };
  const { asNode, nodesAt } = app;
  const cluster = await openCluster({ ...ids, terminals, asNode, nodesAt });
  const registration = openRegistration({ ...ids, root, listens: app.url, hub: () => hub });
  const hub: Hub = await openHub({
    features: projectFeatures({
      ...gitPorts({ git: app.git, repository, dataFolder, log, parts }),
      ...{ attachments, editors: createEditors() },
      ...{ learnings: createLearningsFile(root), storyFiles: storyFiles(root), past, registration },
      ...{ expressions: createExpressions(), webhooks: createWebhooks(), cluster: cluster.ports },
      recordings: createRecordings({ folder: recordings, clock: systemClock }),
      ...configPorts(app, repository, config),
      arePortsFree,
      confirmed: createConfirmations(app.data),
      folders: createAgentFolders(path.join(dataFolder, 'agents')),
      heartbeats,
      programs: await openPrograms(app, dataFolder),
      tokens: identity,
      terminals,
      gateTerminals,
      lastLines: lastLinesOf(gateTerminals),
      sha256,
      localZone,
      runs: createCommandRuns(terminals, systemClock),
      doctor: doctorOf(app, root),
    }),
    store,
    clock: systemClock,
    random,
    log: app.log,
  });
  parts.add(() => hub.stop());
  await hub.start();
  await writeRunInfo(dataFolder, { pid: process.pid, url: app.url(), project: store.logId });
  let closed: Promise<void> | undefined;
  return {
    ...{ id: store.logId, root },
    hub,
    door: hub,
    identity,
    cluster: cluster.door(),
    terminals: withThoseOfNodes(terminals, cluster.door().terminals),
    operatorToken: identity.operatorToken,
    roster: () => rosterOf(hub.state(), { outputs: hub.live('output'), nowMs: systemClock.now() }),
    runningAgents: async () => (await terminals.list()).map(({ id }) => agentOf(id)),
    close: () => {
      closed ??= parts.dispose();
      return closed;
    },
  };
}

function configPorts(
  { git, userFolder }: AppParts,
  repository: OpenedRepository,
  config: OwnedConfigFiles,
) {
  const reserved = builtInNames;
  return {
    config,
    configCheck: createConfigCheck(reserved),
    settingsStore: createSettingsStore({ git, repository, userFolder, reserved }),
    profiles: profilesOf(ownShell(), () => configProfiles(config.profiles())),
  };
}

function ownTerminals(app: AppParts, projectId: string, recordings: string) {
  const ours = { projectId, recording: recordingIn(recordings, process.env) };
  return {
    terminals: projectTerminals(app.terminals, { ...ours, of: 'agents' }),
    gateTerminals: projectTerminals(app.terminals, { ...ours, of: 'gates' }),
  };
}

/** Those of nodes can be watched, and nothing else. */
function withThoseOfNodes(own: Terminals, nodes: WatchedTerminals): Terminals {
  return {
    ...own,
    attach: async (id, size, viewer) =>
      parseNodeTerminalId(id) === undefined
        ? own.attach(id, size, viewer)
        : nodes.watch(id, viewer),
  };
}

/** Of the app as it listens now. */
function doctorOf({ git, files, data, url }: AppParts, folder: string) {
  const confirmed = createConfirmations(data);
  const { version } = files;
  const port = () => Number(new URL(url()).port);
  return {
    machine: () => doctorMachine({ ...{ folder, git, version, confirmed }, port: port() }),
  };
}

function ownShell() {
  return shellOf({ env: process.env, platform: process.platform });
}

async function openHeartbeats(dataFolder: string, log: Logger, parts: Disposables) {
  const folder = heartbeatsIn(dataFolder);
  const heartbeats = await openHeartbeatFiles({ folder, clock: systemClock, log });
  parts.add(() => heartbeats.dispose());
  return heartbeats;
}

function openPast(store: LogStore, log: Logger, parts: Disposables) {
  const past = createPast({
    file: store.place,
    entry: threadEntry('past-worker', import.meta.url),
    log: log.child({ component: 'past' }),
  });
  parts.add(() => past.close());
  return past;
}

function heartbeatsIn(dataFolder: string): string {
  return path.join(dataFolder, 'heartbeats');
}

function openPrograms(app: AppParts, dataFolder: string) {
  return createPrograms({
    env: process.env,
    platform: process.platform,
    commandFolder: path.join(dataFolder, 'bin'),
    heartbeatsFolder: heartbeatsIn(dataFolder),
    musherCommand: app.files.musherCommand,
    url: app.url,
  });
}

async function openStore(dataFolder: string, log: Logger): Promise<LogStore> {
  try {
    return await openLogStore(path.join(dataFolder, 'log.sqlite'), {
      now: systemClock.now,
      onTrouble: (reason) => log.warn({ reason }, 'old events could not be moved to a segment'),
    });
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
