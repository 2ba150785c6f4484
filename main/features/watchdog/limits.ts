/** Which limits an agent has, how far they are used, and what that calls for. Pure. */
import type { WireError } from '../../../preload/contract/errors.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import type { OwnLimits, Use } from '../../../preload/contract/watchdog.ts';
import type { LimitKind } from '../../../preload/contract/limits.ts';
import { limitCodes } from '../../../preload/contract/limits.ts';
import type { AgentLimits } from './ports.ts';
import type { Run } from './run.ts';
import { ranMs } from './run.ts';

/** Told once at this share of a limit. */
const nearShare = 0.8;

const kinds: readonly LimitKind[] = ['turns', 'costUsd', 'timeMs'];

/** Built-in profiles whose hooks tell of each tool: there, a turn of words alone is none that counts. */
const tellTools: ReadonlySet<string> = new Set(['claude', 'codex', 'copilot']);

export interface Limited {
  readonly profile: string;
  /** The agent's own go before those of config files. */
  readonly own: OwnLimits;
  readonly config: AgentLimits;
  readonly run: Run;
  readonly nowMs: number;
}

export function usesOf(limited: Limited): Use[] {
  return kinds.map((kind) => {
    const { own, config } = limited;
    const wish = own[kind];
    const of = wish === undefined ? config[kind] : wish === 'none' ? undefined : wish;
    const from = of === undefined ? 'none' : wish === undefined ? 'config' : 'agent';
    const used = usedOf(kind, limited);
    return { kind, ...(of !== undefined && { of }), ...(used !== undefined && { used }), from };
  });
}

/** Undefined where its CLI does not tell: that is never guessed. */
function usedOf(kind: LimitKind, { run, profile, nowMs }: Limited): number | undefined {
  if (kind === 'timeMs') return ranMs(run, nowMs);
  if (kind === 'costUsd') return run.costUsd;
  return run.tellsTools === true || tellTools.has(profile) ? run.turns : run.allTurns;
}

export interface Counted extends Use {
  readonly of: number;
  readonly used: number;
}

function isCounted(use: Use): use is Counted {
  return use.of !== undefined && use.used !== undefined;
}

/** The first that is used up. */
export function reachedOf(uses: readonly Use[]): Counted | undefined {
  return uses.filter(isCounted).find(({ used, of }) => used >= of);
}

/** Those that are to be told now. A limit that is another one is told of again. */
export function newlyNear(
  uses: readonly Use[],
  near: Readonly<Partial<Record<LimitKind, number>>>,
): Counted[] {
  return uses
    .filter(isCounted)
    .filter(({ kind, used, of }) => near[kind] !== of && used >= of * nearShare && used < of);
}

/** Those that were told and are not so any more: the limit was raised or lifted, by whomever. */
export function nearNoMore(
  uses: readonly Use[],
  near: Readonly<Partial<Record<LimitKind, number>>>,
): LimitKind[] {
  return uses
    .filter(({ kind, used, of }) => {
      if (near[kind] === undefined) return false;
      return of !== near[kind] || used === undefined || used < of * nearShare;
    })
    .map(({ kind }) => kind);
}

/** Why it is stopped, with what it used and what to do. */
export function limitError(agent: string, { kind, used, of }: Counted): WireError {
  const more = kind === 'costUsd' ? String(of * 2) : amount(kind, of * 2);
  return toWireError(limitCodes[kind], {
    agent,
    used: amount(kind, used),
    of: amount(kind, of),
    more,
  });
}

/** `12`, `$0.42`, `1h30m`. */
export function amount(kind: LimitKind, value: number): string {
  if (kind === 'turns') return String(value);
  if (kind === 'costUsd') return `$${value.toFixed(2)}`;
  const minutes = Math.floor(value / 60_000);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes}m`;
  return minutes % 60 === 0 ? `${hours}h` : `${hours}h${minutes % 60}m`;
}

export const limitWords: Readonly<Record<LimitKind, string>> = {
  turns: 'turns',
  costUsd: 'cost',
  timeMs: 'time',
};

/** `It has used 8 of 10 turns`. */
export function sayNear({ kind, used, of }: Pick<Counted, 'kind' | 'used' | 'of'>): string {
  const share = `${amount(kind, used)} of ${amount(kind, of)}`;
  return kind === 'turns'
    ? `It has used ${share} turns; at the limit it is stopped`
    : `It has used ${share} of ${limitWords[kind]}; at the limit it is stopped`;
}
