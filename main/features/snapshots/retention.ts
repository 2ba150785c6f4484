/**
 * Which snapshots are let go of. Every one is kept for a week, then the last of each day up to a month, then the last of each
 * week up to three months (all settings); of one agent at most a thousand. The newest of each agent, and what is held, are
 * never let go of; the newest of one that is gone (purged, or a name that a worktree was cleared away under) stays for three
 * months, and then goes as others do. Pure.
 */
import type { Snapshot } from '../../../preload/contract/snapshots.ts';
import type { SnapshotSettings } from './ports.ts';

export const dayMs = 24 * 3_600_000;
/** Of one agent; a thousand refs are listed in milliseconds, a hundred thousand are not. */
export const mostOfAgent = 1_000;
/** So long the newest stays of an agent that nobody knows any more, whatever the settings say. */
export const goneDays = 90;

type Dated = Pick<Snapshot, 'agent' | 'ref' | 'commit' | 'atMs'>;

export interface Forgotten extends Pick<Dated, 'agent' | 'ref' | 'commit'> {
  readonly why: 'age' | 'size' | 'count';
}

export interface RetentionAsk {
  readonly settings: SnapshotSettings;
  readonly nowMs: number;
  /** Refs that stay: what destroyed agents are revived from. */
  readonly held: ReadonlySet<string>;
  /** Those that are known, destroyed ones too. */
  readonly agents: ReadonlySet<string>;
}

/** Of all, newest first. */
export function chooseForgotten(all: readonly Dated[], ask: RetentionAsk): Forgotten[] {
  return [...Map.groupBy(all, ({ agent }) => agent).values()].flatMap((own) => {
    const free = own.filter(
      (one, at) => !(at === 0 && isGuarded(one, ask)) && !ask.held.has(one.ref),
    );
    return [...tooOld(own, free, ask), ...tooMany(own, free, ask)];
  });
}

/** Asked of the newest of an agent. */
function isGuarded({ agent, atMs }: Dated, { agents, nowMs }: RetentionAsk): boolean {
  return agents.has(agent) || nowMs - atMs <= goneDays * dayMs;
}

function tooOld(own: readonly Dated[], free: readonly Dated[], ask: RetentionAsk): Forgotten[] {
  const lasts = new Set<string>();
  const kept = new Set<string>();
  for (const { ref, atMs } of own) {
    const slot = slotOf(atMs, ask);
    if (slot === undefined || lasts.has(slot)) continue;
    if (slot !== 'all') lasts.add(slot);
    kept.add(ref);
  }
  return free.filter(({ ref }) => !kept.has(ref)).map((one) => forgotten(one, 'age'));
}

/** Of each slot the newest is kept, of `all` every one; undefined: none. */
function slotOf(atMs: number, { settings, nowMs }: RetentionAsk): string | undefined {
  const days = (nowMs - atMs) / dayMs;
  if (days <= settings.keepAllDays) return 'all';
  if (days <= settings.keepDailyDays) return `day ${Math.floor(atMs / dayMs)}`;
  if (days <= settings.keepWeeklyDays) return `week ${Math.floor(atMs / dayMs / 7)}`;
  return undefined;
}

function tooMany(own: readonly Dated[], free: readonly Dated[], ask: RetentionAsk): Forgotten[] {
  const old = new Set(tooOld(own, free, ask).map(({ ref }) => ref));
  const staying = own.filter(({ ref }) => !old.has(ref));
  const beyond = new Set(staying.slice(mostOfAgent).map(({ ref }) => ref));
  return free.filter(({ ref }) => beyond.has(ref)).map((one) => forgotten(one, 'count'));
}

/** Those that may go for want of room, oldest first. */
export function inOrderOfGoing(all: readonly Dated[], ask: RetentionAsk): Dated[] {
  const { nowMs, held } = ask;
  const newest = [...Map.groupBy(all, ({ agent }) => agent).values()].flatMap(
    (own) => own[0] ?? [],
  );
  const guarded = new Set(newest.filter((one) => isGuarded(one, ask)).map(({ ref }) => ref));
  return all
    .filter(({ ref, atMs }) => !guarded.has(ref) && !held.has(ref) && nowMs - atMs > dayMs)
    .toSorted((a, b) => a.atMs - b.atMs);
}

export function forgotten({ agent, ref, commit }: Dated, why: Forgotten['why']): Forgotten {
  return { agent, ref, commit, why };
}
