/** The shapes in which agents are stuck: one row each, with what it is seen by. Pure. */
import type { Shape, Stuck } from '../../../preload/contract/watchdog.ts';
import type { ScreenFacts } from './screen.ts';

export const boundaries = {
  promptMs: 30_000,
  streamMs: 30_000,
  contextTokens: 250_000,
  progressMs: 1_500_000,
  supervisorMs: 900_000,
  /** A shape of an agent is told so often at most. */
  againMs: 300_000,
} as const;

/** A fact of its screen, and when it was first seen there, Unix ms. */
export interface Sighting {
  readonly words: string;
  readonly sinceMs: number;
}

/** An agent that runs and is not held, as it is seen now. */
export interface Seen {
  readonly nowMs: number;
  readonly status: { readonly value: string; readonly source: string };
  /** What its CLI's hook told last, where one was heard in this session. */
  readonly hook?:
    | { readonly event: string; readonly atMs: number; readonly detail?: string | undefined }
    | undefined;
  readonly screen: {
    readonly [K in Exclude<keyof ScreenFacts, 'tokens'>]?: Sighting | undefined;
  };
  /** When its terminal last said anything, Unix ms. */
  readonly outputMs?: number | undefined;
  readonly contextTokens?: number | undefined;
  /** The newest sign that it gets on, of whatever kind, Unix ms. */
  readonly progressMs?: number | undefined;
  /** Of what it cannot go on without, in the operator's inbox: the oldest. */
  readonly waiting?: { readonly title: string; readonly sinceMs: number } | undefined;
}

type Found = Omit<Stuck, 'shape'>;
type Look = (seen: Seen) => Found | undefined;

/** What is in the Inbox is asked there, and needs no second word. */
function onPrompt({ nowMs, hook, screen, waiting, outputMs = 0 }: Seen): Found | undefined {
  if (waiting !== undefined) return undefined;
  const isOver = (sinceMs: number) => nowMs - sinceMs >= boundaries.promptMs;
  if (hook?.event === 'waiting' && isOver(hook.atMs)) {
    const what = hook.detail ?? 'It asks for something at its own screen';
    return { sinceMs: hook.atMs, what, evidence: 'hook' };
  }
  const { asks, unsent } = screen;
  // A hook that tells of work since knows more than words that still stand there.
  if (hook === undefined && asks !== undefined && isOver(asks.sinceMs))
    return { sinceMs: asks.sinceMs, what: asks.words, evidence: 'screen' };
  if (unsent === undefined || !isOver(unsent.sinceMs) || !isOver(outputMs)) return undefined;
  return {
    sinceMs: unsent.sinceMs,
    what: `Text lies at its prompt and was not sent: ${unsent.words}`,
    evidence: 'screen',
  };
}

/** One that says something still tries by itself. */
function onStream({ nowMs, screen: { broken }, outputMs = 0 }: Seen): Found | undefined {
  if (broken === undefined) return undefined;
  const sinceMs = Math.max(broken.sinceMs, outputMs);
  if (nowMs - sinceMs < boundaries.streamMs) return undefined;
  return { sinceMs: broken.sinceMs, what: broken.words, evidence: 'screen' };
}

function inContext({ nowMs, contextTokens = 0 }: Seen): Found | undefined {
  if (contextTokens < boundaries.contextTokens) return undefined;
  const thousands = Math.floor(contextTokens / 1_000);
  return {
    sinceMs: nowMs,
    what: `Its context has grown to ${thousands},000 tokens`,
    evidence: 'what its program tells',
  };
}

function withoutProgress({ nowMs, status, progressMs }: Seen): Found | undefined {
  if (status.value !== 'working' || progressMs === undefined) return undefined;
  if (nowMs - progressMs < boundaries.progressMs) return undefined;
  return {
    sinceMs: progressMs,
    what: 'It is at work, and has changed, committed and said nothing',
    evidence: `${status.source}, files and the log`,
  };
}

function onSupervisor({ nowMs, waiting }: Seen): Found | undefined {
  if (waiting === undefined || nowMs - waiting.sinceMs < boundaries.supervisorMs) return undefined;
  return { sinceMs: waiting.sinceMs, what: waiting.title, evidence: 'inbox' };
}

const looks: Readonly<Record<Shape, Look>> = {
  'stuck-on-prompt': onPrompt,
  'stream-timeout': onStream,
  'context-bloat': inContext,
  'no-progress': withoutProgress,
  'blocked-on-supervisor': onSupervisor,
};

export function findStuck(seen: Seen): Stuck[] {
  return (Object.keys(looks) as Shape[]).flatMap((shape) => {
    const found = looks[shape](seen);
    return found === undefined ? [] : [{ shape, ...found }];
  });
}

/** What of it is news: an agent and a shape are told once while it lasts, and not again within five minutes. */
export function changesOf(
  found: readonly Stuck[],
  known: {
    readonly stuck: readonly Stuck[];
    readonly toldMs: Readonly<Partial<Record<Shape, number>>>;
  },
  nowMs: number,
): { readonly begun: Stuck[]; readonly over: Shape[] } {
  const isKnown = ({ shape }: Stuck) => known.stuck.some((one) => one.shape === shape);
  const isQuiet = ({ shape }: Stuck) => nowMs - (known.toldMs[shape] ?? 0) < boundaries.againMs;
  const isGone = ({ shape }: Stuck) => !found.some((one) => one.shape === shape);
  return {
    begun: found.filter((one) => !isKnown(one) && !isQuiet(one)),
    over: known.stuck.filter(isGone).map(({ shape }) => shape),
  };
}
