import { useEffect, useRef, useState } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { QueryInput, QueryName, QueryOutput } from '../../hub/bridge.ts';
import { pageClock } from '../../hub/channel.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import type { PaletteFound, PaletteItem } from './palette-source.ts';

/** The hub is asked once the typing pauses so long, milliseconds; the question before is taken back. */
const pauseMs = 100;

interface Answer<K extends QueryName> {
  readonly typed: string;
  readonly items: readonly PaletteItem[];
  readonly error?: WireError;
  readonly type: K;
}

interface Asking<K extends QueryName> {
  readonly type: K;
  /** Undefined where that is too little to look for. */
  readonly toData: (typed: string) => QueryInput<K> | undefined;
  readonly toItems: (output: QueryOutput<K>) => readonly PaletteItem[];
}

/** What the hub finds; while it is asked again, what it found before. `asking`: the same each time. */
export function useAsked<K extends QueryName>(asking: Asking<K>, typed: string): PaletteFound {
  const { bridge } = useHub();
  const [answer, setAnswer] = useState<Answer<K>>();
  const latest = useRef(asking);
  const isAsked = asking.toData(typed) !== undefined;
  useEffect(() => {
    const { type, toData, toItems } = latest.current;
    const data = toData(typed);
    if (data === undefined) return;
    const abort = new AbortController();
    const put = (rest: Pick<Answer<K>, 'items' | 'error'>) =>
      !abort.signal.aborted && setAnswer({ type, typed, ...rest });
    const cancel = pageClock.schedule(() => {
      bridge.query(type, data, abort.signal).then(
        (output) => put({ items: toItems(output) }),
        (thrown) => put({ items: [], error: toWireErrorOf(thrown) }),
      );
    }, pauseMs);
    return () => {
      cancel();
      abort.abort();
    };
  }, [bridge, typed]);
  if (!isAsked || answer === undefined) return { items: [], isLoading: isAsked };
  const isLoading = answer.typed !== typed;
  return { items: answer.items, isLoading, error: isLoading ? undefined : answer.error };
}
