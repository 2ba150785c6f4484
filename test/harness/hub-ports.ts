// The outside as features see it, played in memory: it works at once, or fails when told to.

import { musherError } from '../../main/base/result.ts';
import { projectFeatures } from '../../main/compose/features.ts';
import type { Feature } from '../../main/hub/feature.ts';
import type { AgentsPorts } from '../../main/features/agents/index.ts';
import type { Heartbeat, Rebased } from '../../main/features/agents/ports.ts';
import { configProfiles, profilesOf } from '../../main/features/agents/index.ts';
import type { Config } from '../../preload/contract/config.ts';
import type { ConfigFile } from '../../preload/contract/settings.ts';
import type { ConfigProfile } from '../../main/features/settings/ports.ts';
import type { Commits } from '../../main/features/commits/ports.ts';
import type { Targets } from '../../main/features/targets/ports.ts';
import type { Blame } from '../../main/features/trace/ports.ts';
import { isRange } from '../../preload/contract/approval-range.ts';
import type {
  Branches,
  RangeFit,
  Review,
  TreeChange,
} from '../../main/features/approvals/ports.ts';
import type { Recordings } from '../../main/features/recordings/ports.ts';
import type {
  TerminalExit,
  TerminalInfo,
  Terminals,
  TerminalSpec,
} from '../../main/features/terminals/ports.ts';
import { halfOf, PlayedGates, playedGates } from './played-gates.ts';
import { PlayedConfig, playedCheck } from './played-config.ts';
import { PlayedSettings } from './played-settings.ts';
import { playedExpressions } from './played-expressions.ts';
import type { ClusterDoor, ClusterPorts } from '../../main/features/cluster/ports.ts';
import { healthyMachine } from './healthy-machine.ts';
import {
  PlayedCarrier,
  playedMachine,
  type PlayedPeers,
  type PlayedReplica,
  playedShared,
  type PlayedShared,
} from './played-cluster.ts';
import { type PlayedGateway, playedGateway } from './played-gateway.ts';
import { PlayedBranches, playedPreviews } from './played-branches.ts';
import { PlayedProof } from './played-proof.ts';
import { PlayedSnapshots } from './played-snapshots.ts';
import { playedReviewDiffs } from './played-review-diffs.ts';
import type { Past } from '../../main/features/timeline/ports.ts';
import type { ImportRead } from '../../main/features/stories/ports.ts';
import { playedAttachment } from './played-attachments.ts';
import { playedLearnings } from './played-learnings.ts';
import { PlayedTrees } from './played-trees.ts';
import { PlayedPool } from './played-pool.ts';
import { hashed, PlayedRuns } from './played-runs.ts';
import { PlayedUpkeep } from './played-upkeep.ts';
import type { StoryWork, WorkFacts } from '../../main/features/pipeline/ports.ts';

/** What was done outside, in order, as `verb subject`; and what fails next. */
export interface Outside {
  readonly done: string[];
  readonly running: Map<string, TerminalInfo>;
  /** The terminal host does not answer what runs. */
  isAway: boolean;
  /** What was started in terminals, by their ids. */
  readonly opened: Map<string, TerminalSpec>;
  /** What a terminal shows. */
  screen: string;
  /** What heartbeat files say; `tellHeartbeats` says that they are others. */
  heartbeats: readonly Heartbeat[];
  tellHeartbeats: () => void;
  /** What a rebase comes to. */
  rebased: Rebased;
  /** First ports of ranges that something listens in. */
  readonly takenPorts: Set<number>;
  /** Commits that new branches were to start at. */
  readonly startedAt: string[];
  /** How worktrees were taken away. */
  readonly retired: Array<{ worktreePath: string; keepsFolder?: boolean }>;
  /** Of whose worktree nothing is there. */
  readonly lostWorktrees: Set<string>;
  /** When a terminal last said something, Unix ms. */
  readonly outputs: Map<string, number>;
  /** Ends that happened while the hub was away. */
  ended: TerminalExit[];
  /** Approvals whose commits are kept by a ref. */
  readonly pins: Set<string>;
  /** Which approvals' commits contain each other. */
  related: { contained: string[]; containing: string[] };
  /** How ranges stand to their target. */
  fit: RangeFit;
  /** By which commit every line came, and by which the target got that one. */
  blame: Blame;
  broughtBy: string | undefined;
  /** Hashes that the operator confirmed. */
  readonly confirmed: Set<string>;
  /** What config files say now; `tellConfig` says that it is something else. */
  profiles: readonly ConfigProfile[];
  configFiles: readonly ConfigFile[];
  /** The same, whole; the user's own first. */
  configs: readonly Config[];
  /** Whose files they are. */
  configsOf: 'user' | 'repository';
  /** When anything in a worktree was changed last, Unix ms. */
  changedMs: number | undefined;
  /** What is watched of worktrees; a test tells what they are like. */
  readonly trees: PlayedTrees;
  /** What of two worktrees merges; a test says what does not. */
  readonly proof: PlayedProof;
  /** What git says of moved branches. */
  commits: Commits;
  /** Where targets are; `tellTarget` says that one is elsewhere. */
  readonly targets: Map<string, string>;
  tellTarget: (target: string) => void;
  /** Where agents' branches are, as far as a test says so. */
  readonly branches: PlayedBranches;
  /** What is kept of worktrees. */
  readonly snapshots: PlayedSnapshots;
  /** What a survey of worktrees finds, and what was done with it. */
  readonly upkeep: PlayedUpkeep;
  /** What merges lead to, for gates. */
  readonly gates: PlayedGates;
  /** Commands that run to their end; what worktrees are noted as set up by. */
  readonly runs: PlayedRuns;
  /** Worktrees that stand ready. */
  readonly pool: PlayedPool;
  readonly setUp: Map<string, string>;
  tellConfig: () => void;
  /** The repository's own file, its versions and what was proposed. */
  readonly configStore: PlayedConfig;
  /** Both config files, as settings change them. */
  readonly settings: PlayedSettings;
  /** Tells the end of a program, as the terminal host would. */
  exit(exit: TerminalExit): void;
  /** What is in the files that questions show, by path; whatever is not there does not exist. */
  readonly attached: Map<string, string>;
  /** What the files hold that stories are imported from. */
  importing: ImportRead;
  /** Where the work of stories' agents stands. */
  storyWork: WorkFacts;
  /** What stands in `.musher/learnings.md`; undefined where there is none. */
  learnings: string | undefined;
  /** Called before it is replaced; throws to make that fail, or is somebody who saves it. */
  beforeLearnings: () => void;
  /** What differs between two commits, for rules. */
  treeChanges: readonly TreeChange[];
  /** Where targets are checked out, if anywhere. */
  checkout?: { path: string; clean: boolean };
  /** Called before each deed; throws to make it fail. */
  before: (deed: string) => void | Promise<void>;
}

export interface World {
  readonly outside: Outside;
  readonly cluster: { door: ClusterDoor | undefined };
  readonly gateway: PlayedGateway;
  /** The document that it shares with nodes. */
  readonly shared: PlayedShared;
  readonly carrier: PlayedCarrier;
  readonly features: Feature[];
}

export interface WorldParts {
  readonly review?: Review;
  readonly branches?: Branches;
  readonly past?: Past;
  readonly storyWork?: StoryWork;
  /** It is a node with this copy of the shared document. */
  readonly replica?: PlayedReplica;
  readonly peers?: PlayedPeers;
  /** It is a node whose machine is to leave once this is aborted. */
  readonly leaving?: AbortSignal;
}

/** All features over one outside; what is given, in the place of the played one. */
export function world(given: WorldParts = {}): World {
  const { review, branches, past, storyWork, replica, peers, leaving } = given;
  const listeners = new Set<(exit: TerminalExit) => void>();
  const readers = new Set<() => void>();
  const outside: Outside = {
    done: [],
    running: new Map(),
    isAway: false,
    opened: new Map(),
    screen: 'screen',
    attached: new Map(),
    importing: { items: [], faults: [], skipped: 0 },
    storyWork: { commit: hex('b'), tree: hex('c'), hasNew: false },
    learnings: undefined,
    beforeLearnings: () => undefined,
    outputs: new Map(),
    heartbeats: [],
    retired: [],
    startedAt: [],
    takenPorts: new Set(),
    rebased: { how: 'none' },
    lostWorktrees: new Set(),
    tellHeartbeats: () => undefined,
    pins: new Set(),
    related: { contained: [], containing: [] },
    fit: { isApart: true },
    blame: {
      ...{ id: hex('e'), subject: 'Work', author: 'Ann' },
      ...{ atMs: 1_000, path: '', line: 1, text: 'x' },
    },
    broughtBy: undefined,
    treeChanges: [{ path: 'a.ts', before: 'file', after: 'file' }],
    confirmed: new Set(),
    profiles: [],
    configFiles: [],
    configs: [],
    configsOf: 'repository',
    changedMs: undefined,
    trees: new PlayedTrees(),
    proof: new PlayedProof(),
    commits: noCommits,
    targets: new Map(),
    tellTarget: () => undefined,
    branches: new PlayedBranches((what) => deed(outside, what, undefined)),
    snapshots: new PlayedSnapshots((what) => deed(outside, what, undefined)),
    upkeep: new PlayedUpkeep(),
    gates: new PlayedGates(),
    runs: new PlayedRuns(),
    pool: new PlayedPool(),
    configStore: new PlayedConfig(),
    settings: new PlayedSettings(),
    setUp: new Map(),
    tellConfig() {
      for (const reader of readers) reader();
    },
    before: () => undefined,
    ended: [],
    exit(exit) {
      outside.running.delete(exit.id);
      for (const listener of listeners) listener(exit);
    },
  };
  const all = terminalsOf(outside, listeners);
  const terminals = halfOf(all, 'agents');
  const shared = playedShared();
  const cluster: World['cluster'] = { door: undefined };
  const carrier = new PlayedCarrier();
  const clusterPorts: Omit<ClusterPorts, 'carrier' | 'room' | 'base' | 'settings'> = {
    share: async () => shared,
    machine: playedMachine,
    nodesAt: () => undefined,
    ...{ replica, peers, leaving },
    opened(door) {
      cluster.door = door;
    },
  };
  const gateway = playedGateway();
  return {
    ...{ outside, cluster, shared, carrier, gateway },
    features: projectFeatures({
      ...{ cluster: clusterPorts, carrier },
      registration: { gateway, version: '1.0.0' },
      doctor: { machine: () => healthyMachine() },
      ...agentsPorts(outside, terminals),
      ...playedGates(outside.gates, all),
      terminals,
      review: review ?? reviewOf(outside),
      branches: branches ?? outside.branches,
      mergePreviews: playedPreviews(outside.targets),
      reviewDiffs: playedReviewDiffs,
      lines: {
        blame: async ({ path, line }) => ({ ...outside.blame, path, line }),
        broughtBy: async () => outside.broughtBy,
      },
      editors: {
        locate: async (folder, path) =>
          path === 'missing' || path.includes(':') ? undefined : `${folder}/${path}`,
        start: ({ program, args }) =>
          deed(outside, `edit ${[program, ...args].join(' ')}`, undefined),
      },
      trackedFiles: { list: async () => ['src/auth.ts', 'src/auth.test.ts', 'readme.md'] },
      recordings: noRecordings,
      config: {
        files: () => outside.configFiles,
        profiles: () => outside.profiles,
        configs: () =>
          outside.configs.map((config) => ({
            path: 'config.toml',
            origin: outside.configsOf,
            config,
          })),
        said: () => outside.settings.said(),
        refresh: async () => outside.tellConfig(),
        onChange(listener) {
          readers.add(listener);
          return () => void readers.delete(listener);
        },
      },
      changes: {
        lastMs: (path) => deed(outside, `changes ${path}`, outside.changedMs),
      },
      trees: outside.trees,
      targets: targetsOf(outside),
      commits: {
        moved: (ask) => outside.commits.moved(ask),
        list: (ask) => outside.commits.list(ask),
        strays: (ask) => outside.commits.strays(ask),
      },
      proof: outside.proof,
      snapshots: outside.snapshots,
      upkeep: outside.upkeep,
      pool: outside.pool,
      configStore: outside.configStore,
      configCheck: playedCheck,
      settingsStore: outside.settings,
      learnings: playedLearnings(outside),
      storyFiles: { read: async () => outside.importing },
      localZone: () => 'Europe/Berlin',
      storyWork: storyWork ?? {
        look: ({ branch }) => deed(outside, `look ${branch}`, outside.storyWork),
      },
      past: past ?? noPast,
      expressions: playedExpressions(),
      webhooks: {
        send: async ({ url, body }) => deed(outside, `post ${url} ${body}`, 'it answered 200'),
      },
      attachments: { read: async (_worktree, path) => playedAttachment(outside, path) },
    }),
  };
}

function targetsOf(outside: Outside): Targets {
  return {
    watch(_branches, onMoved) {
      outside.tellTarget = onMoved;
      return () => {
        outside.tellTarget = () => undefined;
      };
    },
    commitOf: async (branch) => outside.targets.get(branch),
    between: async () => ({ added: 1, removed: 0, moves: [], checkouts: [] }),
    async restore({ target, from, to }) {
      await deed(outside, `restore ${target} ${from} ${to}`, undefined);
      outside.targets.set(target, to);
      return { keptRef: `refs/musher/targets/${target}/${from}` };
    },
  };
}

const noCommits: Commits = {
  moved: async () => ({ commits: [], more: 0 }),
  list: async ({ base }) => ({ base: base.commit, commits: [], hasMore: false, lost: [] }),
  strays: async ({ mark = '0' }) => ({ commits: [], mark }),
};

/** Never ready: whoever looks at the past has a log on a disk, and the thread beside it. */
const noPast: Past = {
  ask: async ({ seq }) => ({ progress: { at: 0, to: seq } }),
  keepUp: () => undefined,
};

const noRecordings: Recordings = {
  list: async () => [],
  detail: async () => ({ durationMs: 0, parts: [], marks: [] }),
  page: async () => ({ events: [], size: { cols: 80, rows: 24 }, next: undefined }),
  exportPage: async () => ({ text: '', next: undefined }),
  find: async () => ({ foundMs: undefined, nextPart: undefined }),
};

async function deed<T>(outside: Outside, what: string, result: T): Promise<T> {
  await outside.before(what);
  outside.done.push(what);
  return result;
}

export const hex = (digit: string, length = 40) => digit.repeat(length);

function agentsPorts(
  outside: Outside,
  terminals: AgentsPorts['terminals'],
): Omit<AgentsPorts, 'treeSettings'> {
  return {
    terminals,
    worktrees: {
      repository: { root: '/r', name: 'r', worktreesFolder: '/r.worktrees' },
      branches: async () => ['main'],
      defaultBase: async () => 'main',
      check: ({ agent }) => deed(outside, `check ${agent}`, undefined),
      rebase: ({ agent, onto }) => deed(outside, `rebase ${agent} ${onto}`, outside.rebased),
      fetch: (base) => deed(outside, `fetch ${base}`, hex('f')),
      inspect: async (path) => ({ path, branch: `agent/${path.split('/').at(-1)}` }),
      provision({ agent, branch, base, snapshotRef, startAt, path }) {
        if (startAt !== undefined) outside.startedAt.push(startAt);
        return deed(
          outside,
          `provision ${agent}${snapshotRef === undefined ? '' : ` ${snapshotRef}`}`,
          {
            worktreePath: path ?? `/r.worktrees/${agent}`,
            branch,
            base: { ref: base, commit: hex('b') },
          },
        );
      },
      setUpAs: async (path) => outside.setUp.get(path),
      noteSetUp: async (path, as) =>
        void (as ? outside.setUp.set(path, as) : outside.setUp.delete(path)),
      keep: ({ agent }) =>
        deed(outside, `keep ${agent}`, { snapshotRef: `refs/musher/snapshots/${agent}/kept` }),
      exists: async (path) => !outside.lostWorktrees.has(path.slice('/r.worktrees/'.length)),
      retire: ({ agent, signal: _, ...how }) => {
        outside.retired.push(how);
        return deed(outside, `retire ${agent}`, {
          snapshotRef: `refs/musher/snapshots/${agent}`,
          isGone: false,
        });
      },
    },
    runs: outside.runs,
    programs: {
      isRelative: (program) => program.startsWith('./'),
      async find(program) {
        if (program === 'missing') return undefined;
        if (!program.endsWith('/missing')) return { program: `/bin/${program}`, args: [] };
        const told = { program, reason: 'there is no such file', mend: 'Give another.' };
        throw musherError('PROGRAM_UNUSABLE', told);
      },
      baseEnv: { PATH: '/bin' },
      newConversationId: () => `c-${outside.done.length}`,
      agentEnv: ({ agent, token }) => ({ MUSHER_AGENT: agent, MUSHER_TOKEN: token }),
    },
    tokens: {
      issue: (agent) => deed(outside, `issue ${agent}`, `token-${agent}`),
      revoke: (agent) => deed(outside, `revoke ${agent}`, undefined),
    },
    profiles: profilesOf('sh', () => configProfiles(outside.profiles)),
    confirmed: confirmations(outside),
    arePortsFree: async ({ from }) => !outside.takenPorts.has(from),
    heartbeats: {
      read: async () => outside.heartbeats,
      onChange(listener) {
        outside.tellHeartbeats = listener;
        return () => {
          outside.tellHeartbeats = () => undefined;
        };
      },
    },
    folders: {
      pathOf: (agent) => `/data/${agent}`,
      write: (agent, files) => deed(outside, `write ${agent} ${Object.keys(files)}`, undefined),
      remove: (agent) => deed(outside, `forget ${agent}`, undefined),
    },
  };
}

function confirmations({ confirmed }: Outside): AgentsPorts['confirmed'] {
  return {
    hashOf: hashed,
    has: (hash) => confirmed.has(hash),
    add: (hash) => void confirmed.add(hash),
  };
}

function terminalsOf(
  outside: Outside,
  listeners: Set<(exit: TerminalExit) => void>,
): Pick<
  Terminals,
  | 'open'
  | 'end'
  | 'list'
  | 'ended'
  | 'lastOutputs'
  | 'pause'
  | 'resume'
  | 'text'
  | 'paste'
  | 'press'
  | 'onExit'
> {
  return {
    onExit(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async open(spec) {
      const { id, cols, rows } = spec;
      await deed(outside, `open ${id}`, undefined);
      outside.opened.set(id, spec);
      const info = { id, pid: 1_000 + outside.done.length, cols, rows };
      outside.running.set(id, info);
      return info;
    },
    async end(id) {
      await deed(outside, `end ${id}`, undefined);
      outside.running.delete(id);
    },
    async list() {
      if (outside.isAway) throw new Error('no answer');
      return [...outside.running.values()];
    },
    ended: async () => outside.ended,
    lastOutputs: async () => [...outside.outputs].map(([id, atMs]) => ({ id, atMs })),
    pause: (id) => hold(outside, id, true),
    resume: (id) => hold(outside, id, false),
    press: async (id, { keys, onScreen }) => {
      if (onScreen !== outside.screen) return false;
      await deed(outside, `press ${id} ${keys}`, undefined);
      return true;
    },
    text: (id) => deed(outside, `read ${id}`, { text: outside.screen, cols: 80, rows: 24 }),
    paste: (id, text) => deed(outside, `paste ${id} ${text}`, undefined),
  };
}

async function hold(outside: Outside, id: string, isPaused: boolean): Promise<void> {
  await deed(outside, `${isPaused ? 'pause' : 'resume'} ${id}`, undefined);
  const info = outside.running.get(id);
  if (info) outside.running.set(id, { ...info, isPaused });
}

function reviewOf(outside: Outside): Review {
  return {
    async examine({ commit, from, target, open = [] }) {
      if (!/^[0-9a-f]{40}$/.test(commit)) throw musherError('COMMIT_UNKNOWN', { commit });
      const files = [{ path: 'a.ts', status: 'modified' as const, additions: 2, deletions: 1 }];
      const rest = { target, diffHash: hex('d', 64) };
      const part = from === undefined ? { base: hex('b') } : { base: from, fork: hex('b') };
      const pin = { commit, tree: hex('c'), ...part, ...rest };
      // One range is beside another; a whole branch is beside nothing.
      const beside = from === undefined ? [] : open.filter((one) => isRange(one.pin));
      const counts = { fileCount: 1, additions: 2, deletions: 1, commitCount: 1 };
      return deed(outside, `examine ${commit.slice(0, 4)}`, {
        pin,
        subject: `work ${commit.slice(0, 4)}`,
        files,
        ...counts,
        ...(from !== undefined && { place: { before: 2, of: 5 } }),
        beside: beside.map(({ approval }) => approval),
      });
    },
    async pin(approval) {
      await deed(outside, `pin ${approval}`, undefined);
      outside.pins.add(approval);
    },
    sweepPins: ({ isRemembered }) => {
      const forgotten = [...outside.pins].filter((approval) => !isRemembered(approval));
      return deed(outside, `sweep ${forgotten.join(' ')}`, forgotten);
    },
    diff: async () => ({ patch: 'patch', truncated: false, files: [] }),
    alone: async ({ commit }) => ({
      ...{ patch: 'patch', truncated: false, files: [] },
      alone: { commit, subject: 'One', author: 'Ann', atMs: 1, additions: 1, deletions: 0 },
    }),
    commits: async () => ({ commits: [], earlier: [], later: [] }),
    fits: async () => outside.fit,
    changes: async () => [...outside.treeChanges],
    pictures: async () => ({}),
    submodules: async () => ({ unpublished: [], unchecked: 0 }),
    target: async () => ({ moved: false, ...(outside.checkout && { checkout: outside.checkout }) }),
    related: async ({ among }) => {
      const known = (ids: readonly string[]) => ids.filter((id) => among.includes(id));
      const { contained, containing } = outside.related;
      return { contained: known(contained), containing: known(containing) };
    },
    async merge({ approval, pin, check }) {
      // Before anything is checked of it.
      await outside.before(`ready ${approval}`);
      await check?.({ commit: outside.gates.resultOf(pin.commit), from: outside.gates.at });
      return deed(outside, `merge ${approval}`, {
        ...{ mergeCommit: hex('e'), checkoutUpdated: false },
        ...{ from: hex('b'), commits: [hex('e')] },
      });
    },
    forgetResult: (approval) => deed(outside, `forget result ${approval}`, undefined),
    revert: ({ approval, subject, pin }) =>
      deed(outside, `revert ${approval}`, {
        pin: { ...pin, commit: hex('9') },
        subject,
        ...{ files: [], fileCount: 1, additions: 1, deletions: 2, commitCount: 1 },
      }),
    push: ({ approval, remote }) => deed(outside, `push ${approval} ${remote}`, undefined),
    advance: ({ agents, ...range }) =>
      deed(outside, `advance ${range.target}`, {
        ...{ target: range.target, from: range.from, to: range.to, commits: [], commitCount: 1 },
        ...{ files: ['a.ts'], fileCount: 1 },
        agents: agents.map(({ agent }) => ({ agent, touches: ['a.ts'] })),
      }),
  };
}
