/** Looks for a text part by part, from where the playback is, and once around from the beginning. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Recording } from '../../../preload/contract/recordings.ts';
import type { Bridge } from '../../hub/bridge.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { showError } from '../../ui/toast.tsx';
import { type PlayedPart, partAt } from './timeline.ts';

export type SearchState = 'idle' | 'searching' | 'found' | 'none';

export interface RecordingSearch {
  readonly state: SearchState;
  /** Resolves with the moment when it first shows, after this one; undefined when it never does. */
  find(text: string, afterMs: number): Promise<number | undefined>;
  cancel(): void;
}

export function useRecordingSearch(
  recording: Recording,
  parts: readonly PlayedPart[],
): RecordingSearch {
  const { bridge } = useHub();
  const [state, setState] = useState<SearchState>('idle');
  const running = useRef<AbortController | undefined>(undefined);
  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = undefined;
    setState('idle');
  }, []);
  useEffect(() => () => running.current?.abort(), []);
  const find = async (text: string, afterMs: number) => {
    cancel();
    const abort = new AbortController();
    running.current = abort;
    setState('searching');
    const ask = { bridge, recording, text, signal: abort.signal };
    try {
      const from = partAt(parts, afterMs).part;
      const found =
        (await findFrom(ask, from, afterMs)) ?? (await findFrom(ask, parts[0]?.part, -1));
      if (abort.signal.aborted) return undefined;
      setState(found === undefined ? 'none' : 'found');
      return found;
    } catch (thrown) {
      if (abort.signal.aborted) return undefined;
      setState('idle');
      showError(toWireErrorOf(thrown));
      return undefined;
    }
  };
  return { state, find, cancel };
}

interface Ask {
  readonly bridge: Bridge;
  readonly recording: Recording;
  readonly text: string;
  readonly signal: AbortSignal;
}

async function findFrom(
  { bridge, recording, text, signal }: Ask,
  from: number | undefined,
  afterMs: number,
): Promise<number | undefined> {
  const { agent, session, startMs } = recording;
  for (let part = from; part !== undefined; ) {
    const ask = { agent, session, startMs, text, part, afterMs };
    const { foundMs, nextPart } = await bridge.query('recording.find', ask, signal);
    if (foundMs !== undefined) return foundMs;
    part = nextPart;
  }
  return undefined;
}
