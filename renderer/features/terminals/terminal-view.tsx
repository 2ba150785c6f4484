import '@xterm/xterm/css/xterm.css';
import './terminal.css';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FilePlace } from './file-links.ts';
import { FindBar } from './find-bar.tsx';
import { type Ending, TerminalBar } from './terminal-bar.tsx';
import { type Watched, WatchedWords } from './watched-bar.tsx';
import type { TerminalChannel } from './terminal-channel.ts';
import { JumpToEnd, SkippedNote } from './terminal-overlays.tsx';
import { useTerminalSession } from './use-terminal-session.ts';

export interface TerminalViewProps {
  /** `<agent>.<session>`. */
  agentTerminalId: string;
  /** Must stay the same object: another one is another connection. */
  bridge: TerminalChannel;
  /** Read out; for example "Terminal of alpha". */
  label: string;
  /** Changes with each start of a program under this id, for example its pid. */
  runKey?: string | number;
  /** It is the one that is worked in: it gets the focus when it becomes so. */
  active?: boolean;
  onFocused?: () => void;
  isReconnecting?: boolean;
  screenReaderMode?: boolean;
  /** Keys that are the app's while the terminal has the focus. */
  isAppKey?: (event: KeyboardEvent) => boolean;
  onOpenLink?: (url: string) => void;
  /** A place in a file that the program named, clicked with the modifier held. */
  onOpenFile?: (place: FilePlace) => void;
  /** What is said below its last screen by somebody who knows more than the terminal. */
  ending?: Ending | undefined;
  onRestart?: () => void;
  /** It runs elsewhere and is only watched: what is said below it, and what asks for it again. */
  watched?: Watched | undefined;
}

const noKey = () => false;
const nothing = () => undefined;

/** Opens a link outside of the app; used where nothing else was given. */
function openOutside(url: string): void {
  window.open(url, '_blank', 'noopener,noreferrer');
}

/** A live terminal. The program runs no faster than it is parsed here: mount it only while it can be seen. */
export function TerminalView(props: TerminalViewProps) {
  const { agentTerminalId, bridge, label, active = false } = props;
  const { runKey = 0, isReconnecting = false, screenReaderMode = false } = props;
  const element = useRef<HTMLDivElement>(null);
  const [isFinding, setFinding] = useState(false);
  const { session, state, hasScreen, skips } = useTerminalSession(element, {
    terminalId: agentTerminalId,
    channel: bridge,
    runKey,
    screenReaderMode,
    isReadOnly: props.watched !== undefined,
    isAppKey: props.isAppKey ?? noKey,
    onOpenLink: props.onOpenLink ?? openOutside,
    onOpenFile: props.onOpenFile ?? nothing,
    onFind: () => setFinding(true),
  });
  useEffect(() => {
    if (active) session?.terminal.focus();
  }, [session, active]);
  const closeFind = useCallback(() => {
    setFinding(false);
    session?.terminal.focus();
  }, [session]);
  const said = isReconnecting ? undefined : props.watched?.say(state, hasScreen);
  return (
    <section
      aria-label={label}
      data-terminal={agentTerminalId}
      data-state={isReconnecting ? 'reconnecting' : state.kind}
      className="relative flex min-h-0 min-w-0 flex-1 flex-col bg-[var(--terminal-bg)]"
    >
      <div className="relative min-h-0 flex-1 py-1 pl-2">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: told when the terminal inside of it has the keyboard */}
        <div
          ref={element}
          onFocus={props.onFocused}
          data-old={said?.isOld}
          data-watched={props.watched !== undefined || undefined}
          className="terminal-host h-full overflow-hidden"
        />
        {session && <JumpToEnd place={session.place} onJump={() => session.terminal.focus()} />}
        {session && skips > 0 && <SkippedNote key={skips} place={session.place} />}
      </div>
      {isFinding && session && <FindBar search={session.search} onClose={closeFind} />}
      {said ? (
        <WatchedWords said={said} onAgain={props.watched?.onAgain} />
      ) : (
        <TerminalBar
          state={state}
          ending={props.ending}
          isReconnecting={isReconnecting}
          isWatched={props.watched !== undefined}
          onRestart={props.onRestart}
        />
      )}
    </section>
  );
}
