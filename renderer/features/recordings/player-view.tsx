import { ArrowLeft, RotateCw } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';
import { useConnection } from '../../hub/connection.ts';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useQuery } from '../../hub/use-command.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { ReplayScreen, type ReplayTerminal } from '../terminals/index.ts';
import { PlayerControls } from './player-controls.tsx';
import { PlayerSearch } from './player-search.tsx';
import type { Which } from './recording-place.ts';
import { usePlayback } from './use-playback.ts';
import { usePlayerKeys } from './use-player-keys.ts';
import { useRecordingSearch } from './use-recording-search.ts';
import { sayError } from '../../ui/say-error.ts';

const toList = () => navigate('recordings');

/** One recording, to be played. */
export function PlayerView({ which }: { which: Which }) {
  const isLive = useConnection().state === 'live';
  const { result, error, reload } = useQuery('recording.get', isLive ? { ...which } : undefined);
  if (error !== undefined && result === undefined)
    return <NoRecording agent={which.agent} error={error} onRetry={reload} />;
  if (result === undefined) return <ViewHeader title={which.agent} />;
  return <Player detail={result} onReload={reload} />;
}

interface PlayerProps {
  detail: QueryOutput<'recording.get'>;
  onReload: () => void;
}

function Player({ detail, onReload }: PlayerProps) {
  const { recording, parts, marks } = detail;
  const { agent, durationMs } = recording;
  const [screen, setScreen] = useState<ReplayTerminal>();
  const field = useRef<HTMLInputElement>(null);
  const { playback, error } = usePlayback(detail, screen);
  const search = useRecordingSearch(recording, parts);
  const onReady = useCallback((replay: ReplayTerminal | undefined) => setScreen(replay), []);
  const focusField = () => field.current?.focus();
  const actions = usePlayerKeys(playback, marks, { find: focusField, leave: toList });
  const jumpTo = async (text: string) => {
    if (playback === undefined) return;
    const foundMs = await search.find(text, playback.positionMs);
    if (foundMs === undefined) return;
    playback.pause();
    await playback.seek(foundMs);
    screen?.mark(text);
  };
  return (
    <>
      <ViewHeader
        title={`${agent}, session ${recording.session}`}
        actions={
          <>
            <PlayerSearch
              field={field}
              state={search.state}
              onFind={(text) => void jumpTo(text)}
              onClear={search.cancel}
            />
            {recording.isRunning && (
              <IconButton icon={RotateCw} label="Read what came since" onClick={onReload} />
            )}
            <IconButton
              icon={ArrowLeft}
              label="All recordings"
              shortcut="Escape"
              onClick={toList}
            />
          </>
        }
      >
        <RelativeTime atMs={recording.startMs} prefix="recorded" className="text-sm text-faint" />
        {recording.isRunning && <span className="text-sm text-green">recording</span>}
      </ViewHeader>
      <ReplayScreen label={`Recording of ${agent}`} onReady={onReady} />
      {error && (
        <p role="alert" className="border-t px-4 py-1.5 text-red">
          {sayError(error)}
        </p>
      )}
      {playback && (
        <PlayerControls
          playback={playback}
          durationMs={durationMs}
          marks={marks}
          actions={actions}
        />
      )}
    </>
  );
}

interface NoRecordingProps {
  agent: string;
  error: WireError;
  onRetry: () => void;
}

function NoRecording({ agent, error, onRetry }: NoRecordingProps) {
  return (
    <>
      <ViewHeader title={agent} />
      <EmptyState
        title={error.message}
        action={
          <>
            <Button onClick={onRetry}>Try again</Button>
            <Button onClick={toList}>All recordings</Button>
          </>
        }
      >
        {error.mend}
      </EmptyState>
    </>
  );
}
