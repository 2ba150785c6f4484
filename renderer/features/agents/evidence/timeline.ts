/** What an agent did in the last hours, as pieces of a strip. Pure. */
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import type { QueryOutput } from '../../../hub/bridge.ts';
import { type Appearance, presentAgent } from '../present-agent.ts';

export type Change = QueryOutput<'agent.history'>['changes'][number];

export interface Piece {
  readonly fromMs: number;
  readonly toMs: number;
  readonly look: Appearance;
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const minuteMs = 60_000;
/** How far back it may be shown, the shortest first, milliseconds. */
const spansMs = [15 * minuteMs, 60 * minuteMs, 6 * 60 * minuteMs] as const;
export const longestMs = spansMs[2];

/** The shortest that holds all that is known: who was added a minute ago has more to show than a dot. */
export function spanOf(changes: readonly Change[], nowMs: number): Span {
  // The newest may be younger than this page's last look at the clock.
  const toMs = Math.max(nowMs, changes[0]?.atMs ?? 0);
  const oldestMs = changes.at(-1)?.atMs ?? toMs;
  const spanMs = spansMs.find((ms) => toMs - oldestMs <= ms) ?? longestMs;
  return { fromMs: toMs - spanMs, toMs };
}

/** As it looked then; how its program ended is not told of the past. */
export function lookOf(agent: AgentRecord, { state, status }: Change): Appearance {
  const { exit: _exit, failure: _failure, ...rest } = agent;
  return presentAgent({ ...rest, state, status });
}

/** In so many steps, each is shown as what it was most of the time: shorter pieces could not be seen. */
export const mostPieces = 180;

/** `changes`: newest first, the oldest before the span or nothing is known of its beginning. Oldest piece first, without gaps. */
export function piecesOf(agent: AgentRecord, changes: readonly Change[], span: Span): Piece[] {
  const exact = exactPieces(agent, changes, span);
  const stepMs = (span.toMs - span.fromMs) / mostPieces;
  const [first] = exact;
  if (first === undefined || stepMs <= 0) return [];
  const pieces: Piece[] = [];
  // Steps stand still while the span moves on.
  let fromMs = first.fromMs;
  while (fromMs < span.toMs) {
    const toMs = Math.min(span.toMs, (Math.floor(fromMs / stepMs) + 1) * stepMs);
    add(pieces, { fromMs, toMs, look: longest(exact, { fromMs, toMs }) });
    fromMs = toMs;
  }
  return pieces;
}

function exactPieces(agent: AgentRecord, changes: readonly Change[], span: Span): Piece[] {
  const pieces: Piece[] = [];
  for (const [at, change] of changes.entries()) {
    const fromMs = Math.max(span.fromMs, change.atMs);
    const toMs = Math.min(span.toMs, changes[at - 1]?.atMs ?? span.toMs);
    if (toMs > fromMs) pieces.unshift({ fromMs, toMs, look: lookOf(agent, change) });
  }
  return pieces;
}

function longest(pieces: readonly Piece[], { fromMs, toMs }: Span): Appearance {
  const times = new Map<string, { ms: number; look: Appearance }>();
  for (const piece of pieces) {
    const ms = Math.min(toMs, piece.toMs) - Math.max(fromMs, piece.fromMs);
    if (ms <= 0) continue;
    const { word } = piece.look;
    times.set(word, { ms: ms + (times.get(word)?.ms ?? 0), look: piece.look });
  }
  const [most] = [...times.values()].sort((a, b) => b.ms - a.ms);
  return most?.look ?? { shape: 'dashed', tone: 'muted', word: 'unknown' };
}

function add(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  if (last?.look.word === piece.look.word)
    pieces[pieces.length - 1] = { ...last, toMs: piece.toMs };
  else pieces.push(piece);
}
