/** A playback of one recording on a terminal, driven by the page's frames, and drawn anew at each change. */
import { useEffect, useReducer, useState } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import type { ReplayTerminal } from '../terminals/index.ts';
import { Playback } from './playback.ts';

export interface UsedPlayback {
  readonly playback: Playback | undefined;
  readonly error: WireError | undefined;
}

/** A page that was out of sight goes on from where it was, milliseconds. */
const longestFrameMs = 200;

export function usePlayback(
  detail: QueryOutput<'recording.get'>,
  screen: ReplayTerminal | undefined,
): UsedPlayback {
  const { bridge } = useHub();
  const [playback, setPlayback] = useState<Playback>();
  const [error, setError] = useState<WireError>();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (screen === undefined) return;
    const { agent, session, startMs, durationMs } = detail.recording;
    const abort = new AbortController();
    const unlessGone = (run: () => void) => !abort.signal.aborted && run();
    const made = new Playback({
      parts: detail.parts,
      durationMs,
      screen,
      readPage: (from) =>
        bridge.query('recording.page', { agent, session, startMs, ...from }, abort.signal),
      onChange: () => unlessGone(redraw),
      onError: (thrown) => unlessGone(() => setError(toWireErrorOf(thrown))),
    });
    setError(undefined);
    setPlayback(made);
    void made.seek(0);
    const stop = startFrames((elapsedMs) => made.tick(elapsedMs));
    return () => {
      abort.abort();
      stop();
      setPlayback(undefined);
    };
  }, [bridge, detail, screen]);
  return { playback, error };
}

function startFrames(run: (elapsedMs: number) => void): () => void {
  let lastMs: number | undefined;
  let handle = requestAnimationFrame(frame);
  function frame(nowMs: number) {
    run(Math.min(nowMs - (lastMs ?? nowMs), longestFrameMs));
    lastMs = nowMs;
    handle = requestAnimationFrame(frame);
  }
  return () => cancelAnimationFrame(handle);
}
