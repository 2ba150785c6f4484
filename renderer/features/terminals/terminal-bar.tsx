import { CircleAlert, CircleStop, LoaderCircle, RotateCw } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import type { SessionState, TerminalExit } from './terminal-session.ts';
import { sayError } from '../../ui/say-error.ts';

export interface Ending {
  readonly text: string;
  /** Nothing to look into. */
  readonly isCalm: boolean;
}

interface TerminalBarProps {
  state: SessionState;
  ending?: Ending | undefined;
  isReconnecting: boolean;
  /** Nothing can be typed anyway. */
  isWatched?: boolean;
  onRestart?: (() => void) | undefined;
}

/** Below the screen: why nothing happens on it. Nothing while it is live. */
export function TerminalBar(props: TerminalBarProps) {
  const { state, ending, isReconnecting, isWatched = false, onRestart } = props;
  if (isReconnecting && state.kind !== 'exited') {
    return (
      <Bar>
        <LoaderCircle size={16} strokeWidth={1.75} aria-hidden className="spin text-muted" />
        <span className="text-muted">
          {isWatched ? 'Reconnecting' : 'Reconnecting; what you type is not sent'}
        </span>
      </Bar>
    );
  }
  if (state.kind !== 'exited' && state.kind !== 'failed') return null;
  const { text, isCalm } =
    state.kind === 'failed'
      ? { text: sayError(state.error), isCalm: false }
      : (ending ?? endingOf(state.exit));
  const Icon = isCalm ? CircleStop : CircleAlert;
  return (
    <Bar>
      <Icon
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className={isCalm ? 'text-muted' : 'text-amber'}
      />
      <span className="min-w-0 truncate" title={text}>
        {text}
      </span>
      {onRestart && (
        <Button icon={RotateCw} onClick={onRestart} className="ml-auto">
          Start again
        </Button>
      )}
    </Bar>
  );
}

function Bar({ children }: { children: React.ReactNode }) {
  return (
    <div
      role="status"
      className="flex h-bar shrink-0 items-center gap-2 border-t border-line bg-raised px-3"
    >
      {children}
    </div>
  );
}

function endingOf({ exitCode, signal }: TerminalExit): Ending {
  if (signal !== null) return { text: `Ended by ${signal}`, isCalm: false };
  return exitCode === 0
    ? { text: 'Ended by itself', isCalm: true }
    : { text: `Ended with exit code ${exitCode}`, isCalm: false };
}
