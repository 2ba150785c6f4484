import '@xterm/xterm/css/xterm.css';
import './terminal.css';
import { useEffect, useRef } from 'react';
import type { ReplayTerminal } from './replay-terminal.ts';
import { useReplayTerminal } from './use-replay-terminal.ts';

export interface ReplayScreenProps {
  /** Read out; for example "Recording of alpha". */
  label: string;
  /** Must stay the same function. Told the terminal to write into, and undefined when it goes. */
  onReady: (replay: ReplayTerminal | undefined) => void;
}

/** A terminal for what was recorded, in the middle of the room that it has. */
export function ReplayScreen({ label, onReady }: ReplayScreenProps) {
  const element = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const replay = useReplayTerminal(element, frame);
  useEffect(() => {
    onReady(replay);
    return () => onReady(undefined);
  }, [replay, onReady]);
  return (
    <section aria-label={label} className="flex min-h-0 min-w-0 flex-1 bg-[var(--terminal-bg)] p-3">
      <div
        ref={frame}
        className="flex min-h-0 min-w-0 flex-1 items-center justify-center overflow-hidden"
      >
        <div ref={element} className="terminal-host shrink-0" />
      </div>
    </section>
  );
}
