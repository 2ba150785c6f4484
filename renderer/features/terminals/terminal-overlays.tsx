import { ArrowDownToLine, SkipForward } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { pageClock } from '../../hub/channel.ts';
import { Button } from '../../ui/button.tsx';
import type { ReadingPlace } from './reading-place.ts';
import { jumpKeys } from './terminal-keys.ts';

interface JumpToEndProps {
  place: ReadingPlace;
  onJump: () => void;
}

/** While older lines are read: how many there are below, and the way to them. */
export function JumpToEnd({ place, onJump }: JumpToEndProps) {
  const lines = useSyncExternalStore(place.subscribe, place.linesBelow);
  if (lines === 0) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-2 z-10 flex justify-center">
      <Button
        icon={ArrowDownToLine}
        shortcut={jumpKeys}
        className="pointer-events-auto bg-raised shadow-float tabular-nums"
        onClick={() => {
          place.jumpToEnd();
          onJump();
        }}
      >
        {lines === 1 ? '1 line below' : `${lines.toLocaleString('en')} lines below`}
      </Button>
    </div>
  );
}

/** How long it is said. */
const shownMs = 10_000;

interface SkippedNoteProps {
  place: ReadingPlace;
}

/** The page was too far behind and got a new screen. Goes by itself, and when somebody scrolls. */
export function SkippedNote({ place }: SkippedNoteProps) {
  const [isShown, setShown] = useState(true);
  useEffect(() => {
    const hide = () => setShown(false);
    const cancel = pageClock.schedule(hide, shownMs);
    const stop = place.subscribe(hide);
    return () => {
      cancel();
      stop();
    };
  }, [place]);
  if (!isShown) return null;
  return (
    <div
      role="status"
      title="What passed meanwhile is above as far as it is kept, and in the recording"
      className="absolute top-1 right-4 z-10 flex h-7 items-center gap-2 rounded-md border border-line-strong bg-raised px-2 text-sm text-muted shadow-float"
    >
      <SkipForward size={14} strokeWidth={1.75} aria-hidden />
      Output was skipped here to keep up
    </div>
  );
}
