/** The messages that are shown: a window that is read by page in both directions, and goes on with what comes. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { Bridge } from '../../hub/bridge.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { useHeadSeq } from '../../hub/use-records.ts';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import type { MessageAsk } from './message-filters.ts';
import {
  addArrived,
  addNewer,
  addOlder,
  type MessagePage,
  type MessageWindow,
  openWindow,
  pageSize,
} from './message-window.ts';

/** What comes is asked for so often at most, milliseconds. */
const refreshMs = 200;

interface State {
  /** What the window is of; the last one stays until the next is there. */
  readonly key: string | undefined;
  readonly window: MessageWindow | undefined;
  readonly error: WireError | undefined;
  /** Came while the reader was elsewhere. */
  readonly arrived: number;
}

export interface Messages extends State {
  /** Another one is asked for than is shown. */
  readonly isOpening: boolean;
  readonly loading: 'start' | 'end' | undefined;
  load(end: 'start' | 'end'): void;
  /** Whether the reader sees the last one. */
  setAtEnd(isAtEnd: boolean): void;
  /** Opens it at the newest again. */
  reload(): void;
}

const nothing: State = { key: undefined, window: undefined, error: undefined, arrived: 0 };

export function useMessageWindow(ask: MessageAsk): Messages {
  const asked = JSON.stringify(ask);
  const [state, setState] = useState(nothing);
  const [round, setRound] = useState(0);
  const key = `${asked} ${round}`;
  const isAtEnd = useRef(true);
  // What is asked next goes on from what was had last, whether or not that is drawn yet.
  const held = useRef(nothing);
  const update = useCallback((change: (old: State) => State) => {
    held.current = change(held.current);
    setState(held.current);
  }, []);
  const { read, begin, isBusy, loading } = useReads(asked, update);

  useEffect(() => {
    const end = begin();
    isAtEnd.current = true;
    void read({}, (_, page) => ({ ...nothing, key, window: openWindow(page) }));
    return end;
  }, [key, begin, read]);

  const isOpening = state.key !== key;
  useArrivals({
    isLive: state.window?.isLive === true && !isOpening,
    async refresh() {
      const { window } = held.current;
      // The reader went back meanwhile: what is newer comes when it is wanted.
      if (window?.isLive !== true || held.current.key !== key) return true;
      return read({ after: window.newer }, (old, page) => withArrived(old, page, isAtEnd.current));
    },
  });

  return {
    ...state,
    isOpening,
    loading,
    load(end) {
      const { window } = held.current;
      if (window === undefined || isBusy()) return;
      const isThere = end === 'start' ? window.older === undefined : window.isLive;
      if (isThere) return;
      const where = end === 'start' ? { before: window.older } : { after: window.newer };
      const add = end === 'start' ? addOlder : addNewer;
      const change = (old: State, page: MessagePage): State =>
        old.window === undefined ? old : { ...old, window: add(old.window, page) };
      void read(where, change, end);
    },
    setAtEnd(atEnd) {
      isAtEnd.current = atEnd;
      if (atEnd && held.current.window?.isLive && held.current.arrived > 0)
        update((old) => ({ ...old, arrived: 0 }));
    },
    reload: () => setRound((old) => old + 1),
  };
}

function withArrived(old: State, page: MessagePage, isAtEnd: boolean): State {
  if (old.window === undefined) return old;
  if (isAtEnd) return { ...old, window: addNewer(old.window, page), arrived: 0 };
  const arrived = old.arrived + page.messages.length;
  return { ...old, window: addArrived(old.window, page), arrived };
}

/** Reads of one ask, one at a time; none of them is heard any more once there is another. */
function useReads(asked: string, update: (change: (old: State) => State) => void) {
  const { bridge } = useHub();
  const [loading, setLoading] = useState<'start' | 'end' | undefined>();
  const abort = useRef(new AbortController());
  const busy = useRef(false);

  /** False when it was not asked. `change` is of the window as it is when the page is there. */
  const read = useCallback(
    async (
      where: object,
      change: (old: State, page: MessagePage) => State,
      end?: 'start' | 'end',
    ): Promise<boolean> => {
      const { signal } = abort.current;
      if (busy.current) return false;
      busy.current = true;
      if (end !== undefined) setLoading(end);
      try {
        const page = await readPage(
          bridge,
          { ...(JSON.parse(asked) as MessageAsk), ...where },
          signal,
        );
        if (!signal.aborted) update((old) => ({ ...change(old, page), error: undefined }));
      } catch (thrown) {
        if (!signal.aborted) update((old) => ({ ...old, error: toWireErrorOf(thrown) }));
      }
      if (!signal.aborted) {
        busy.current = false;
        setLoading(undefined);
      }
      return true;
    },
    [bridge, asked, update],
  );

  /** Returns the end of it. */
  const begin = useCallback(() => {
    const own = new AbortController();
    abort.current = own;
    busy.current = false;
    return () => own.abort();
  }, []);

  return { read, begin, loading, isBusy: () => busy.current };
}

/** The hub looks at a bounded piece for each ask: a page may be empty though there is more. */
async function readPage(
  bridge: Bridge,
  ask: MessageAsk,
  signal: AbortSignal,
): Promise<MessagePage> {
  let next = ask;
  for (;;) {
    const page = await bridge.query('message.list', { ...next, limit: pageSize }, signal);
    if (page.messages.length > 0 || !page.more) return page;
    next =
      ask.after === undefined ? { ...ask, before: page.cursor } : { ...ask, after: page.cursor };
  }
}

interface Arrivals {
  readonly isLive: boolean;
  /** False when there was no time for it. */
  refresh(): Promise<boolean>;
}

/** Asks again when the log went on; soon after, and not for each event of a burst. */
function useArrivals({ isLive, refresh }: Arrivals): void {
  const head = useHeadSeq();
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  const isGone = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const soon = useRef(() => {
    timer.current ??= setTimeout(async () => {
      const isDone = await latest.current();
      timer.current = undefined;
      if (!isDone && !isGone.current) soon();
    }, refreshMs);
  }).current;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the head is what it waits for
  useEffect(() => {
    if (isLive) soon();
  }, [head, isLive, soon]);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, []);
}
