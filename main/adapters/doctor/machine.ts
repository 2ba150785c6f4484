/** The doctor's eyes: everything that it looks at on this machine, read once each. Made anew for each examination. */
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { type Clock, sleep } from '../../base/clock.ts';
import { musherError } from '../../base/result.ts';
import { configProfiles, profilesOf } from '../../features/agents/index.ts';
import type { Confirmations, Profile } from '../../features/agents/ports.ts';
import type { Machine, PortFacts } from '../../features/doctor/ports.ts';
import { hostPlace } from '../../terminal-host/process/place.ts';
import { readConfigFiles } from '../config/config-files.ts';
import { askList } from '../git/ask.ts';
import { type OpenedRepository, openRepository } from '../git/open-repository.ts';
import { callableOff, type Git } from '../git/run.ts';
import { surveyTrees } from '../git/survey.ts';
import { agentSurroundings, shellOf } from '../programs.ts';
import { lookAtClis, lookAtGit, patienceMs } from './look-clis.ts';
import { lookAtLeftovers, lookAtLog } from './look-kept.ts';
import { lookAtDisks, lookAtPlaces } from './look-places.ts';
import { lookAtHost, lookAtNotices, lookAtTime } from './look-running.ts';
import { lookAtShell } from './look-shell.ts';
import { dataFolderOf, disksOf, foldersOf, keptIn } from './musher-places.ts';
import { lookAtWatches } from './look-watches.ts';
import { portOwner } from './port-owner.ts';

export interface MachineOptions {
  /** Any folder inside the repository, or one where there is none. */
  readonly folder: string;
  readonly userFolder: string;
  /** Names that no profile of a config file may have. */
  readonly reserved: readonly string[];
  /** Where Musher listens, or would. */
  readonly port: number;
  readonly probe: (port: number) => Promise<Probed>;
  readonly confirmed: Pick<Confirmations, 'has'>;
  readonly git: Git;
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly version: string;
  /** How long a program may take to say its version, milliseconds. Default 6 s. */
  readonly patienceMs?: number;
}

export interface Probed {
  readonly kind: 'free' | 'musher' | 'foreign' | 'silent';
  readonly repositories?: readonly string[];
}

const oldestNode = 24;
/** For what several checks wait for; each of them has a bound of its own above it. */
const sharedMs = 7_000;
/** Of a repository; what needs none goes on without it then, in what is left of its time. */
const openMs = 4_000;

export function createMachine(options: MachineOptions): Machine {
  const { git, clock, env, platform, userFolder, folder, reserved } = options;
  const around = {
    ...agentSurroundings({ env, platform }),
    ...{ platform, patienceMs: options.patienceMs ?? patienceMs },
  };
  const shell = shellOf({ env, platform });
  const shared = once(() => callableOff(git, AbortSignal.timeout(sharedMs)));
  const asked = once(() => lookAtGit(around, AbortSignal.timeout(sharedMs)));
  const opened = once(async () => {
    // A git that hangs would take everybody's time with it, and is told by a check of its own.
    if ((await asked()).said?.kind !== 'said') throw musherError('GIT_MISSING');
    return within(Math.min(openMs, 4 * around.patienceMs), clock, openRepository(shared(), folder));
  });
  const openedOrNone = () => opened().catch(() => undefined);
  const place = once(() =>
    opened().then(
      ({ root }) => root,
      () => path.resolve(folder),
    ),
  );
  const config = once(async () => readConfigFiles({ root: await place(), userFolder, reserved }));
  const profiles = async () => profilesOf(shell, configured(await config())).list();
  const survey = once((near: readonly string[]) => surveyAll(shared(), opened(), near));
  return {
    version: options.version,
    platform: `${platform} ${process.arch}`,
    home: homedir(),
    place,
    runtime: () => ({ node: process.versions.node, oldest: oldestNode, program: process.execPath }),
    git: asked,
    repository: async (signal) => lookAtRepository(callableOff(git, signal), await opened()),
    trees: ({ near }) => survey(near),
    clis: async (signal) =>
      lookAtClis(
        await profiles(),
        ({ confirm }: Profile) => confirm !== undefined && !options.confirmed.has(confirm.hash),
        { around, signal },
      ),
    port: (signal) => lookAtPort(options, place, signal),
    watches: (signal) =>
      lookAtWatches({
        ...{ platform, signal },
        size: async () => ({
          foldersPerTree: await countFolders(callableOff(git, signal), await opened()),
          trees: (await survey([])).trees.length,
        }),
      }),
    disks: async () => lookAtDisks(disksOf(userFolder, await openedOrNone())),
    places: async () => lookAtPlaces(keptIn(userFolder, platform, await openedOrNone())),
    shell: async (signal) =>
      lookAtShell({ ...{ shell, around, signal }, profiles: await profiles() }),
    time: async (signal) =>
      lookAtTime(foldersOf(userFolder, await openedOrNone()), { clock, env, signal }),
    terminalHost: () => lookAtHost(hostPlace(userFolder, platform), clock),
    log: async () => lookAtLog(path.join(dataFolderOf(await opened()), 'log.sqlite')),
    leftovers: async () =>
      lookAtLeftovers({
        recordings: path.join(dataFolderOf(await opened()), 'recordings'),
        temporary: env.TMPDIR ?? tmpdir(),
        runtime: path.join(userFolder, 'runtime'),
        nowMs: clock.now(),
      }),
    config: async () => (await config()).files,
    notices: (signal) => lookAtNotices({ env, platform }, signal),
  };
}

/** Throws GIT_TIMEOUT when it is over before: who is asked may not hear that it is called off. */
async function within<T>(limitMs: number, clock: Clock, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = sleep(clock, limitMs, done.signal).then((): never => {
    throw musherError('GIT_TIMEOUT', { subcommand: 'rev-parse', seconds: limitMs / 1000 });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    late.catch(() => undefined);
    work.catch(() => undefined);
    done.abort();
  }
}

function once<Args extends readonly unknown[], T>(
  make: (...args: Args) => T,
): (...args: Args) => T {
  let made: { readonly value: T } | undefined;
  return (...args) => {
    made ??= { value: make(...args) };
    return made.value;
  };
}

function configured({ profiles }: Awaited<ReturnType<typeof readConfigFiles>>) {
  const found = configProfiles(profiles);
  return () => found;
}

async function lookAtRepository(git: Git, { root }: OpenedRepository) {
  const cwd = root;
  const [branches, shallow] = await Promise.all([
    git.run({ cwd, args: ['for-each-ref', '--format=x', 'refs/heads'] }),
    git.run({ cwd, args: ['rev-parse', '--is-shallow-repository'] }),
  ]);
  return {
    root,
    branches: branches.stdout.toString('latin1').split('x').length - 1,
    isShallow: shallow.stdout.toString('latin1').trim() === 'true',
  };
}

const mostBranches = 1_000;

async function surveyAll(git: Git, opened: Promise<OpenedRepository>, near: readonly string[]) {
  const repository = await opened;
  const format = '--format=%(refname:short)%00';
  const args = ['for-each-ref', `--count=${mostBranches}`, format, 'refs/heads/agent/'];
  const [trees, branches] = await Promise.all([
    surveyTrees({ git, repository }, near),
    askList(git, { cwd: repository.root, args }),
  ]);
  return { trees, branches: branches.map((one) => one.trim()).filter(Boolean) };
}

async function countFolders(git: Git, { root }: OpenedRepository): Promise<number> {
  const args = ['ls-tree', '-r', '-d', '-z', '--name-only', 'HEAD'];
  const answer = await git.run({ cwd: root, args, okCodes: [0, 128] });
  return answer.stdout.toString('latin1').split('\0').length;
}

async function lookAtPort(
  { port, probe }: MachineOptions,
  place: () => Promise<string>,
  signal: AbortSignal,
): Promise<PortFacts> {
  const [{ kind, repositories = [] }, root] = await Promise.all([probe(port), place()]);
  if (kind === 'free') return { port, state: 'free', repositories };
  if (kind === 'musher')
    return { port, state: repositories.includes(root) ? 'ours' : 'other', repositories };
  const owner = await portOwner(port, signal);
  return { port, state: kind, repositories, ...(owner !== undefined && { owner }) };
}
