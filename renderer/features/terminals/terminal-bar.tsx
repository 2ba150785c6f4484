import { CircleAlert, CircleStop, LoaderCircle, RotateCw } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import type { SessionState, TerminalExit } from './terminal-session.ts';

interface TerminalBarProps {
  state: SessionState;
  isReconnecting: boolean;
  onRestart?: (() => void) | undefined;
}

/** Below the screen: why nothing happens on it. Nothing while it is live. */
export function TerminalBar({ state, isReconnecting, onRestart }: TerminalBarProps) {
  if (isReconnecting && state.kind !== 'exited') {
    return (
      <Bar>
        <LoaderCircle size={16} strokeWidth={1.75} aria-hidden className="spin text-muted" />
        <span className="text-muted">Reconnecting; what you type is not sent</span>
      </Bar>
    );
  }
  if (state.kind !== 'exited' && state.kind !== 'failed') return null;
  const hasFailed = state.kind === 'failed' || state.exit.exitCode !== 0;
  const Icon = hasFailed ? CircleAlert : CircleStop;
  return (
    <Bar>
      <Icon
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className={hasFailed ? 'text-amber' : 'text-muted'}
      />
      <span className="min-w-0 truncate">
        {state.kind === 'failed'
          ? `${state.error.message} ${state.error.mend}`
          : describeExit(state.exit)}
      </span>
      {onRestart && (
        <Button icon={RotateCw} onClick={onRestart} className="ml-auto">
          Restart
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

function describeExit({ exitCode, signal }: TerminalExit): string {
  return signal === null ? `Exited (${exitCode})` : `Ended by ${signal}`;
}
