import { useCallback, useEffect, useState } from 'react';
import type { Recording } from '../../../preload/contract/recordings.ts';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useQuery } from '../../hub/use-command.ts';
import { FailedLine } from '../../ui/failed-line.tsx';
import { ReplayScreen, type ReplayTerminal } from '../terminals/index.ts';
import { usePlayback } from './use-playback.ts';

interface RecordingAtProps {
  recording: Recording;
  /** Unix ms; before its beginning and after its end, the nearest of the two. */
  atMs: number;
}

/** What a terminal showed at one time, with nothing to play it by: it follows the time that it is given. */
export function RecordingAt({ recording, atMs }: RecordingAtProps) {
  const { agent, session, startMs } = recording;
  const { result, error, reload } = useQuery('recording.get', { agent, session, startMs });
  if (error !== undefined && result === undefined)
    return (
      <div className="p-4">
        <FailedLine error={error} onRetry={reload} />
      </div>
    );
  return result === undefined ? null : <Frame detail={result} atMs={atMs} />;
}

function Frame({ detail, atMs }: { detail: QueryOutput<'recording.get'>; atMs: number }) {
  const { agent, startMs } = detail.recording;
  const [screen, setScreen] = useState<ReplayTerminal>();
  const onReady = useCallback((replay: ReplayTerminal | undefined) => setScreen(replay), []);
  const { playback, error } = usePlayback(detail, screen);
  useEffect(() => void playback?.seek(atMs - startMs), [playback, atMs, startMs]);
  return (
    <>
      <ReplayScreen label={`Terminal of ${agent} at that moment`} onReady={onReady} />
      {error && (
        <p role="alert" className="border-t px-4 py-1.5 text-red">
          {error.message} {error.mend}
        </p>
      )}
    </>
  );
}

/** Of each agent the recording that was running at a time, by agent. */
export function recordingsAt(
  recordings: readonly Recording[],
  atMs: number,
): ReadonlyMap<string, Recording> {
  const running = recordings.filter(
    ({ startMs, durationMs, isRunning }) =>
      startMs <= atMs && (isRunning || atMs <= startMs + durationMs),
  );
  // Newest first, as they are listed: the newest of each stays.
  return new Map(running.toReversed().map((one) => [one.agent, one]));
}
