/** Makes a session for an element, and keeps it in step with size, theme, font and visibility. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { toFontFamily, useTerminalLook, zoomTerminals } from './terminal-look.ts';
import { handleTerminalKey, isPasteKey } from './terminal-keys.ts';
import { type Painter, startPainter } from './terminal-painter.ts';
import { type SessionOptions, type SessionState, TerminalSession } from './terminal-session.ts';
import { readFontFamily, readLeastContrast, readTheme, themeAttributes } from './terminal-theme.ts';

export interface UseTerminalOptions
  extends Pick<SessionOptions, 'terminalId' | 'channel' | 'onOpenLink' | 'onOpenFile'> {
  /** Changes when another program runs under the same id. */
  readonly runKey: string | number;
  readonly screenReaderMode: boolean;
  readonly isReadOnly: boolean;
  isAppKey(event: KeyboardEvent): boolean;
  onFind(): void;
}

export interface UsedTerminal {
  readonly session: TerminalSession | undefined;
  readonly state: SessionState;
  /** A screen of it came, whatever was since. */
  readonly hasScreen: boolean;
  /** How often output was left out. */
  readonly skips: number;
}

/** Program and screen are told of a new size when it has stood this long. */
const resizeMs = 75;
/** A page out of sight keeps its terminals this long: who comes back soon finds them scrolled as they were. */
const hiddenMs = 5000;
const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function useTerminalSession(
  element: RefObject<HTMLElement | null>,
  options: UseTerminalOptions,
): UsedTerminal {
  const [session, setSession] = useState<TerminalSession>();
  const [state, setState] = useState<SessionState>({ kind: 'opening' });
  const [hasScreen, setHasScreen] = useState(false);
  const [skips, setSkips] = useState(0);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const { terminalId, channel, runKey, screenReaderMode, isReadOnly } = options;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run under the same id is another terminal
  useEffect(() => {
    const host = element.current;
    if (host === null) return;
    setState({ kind: 'opening' });
    setHasScreen(false);
    setSkips(0);
    const made = new TerminalSession({
      terminalId,
      channel,
      options: { ...lookOf(host), screenReaderMode },
      isReadOnly,
      letterPx: () => useTerminalLook.getState().sizePx,
      onState: (now) => {
        setState(now);
        if (now.kind === 'live') setHasScreen(true);
      },
      onSkipped: () => setSkips((before) => before + 1),
      onOpenLink: (url) => latest.current.onOpenLink(url),
      onOpenFile: (place) => latest.current.onOpenFile(place),
    });
    bindKeys(made, latest);
    made.open(host);
    const painter = startPainter(made.terminal, host);
    made.attach();
    const stops = [followSize(host, made), followLook(host, made, painter), followSight(made)];
    setSession(made);
    return () => {
      for (const stop of stops) stop();
      painter.dispose();
      made.dispose();
      setSession(undefined);
    };
  }, [element, terminalId, channel, runKey, screenReaderMode, isReadOnly]);
  return { session, state, hasScreen, skips };
}

function lookOf(host: HTMLElement) {
  const { font, sizePx, cursor } = useTerminalLook.getState();
  return {
    theme: readTheme(host),
    fontFamily: toFontFamily(font, readFontFamily(host)),
    fontSize: sizePx,
    cursorStyle: cursor,
    minimumContrastRatio: readLeastContrast(host),
  };
}

function bindKeys(session: TerminalSession, latest: RefObject<UseTerminalOptions>): void {
  const { terminal } = session;
  const actions = {
    isAppKey: (event: KeyboardEvent) => latest.current.isAppKey(event) || isPasteKey(event, isMac),
    send: (data: string) => session.input(data),
    copy: () => void navigator.clipboard.writeText(session.copied()).catch(() => {}),
    hasSelection: () => terminal.hasSelection(),
    find: () => latest.current.onFind(),
    zoom: zoomTerminals,
    isScrolledUp: () => session.place.linesBelow() > 0,
    jumpToEnd: () => session.place.jumpToEnd(),
  };
  terminal.attachCustomKeyEventHandler((event) => {
    if (!latest.current.isReadOnly || event.key !== 'Escape')
      return handleTerminalKey(event, actions, isMac);
    // Nobody has a use for it here: the next one is the page's.
    terminal.blur();
    return false;
  });
}

function followSize(host: HTMLElement, session: TerminalSession): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(() => session.fitToElement(), resizeMs);
  });
  observer.observe(host);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}

/** Theme, font, density and waking up: each can leave wrong letters behind. */
function followLook(host: HTMLElement, session: TerminalSession, painter: Painter): () => void {
  const renew = () => {
    session.terminal.options = lookOf(host);
    painter.refresh();
    session.fitToElement();
  };
  const observer = new MutationObserver(() => {
    renew();
    session.changeColors();
  });
  observer.observe(document.documentElement, { attributeFilter: themeAttributes });
  const stopLook = useTerminalLook.subscribe(renew);
  const wake = () => {
    if (document.visibilityState === 'visible') painter.refresh();
  };
  document.addEventListener('visibilitychange', wake);
  const density = followDensity(renew);
  return () => {
    observer.disconnect();
    stopLook();
    document.removeEventListener('visibilitychange', wake);
    density();
  };
}

/** A page that is not seen is let run once a second or less; it must not be waited for. */
function followSight(session: TerminalSession): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible') session.reattach();
    else timer = setTimeout(() => session.detach(), hiddenMs);
  };
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', follow);
  };
}

/** A media query knows one density only; each change needs a new one. */
function followDensity(onChange: () => void): () => void {
  let query: MediaQueryList | undefined;
  const changed = () => {
    listen();
    onChange();
  };
  function listen() {
    query?.removeEventListener('change', changed);
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener('change', changed);
  }
  listen();
  return () => query?.removeEventListener('change', changed);
}
