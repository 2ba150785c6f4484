/** A piece of the list of events around the one that is shown, read on in both directions. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { PastEvent } from '../../../preload/contract/timeline.ts';
import type { Bridge, QueryInput } from '../../hub/bridge.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { useHeadSeq } from '../../hub/use-records.ts';
import { toWireErrorOf } from '../../hub/wire-error.ts';

type Ask = QueryInput<'timeline.list'>;

export interface EventWindow {
  /** Oldest first. */
  readonly events: readonly PastEvent[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  /** Nothing of it is there yet. */
  readonly isOpening: boolean;
  readonly isReading: boolean;
  readonly error: WireError | undefined;
  readonly older: () => void;
  readonly newer: () => void;
  readonly retry: () => void;
}

const pageSize = 100;
/** Beyond that the other end is let go. */
const mostEvents = 600;
/** A filter may fit nothing for long: so many looks for one page. */
const mostLooks = 25;

interface Piece {
  readonly events: readonly PastEvent[];
  /** Where to read on, in each direction; undefined at the end of the log. */
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  /** The newest event of the log when it was read. */
  readonly seen: number;
}

/** `at`: the event that is to be in it; undefined for the newest. */
export function useEventWindow(ask: Ask, at: number | undefined): EventWindow {
  const { bridge } = useHub();
  const asked = JSON.stringify(ask);
  const head = useHeadSeq();
  const [piece, setPiece] = useState<Piece & { readonly asked?: string }>({ events: [], seen: 0 });
  const [isReading, setReading] = useState(true);
  const [error, setError] = useState<WireError>();
  const [round, setRound] = useState(0);
  const abort = useRef(new AbortController());
  const isIn = piece.asked === asked && holds(piece, at);
  const anchor = isIn ? undefined : (at ?? 'end');

  const run = useCallback(async (work: (signal: AbortSignal) => Promise<Piece>, of: string) => {
    abort.current.abort();
    const own = new AbortController();
    abort.current = own;
    setReading(true);
    try {
      const next = await work(own.signal);
      if (own.signal.aborted) return;
      setPiece({ ...next, asked: of });
      setError(undefined);
    } catch (thrown) {
      if (!own.signal.aborted) setError(toWireErrorOf(thrown));
    } finally {
      if (!own.signal.aborted) setReading(false);
    }
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    if (anchor === undefined) return;
    const data = JSON.parse(asked) as Ask;
    void run((signal) => openAt(bridge, { data, anchor, signal }), asked);
  }, [bridge, asked, anchor, run, round]);
  const isOutgrown = isIn && !isReading && piece.after === undefined && piece.seen < head;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has come since, whenever the one before was read
  useEffect(() => {
    if (!isOutgrown) return;
    const data = { ...(JSON.parse(asked) as Ask), after: piece.seen };
    void run(async (signal) => joined(piece, await read(bridge, data, signal), false), asked);
  }, [bridge, asked, isOutgrown, run]);
  useEffect(() => () => abort.current.abort(), []);

  const readOn = (isOlder: boolean) => {
    const from = isOlder ? piece.before : piece.after;
    if (isReading || from === undefined || piece.asked !== asked) return;
    const where = isOlder ? { before: from } : { after: from };
    void run(
      async (signal) => joined(piece, await read(bridge, { ...ask, ...where }, signal), isOlder),
      asked,
    );
  };
  return {
    events: piece.asked === asked ? piece.events : [],
    hasOlder: piece.before !== undefined,
    hasNewer: piece.after !== undefined,
    isOpening: piece.asked !== asked && error === undefined,
    ...{ isReading, error },
    older: () => readOn(true),
    newer: () => readOn(false),
    retry: () => setRound((old) => old + 1),
  };
}

/** Between its ends, an event that the filters leave out is in it too: where it would be, is in sight. */
function holds({ events, before, after }: Piece, at: number | undefined): boolean {
  if (at === undefined) return after === undefined;
  const first = before === undefined ? 0 : (events[0]?.seq ?? Infinity);
  const last = after === undefined ? Infinity : (events.at(-1)?.seq ?? 0);
  return first <= at && at <= last;
}

interface Opening {
  readonly data: Ask;
  readonly anchor: number | 'end';
  readonly signal: AbortSignal;
}

async function openAt(bridge: Bridge, { data, anchor, signal }: Opening): Promise<Piece> {
  if (anchor === 'end') {
    return read(bridge, data, signal);
  }
  const [old, fresh] = await Promise.all([
    read(bridge, { ...data, before: anchor + 1 }, signal),
    read(bridge, { ...data, after: anchor }, signal),
  ]);
  const events = [...old.events, ...fresh.events];
  return { events, before: old.before, after: fresh.after, seen: fresh.seen };
}

/** One page, by as many looks as that takes. */
async function read(bridge: Bridge, ask: Ask, signal: AbortSignal): Promise<Piece> {
  const isForward = ask.after !== undefined;
  let events: readonly PastEvent[] = [];
  let next: Ask = { ...ask, limit: pageSize };
  let seen = 0;
  for (let look = 0; look < mostLooks; look++) {
    const page = await bridge.query('timeline.list', next, signal);
    events = isForward ? [...events, ...page.events] : [...page.events, ...events];
    seen = page.head;
    if (!page.more) return { events, seen };
    next = { ...next, ...(isForward ? { after: page.cursor } : { before: page.cursor }) };
    if (events.length >= pageSize / 2) break;
  }
  return { events, seen, before: numberOf(next.before), after: numberOf(next.after) };
}

function numberOf(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** What is read is added at its end, and the other end is cut where it grew too long. */
function joined(old: Piece, fresh: Piece, isOlder: boolean): Piece {
  if (isOlder) {
    const events = [...fresh.events, ...old.events].slice(0, mostEvents);
    const isCut = events.length < fresh.events.length + old.events.length;
    const after = isCut ? events.at(-1)?.seq : old.after;
    return { events, before: fresh.before, after, seen: old.seen };
  }
  const events = [...old.events, ...fresh.events].slice(-mostEvents);
  const isCut = events.length < fresh.events.length + old.events.length;
  const before = isCut ? events[0]?.seq : old.before;
  return { events, before, after: fresh.after, seen: fresh.seen };
}
