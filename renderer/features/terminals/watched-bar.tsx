import { CircleAlert, CircleStop, LoaderCircle, RotateCw } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import type { SessionState } from './terminal-session.ts';

/** Of a terminal that is only watched: why nothing happens on it. */
export interface WatchedSaid {
  readonly text: string;
  /** `busy`: it mends itself. `bad`: it does not. */
  readonly mood: 'busy' | 'calm' | 'bad';
  /** Nothing of it was shown yet: this stands in its place. */
  readonly isInstead?: boolean;
  /** What the screen shows is from before. */
  readonly isOld?: boolean;
  readonly canAsk?: boolean;
}

export interface Watched {
  /** Undefined: nothing needs to be said. `hasScreen`: something of it was shown. */
  say(state: SessionState, hasScreen: boolean): WatchedSaid | undefined;
  readonly onAgain: () => void;
}

interface WatchedWordsProps {
  said: WatchedSaid;
  onAgain: (() => void) | undefined;
}

/** Below its screen, or in the middle of where that will be. */
export function WatchedWords({ said, onAgain }: WatchedWordsProps) {
  const { text, mood, canAsk, isInstead } = said;
  return (
    <div
      role="status"
      className={classNames(
        'flex items-center gap-x-2 gap-y-4',
        isInstead
          ? 'absolute inset-0 z-10 flex-col justify-center bg-[var(--terminal-bg)] p-6 text-center'
          : 'min-h-bar shrink-0 border-t border-line bg-raised px-3 py-1.5',
      )}
    >
      <span
        className={classNames(
          'flex min-w-0 items-center gap-2 text-left',
          isInstead ? 'max-w-xl' : 'max-w-4xl',
        )}
      >
        <Mark mood={mood} />
        <span className="min-w-0 wrap-anywhere">{text}</span>
      </span>
      {canAsk && (
        <Button icon={RotateCw} onClick={onAgain} className={isInstead ? '' : 'ml-auto shrink-0'}>
          Ask again
        </Button>
      )}
    </div>
  );
}

const marks = { busy: LoaderCircle, calm: CircleStop, bad: CircleAlert } as const;

function Mark({ mood }: Pick<WatchedSaid, 'mood'>) {
  const Icon = marks[mood];
  return (
    <Icon
      size={16}
      strokeWidth={1.75}
      aria-hidden
      className={classNames(
        'shrink-0',
        mood === 'busy' && 'spin',
        mood === 'bad' ? 'text-amber' : 'text-muted',
      )}
    />
  );
}
