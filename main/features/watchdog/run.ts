/**
 * What an agent has used in its run, folded from the log, so that a hub that starts later counts on. A run begins with a start by
 * the operator and goes on over restarts that Musher does by itself: what breaks again and again reaches its limit. Pure.
 */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';

export interface Run {
  /** Turns in which a tool was used, where hooks tell of tools. */
  readonly turns: number;
  /** All turns, those of words alone too. */
  readonly allTurns: number;
  /** A hook told of a tool: this CLI's hooks do. */
  readonly tellsTools?: boolean | undefined;
  /** The turn that goes on. */
  readonly turn?: { readonly hasUsedTool: boolean } | undefined;
  /** Of the parts of it that are over, milliseconds. */
  readonly ranMs: number;
  /** Since when its program runs and is not held, Unix ms. */
  readonly runningSinceMs?: number | undefined;
  /** Of all sessions of the run; absent while none of them told it. */
  readonly costUsd?: number | undefined;
  /** What its CLI told last: its own sum, which begins anew with some of its starts. */
  readonly lastCostUsd?: number | undefined;
  /** Tokens, in this session. */
  readonly contextTokens?: number | undefined;
  /** When there was last a sign that it gets on, Unix ms. */
  readonly progressMs?: number | undefined;
  /** The terminal whose program ended last: its start may be reported after its end. */
  readonly endedIn?: string | undefined;
  /** The operator wanted the start that comes. */
  readonly isWanted?: boolean | undefined;
  readonly session: number;
  /** The session in which it was told to go on. */
  readonly kickedIn?: number | undefined;
}

export const newRun: Run = { turns: 0, allTurns: 0, ranMs: 0, session: 0 };

export function moved(
  run: Run,
  { to, session }: { readonly to: string; readonly session?: number | undefined },
  { actor, atMs }: EventEnvelope,
): Run {
  const isWish = actor === 'operator';
  // Whether or not anybody saw how its program ended.
  if (to === 'stopped') return held(run, atMs);
  if (session === undefined) return isWish ? { ...run, isWanted: to !== 'stopping' } : run;
  if (isWish || run.isWanted === true || run.session === 0)
    return { ...newRun, lastCostUsd: run.lastCostUsd, tellsTools: run.tellsTools, session };
  return { ...run, turn: undefined, contextTokens: undefined, session };
}

export function launched(
  run: Run,
  { terminalId }: { readonly terminalId: string },
  { atMs }: EventEnvelope,
): Run {
  if (run.endedIn === terminalId) return run;
  return { ...held(run, atMs), runningSinceMs: atMs, progressMs: atMs };
}

export function exited(
  run: Run,
  { terminalId }: { readonly terminalId: string },
  { atMs }: EventEnvelope,
): Run {
  return { ...held(run, atMs), endedIn: terminalId, turn: undefined };
}

/** Its time stands still. */
export function held(run: Run, atMs: number): Run {
  if (run.runningSinceMs === undefined) return run;
  return { ...run, ranMs: ranMs(run, atMs), runningSinceMs: undefined };
}

/** What stood still with it is no lack of progress. */
export function goesOn(run: Run, atMs: number): Run {
  return { ...held(run, atMs), runningSinceMs: atMs, progressMs: atMs };
}

/** The machine slept, and its program with it: neither its time nor its progress has moved. */
export function slept(
  run: Run,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Run {
  const { runningSinceMs: sinceMs } = run;
  if (sinceMs === undefined || sinceMs >= toMs) return run;
  const asleepMs = toMs - Math.max(fromMs, sinceMs);
  return { ...run, runningSinceMs: sinceMs + asleepMs, progressMs: toMs };
}

export function ranMs({ ranMs: before, runningSinceMs }: Run, nowMs: number): number {
  return before + (runningSinceMs === undefined ? 0 : Math.max(0, nowMs - runningSinceMs));
}

/** `busy`, `idle`, `limit`, `waiting` of a hook; `busy`, `ready`, `limit` of a screen. A turn counts when it is over. */
export function told(
  run: Run,
  { event }: { readonly event: string },
  { atMs }: EventEnvelope,
): Run {
  const { turn } = run;
  if (event === 'busy')
    return turn === undefined ? { ...run, progressMs: atMs, turn: { hasUsedTool: false } } : run;
  if (turn === undefined || !['idle', 'ready', 'limit'].includes(event)) return run;
  return {
    ...run,
    turn: undefined,
    progressMs: atMs,
    allTurns: run.allTurns + 1,
    turns: run.turns + (turn.hasUsedTool ? 1 : 0),
  };
}

export function usedTool(run: Run): Run {
  const turn = run.turn && { hasUsedTool: true };
  return { ...run, tellsTools: true, ...(turn && { turn }) };
}

/** A sum that is smaller than the one before it has begun anew. */
export function usageTold(
  run: Run,
  {
    costUsd: told,
    contextTokens = run.contextTokens,
  }: {
    readonly costUsd?: number | undefined;
    readonly contextTokens?: number | undefined;
  },
): Run {
  if (told === undefined) return { ...run, contextTokens };
  const before = run.lastCostUsd ?? 0;
  const more = told >= before ? told - before : told;
  return { ...run, contextTokens, lastCostUsd: told, costUsd: (run.costUsd ?? 0) + more };
}
