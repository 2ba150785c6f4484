import { Clapperboard } from 'lucide-react';
import type { Recording } from '../../../preload/contract/recordings.ts';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatBytes } from '../../ui/format-bytes.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { toTarget } from './recording-place.ts';
import { formatPosition, sayPosition } from './timeline.ts';

/** Everything that was recorded, the newest first. */
export function RecordingList() {
  const isLive = useConnection().state === 'live';
  const { result, error, reload } = useQuery('recording.list', isLive ? {} : undefined);
  return (
    <>
      <ViewHeader title="Recordings">
        {result && result.recordings.length > 0 && `${result.recordings.length} sessions`}
      </ViewHeader>
      {error ? (
        <EmptyState title={error.message} action={<Button onClick={reload}>Try again</Button>}>
          {error.mend}
        </EmptyState>
      ) : result?.recordings.length === 0 ? (
        <EmptyState icon={Clapperboard} title="Nothing recorded yet">
          Every agent’s terminal is recorded from its first output on, with secrets hidden. Start
          one, and its session is listed here.
        </EmptyState>
      ) : (
        <ul aria-label="Recordings" className="min-h-0 flex-1 overflow-y-auto">
          {result?.recordings.map((recording) => (
            <Row key={toTarget(recording)} recording={recording} />
          ))}
        </ul>
      )}
    </>
  );
}

function Row({ recording }: { recording: Recording }) {
  const { agent, session, startMs, durationMs, sizeBytes, isRunning } = recording;
  return (
    <li className="border-b">
      <button
        type="button"
        onClick={() => navigate('recordings', toTarget(recording))}
        className="flex h-9 w-full items-center gap-4 px-4 text-left -outline-offset-2 hover:bg-hover"
      >
        <span className="min-w-0 flex-1 truncate">
          <span className="font-medium">{agent}</span>{' '}
          <span className="text-muted">session {session}</span>
        </span>
        {isRunning && <span className="text-sm text-green">recording</span>}
        <span className="w-16 text-right text-sm text-muted tabular-nums">
          <span aria-hidden="true">{formatPosition(durationMs)}</span>
          <span className="sr-only">{sayPosition(durationMs)} long</span>
        </span>
        <span className="w-16 text-right text-sm text-muted tabular-nums">
          {formatBytes(sizeBytes)}
        </span>
        <RelativeTime atMs={startMs} className="w-10 text-right text-sm text-faint" />
      </button>
    </li>
  );
}
