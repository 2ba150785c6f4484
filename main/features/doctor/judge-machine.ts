/** The machine: port, disk, limits, permissions, time, and what Musher keeps running beside it. Pure. */
import type {
  DiskFacts,
  HostFacts,
  Known,
  NoticeFacts,
  PlaceFacts,
  PortFacts,
  TimeFacts,
  WatchFacts,
} from './ports.ts';
import { counted, ok, problem, sized, unknown, type Verdict, warning } from './verdict.ts';

export function judgePort({ port, state, repositories, owner }: PortFacts): Verdict {
  const by = owner === undefined ? '' : ` by ${owner}`;
  const another = `End it, or start Musher at another one: \`musher serve --port ${port + 1}\`.`;
  switch (state) {
    case 'free':
      return ok(`${port} is free`);
    case 'ours':
      return ok(`${port} is Musher’s, with this repository open`);
    case 'other':
      return ok(
        `${port} is Musher’s, with ${repositories.join(', ') || 'no repository'} open; it will open this one too`,
      );
    case 'foreign':
      return problem(`${port} is taken${by || ' by another program'}`, another);
    case 'silent':
      return problem(`${port} is held${by || ' by a program'} that does not answer`, another);
  }
}

/** What other programs of the same user (editors, bundlers) may take at any time. */
const spare = { watches: 10_000, instances: 16 };

export function judgeWatches(facts: WatchFacts, known: Known | undefined): Verdict {
  const polled = (known?.polled ?? []).map(({ agent, reason }) => `${agent}: ${reason}`);
  const blind = `${counted(polled.length, 'worktree')} looked at every 30 s only`;
  if (facts.kind === 'unlimited')
    return polled.length > 0
      ? warning(blind, 'See what each says.', polled)
      : ok(`${facts.by}, which has no limit of folders`);
  const { maxWatches, maxInstances, usedWatches, usedInstances } = facts;
  const needed = facts.foldersPerTree * (facts.trees + 1);
  const found = `${usedWatches} of ${maxWatches} folders are watched; another worktree takes at least ${facts.foldersPerTree}`;
  const isShort = maxWatches < needed || maxWatches - usedWatches < facts.foldersPerTree;
  if (isShort || polled.length > 0)
    return warning(
      polled.length > 0 ? `${blind}; ${found}` : found,
      `Raise it: \`sudo sysctl fs.inotify.max_user_watches=${roundUp(needed + usedWatches + spare.watches)}\`, and keep that in /etc/sysctl.d.`,
      polled,
    );
  if (maxInstances - usedInstances < spare.instances)
    return warning(
      `${usedInstances} of ${maxInstances} inotify instances are in use`,
      `Raise it: \`sudo sysctl fs.inotify.max_user_instances=${Math.max(512, maxInstances * 2)}\`, and keep that in /etc/sysctl.d.`,
    );
  return ok(`${found}; ${usedInstances} of ${maxInstances} inotify instances`);
}

function roundUp(value: number): number {
  let limit = 65_536;
  while (limit < value) limit *= 2;
  return limit;
}

/** A worktree of a large repository with what is built in it takes this much; the log and recordings need little. */
const enough = { warningBytes: 2_000_000_000, problemBytes: 200_000_000, files: 10_000 };

export function judgeDisks(disks: readonly DiskFacts[]): Verdict {
  // Of one disk the line above says it all.
  const said = disks.length < 2 ? [] : disks.map(sayDisk);
  const full = disks.filter(({ freeBytes }) => freeBytes < enough.problemBytes);
  const files = disks.filter(({ freeFiles = enough.files }) => freeFiles < enough.files);
  const low = disks.filter(({ freeBytes }) => freeBytes < enough.warningBytes);
  const remedy = (some: readonly DiskFacts[]) =>
    `Free space where ${some.map(({ path }) => path).join(' and ')} is; \`musher worktree list --sizes\` says what worktrees take.`;
  const short = (some: readonly DiskFacts[]) =>
    some.map(({ what, freeBytes }) => `${sized(freeBytes)} left for ${listed(what)}`).join('; ');
  if (full.length > 0) return problem(short(full), remedy(full), said);
  if (files.length > 0) {
    const names = files.map(({ freeFiles, path }) => `${path} has room for ${freeFiles} files`);
    return warning(names.join('; '), remedy(files), said);
  }
  if (low.length > 0) return warning(short(low), remedy(low), said);
  return ok(short(disks), said);
}

function sayDisk({ what, freeBytes, totalBytes, path }: DiskFacts): string {
  return `${sized(freeBytes)} of ${sized(totalBytes)} free for ${listed(what)} (${path})`;
}

function listed(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(' and ');
}

export function judgePlaces(places: readonly PlaceFacts[]): Verdict {
  const faults = places.flatMap(faultsOf);
  if (faults.length === 0) {
    const there = places.filter(({ kind }) => kind === 'there').length;
    return ok(
      there === 0
        ? 'nothing is there yet, and all can be made'
        : `${counted(there, 'place')} that Musher writes to ${there === 1 ? 'is' : 'are'} yours, and what is secret is yours alone`,
    );
  }
  const [worst, ...others] = faults.toSorted((a, b) => Number(b.isProblem) - Number(a.isProblem));
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  const make = worst?.isProblem ? problem : warning;
  return make(
    `${worst?.said}${more}`,
    worst?.remedy ?? '',
    others.map(({ said, remedy }) => `${said} → ${remedy}`),
  );
}

interface Fault {
  readonly said: string;
  readonly remedy: string;
  readonly isProblem: boolean;
}

function faultsOf(place: PlaceFacts): Fault[] {
  const { what, path, kind, isFolder, isSecret, canWrite, reason, mode, isOurs } = place;
  if (kind === 'absent') return [];
  const name = `${what} (${path})`;
  if (!canWrite)
    return [
      {
        said: `${name} cannot be ${kind === 'parent' ? 'made' : 'written'}${reason === undefined ? '' : `: ${reason}`}`,
        remedy: `Make ${path} writable for you, or mount its disk so; who owns it says \`ls -ld ${quoted(path)}\`.`,
        isProblem: true,
      },
    ];
  if (kind === 'parent') return [];
  if (!isOurs)
    return [
      {
        said: `${name} belongs to another user`,
        remedy: `Make it yours: \`sudo chown -R "$USER" ${quoted(path)}\`.`,
        isProblem: isSecret,
      },
    ];
  const isOpen = mode !== undefined && (mode & 0o077) !== 0 && isSecret;
  if (!isOpen) return [];
  return [
    {
      said: `${name} can be reached by other users (mode ${(mode & 0o777).toString(8)})`,
      remedy: `Close it: \`chmod ${isFolder ? '700' : '600'} ${quoted(path)}\`.`,
      isProblem: true,
    },
  ];
}

function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** Files may be a moment ahead where they lie on another machine. */
const aheadMs = 120_000;
/** No Musher is older. */
const earliestMs = Date.UTC(2025, 0, 1);

export function judgeTime(facts: TimeFacts): Verdict {
  const { nowMs, newestMs, newestFile, zone, isSynchronized } = facts;
  const now = new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const set = 'Set the clock, best by the network (Linux: `sudo timedatectl set-ntp true`).';
  if (nowMs < earliestMs) return problem(`it says ${now}`, set);
  if (newestMs !== undefined && newestMs > nowMs + aheadMs)
    return warning(
      `it says ${now}, and ${newestFile ?? 'a file of Musher'} was written later, at ${new Date(newestMs).toISOString()}: it was set back`,
      set,
    );
  if (zone === undefined)
    return warning(
      `${now}, without a time zone`,
      'Set TZ, or the zone of the system: timers go by it.',
    );
  const by =
    isSynchronized === undefined ? '' : `, ${isSynchronized ? '' : 'not '}set by the network`;
  return ok(`${now} (${zone})${by}`);
}

export function judgeHost({ address, state, pid, terminals, reason }: HostFacts): Verdict {
  const who = pid === undefined ? '' : `, pid ${pid}`;
  switch (state) {
    case 'listens':
      return ok(`it runs${who}, with ${counted(terminals, 'terminal')}`);
    case 'none':
      return ok('none runs; it starts with the first terminal');
    case 'stale':
      return terminals > 0
        ? warning(
            `nobody listens at ${address}, and ${counted(terminals, 'terminal')} ran when its host ended`,
            'Start Musher: it takes the socket away, ends what is left of those programs, and shows their last screens.',
          )
        : warning(
            `nobody listens at ${address}`,
            'Nothing to do: the next terminal replaces the socket.',
          );
    case 'foreign':
      return problem(
        `${address} is not yours alone${reason === undefined ? '' : `: ${reason}`}`,
        'Remove it, or have who owns it remove it: Musher starts no terminals through it.',
      );
    case 'silent':
      return problem(
        `the terminal host${who && `${who},`} does not answer at ${address}`,
        `It may be stopped (\`kill -CONT${pid === undefined ? ' <pid>' : ` ${pid}`}\`) or hang; ending it ends its agents.`,
      );
  }
}

export function judgeNotices({ state, by }: NoticeFacts): Verdict {
  if (state === 'there') return ok(by);
  if (state === 'browser') return ok(`${by}; in a browser they are asked for by the bell`);
  if (state === 'none')
    return warning(
      by,
      'Start a notification service; what waits for you is in the Inbox all the same.',
    );
  return unknown(by, 'Try it by the bell below the sidebar.');
}
