/**
 * One terminal on the page: an xterm and its attachment. Order: the screen first (reset, size, text), then live
 * bytes; all of it goes through xterm's own queue, so that nothing overtakes. Credit is given for what xterm has
 * parsed, not for what has arrived: what has arrived may still be megabytes of work.
 */
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { type ITerminalOptions, Terminal } from '@xterm/xterm';
import type { RestoredScreen, TerminalHandle, TerminalSize } from '../../hub/bridge.ts';
import { pageClock } from '../../hub/channel.ts';
import { applyCellWidths } from '../../../preload/contract/cell-width.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { isMac } from '../../ui/shortcut.ts';
import { fileLinkProvider } from './file-link-provider.ts';
import type { FilePlace } from './file-links.ts';
import { guardParser, resetBytes } from '../../../preload/contract/xterm/guard.ts';
import type { TerminalChannel } from './terminal-channel.ts';
import { toCopiedText, toOpenable, toPlainPaste } from './terminal-paste.ts';
import { type Lane, pageLanes } from './parse-lanes.ts';
import { ReadingPlace } from './reading-place.ts';
import { fitLetters } from './fit-letters.ts';
import { toColors } from './terminal-theme.ts';

export interface TerminalExit {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export type SessionState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'live' }
  /** Of one on another machine: what it shows is from before the way there broke. */
  | { readonly kind: 'stalled' }
  | { readonly kind: 'exited'; readonly exit: TerminalExit }
  | { readonly kind: 'failed'; readonly error: WireError };

export interface SessionOptions {
  readonly terminalId: string;
  readonly channel: TerminalChannel;
  readonly options: ITerminalOptions;
  /** It is watched: it has the size that its program has, in letters that fit, and nothing is typed into it. */
  readonly isReadOnly: boolean;
  onState(state: SessionState): void;
  /** Of its letters, where there is room for them. */
  letterPx(): number;
  /** It was too far behind: the screen is there, and not all that led to it. */
  onSkipped(): void;
  /** A link was clicked with the modifier held; http and https only. */
  onOpenLink(url: string): void;
  /** A place in a file was clicked with the modifier held. It is the program's word: there may be no such file. */
  onOpenFile(place: FilePlace): void;
}

/** As many as the host keeps. */
const scrollback = 5000;
/** How long a screen and a size can be on their way at once. */
const crossingMs = 1000;

export class TerminalSession {
  readonly terminal: Terminal;
  readonly search = new SearchAddon();
  readonly place: ReadingPlace;
  private readonly lane: Lane;
  private readonly fit = new FitAddon();
  private readonly session: SessionOptions;
  private handle: TerminalHandle | undefined;
  private state: SessionState = { kind: 'opening' };
  /** Which screen the bytes in xterm's queue belong to. */
  private screen = 0;
  private parsedBytes = 0;
  private isRestoring = false;
  /** The size that fits here; the screen may have another while somebody else has the say. */
  private wanted: TerminalSize | undefined;
  /** When a size was asked for last: a screen that comes soon after may be from before. */
  private askedMs = Number.NEGATIVE_INFINITY;

  constructor(session: SessionOptions) {
    this.session = session;
    const hint = this.hintOnHover();
    this.terminal = new Terminal({
      ...session.options,
      allowProposedApi: true,
      disableStdin: session.isReadOnly,
      scrollback,
      rescaleOverlappingGlyphs: true,
      linkHandler: { activate: (event, uri) => this.openLink(event, uri), ...hint },
    });
    this.place = new ReadingPlace(this.terminal);
    this.lane = pageLanes.join((data, done) => this.terminal.write(data, done));
    const parser = guardParser(this.terminal, () => {});
    applyCellWidths(this.terminal, new Unicode11Addon());
    this.terminal.loadAddon(this.fit);
    this.terminal.loadAddon(this.search);
    this.terminal.loadAddon(new WebLinksAddon((event, uri) => this.openLink(event, uri), hint));
    this.terminal.registerLinkProvider(
      fileLinkProvider(this.terminal, {
        open: (event, place) => hasModifier(event) && session.onOpenFile(place),
        ...hint,
      }),
    );
    this.terminal.onData((data) => {
      if (!parser.isParsing() || this.isFocusReport(data)) this.input(data);
    });
    this.terminal.onBinary((data) => this.input(data));
  }

  /** Shows it in the element. What paints it has a say in how much fits, so attaching comes after that. */
  open(element: HTMLElement): void {
    this.terminal.open(element);
    // Before xterm's own listener, which would let control characters through.
    element.addEventListener('paste', this.handlePaste, { capture: true });
    element.addEventListener('copy', this.handleCopy, { capture: true });
    this.terminal.textarea?.addEventListener('focus', () => this.claimSize());
  }

  /** Attaches at the size that fits the element. */
  attach(): void {
    const { terminalId, channel, isReadOnly } = this.session;
    this.fitToElement();
    if (!isReadOnly) this.wanted = this.size();
    const colors = toColors(this.terminal.options.theme ?? {});
    this.handle = channel.openTerminal(
      terminalId,
      isReadOnly ? this.size() : { ...this.size(), colors },
      {
        onRestore: (screen) => this.restore(screen),
        onData: (bytes) => this.write(bytes),
        onExit: (exit) => this.whenParsed(() => this.become({ kind: 'exited', exit })),
        onError: (error) => this.become({ kind: 'failed', error }),
        onStalled: () => this.become({ kind: 'stalled' }),
      },
    );
  }

  /** Nobody looks: the program must not wait for this terminal. What comes meanwhile is on the next screen. */
  detach(): void {
    if (this.state.kind === 'exited' || this.state.kind === 'failed') return;
    this.handle?.close();
    this.handle = undefined;
  }

  /** Somebody looks again. */
  reattach(): void {
    if (this.handle === undefined) this.attach();
  }

  /** It is shown in other colours: they are told with the attachment. */
  changeColors(): void {
    if (this.handle === undefined || this.session.isReadOnly) return;
    this.detach();
    this.reattach();
  }

  /** Takes the size that fits its element, and tells the host when that is another than before. */
  fitToElement(): void {
    if (this.session.isReadOnly) {
      fitLetters(this.terminal, this.fit, this.session.letterPx());
      return;
    }
    const fitting = this.fit.proposeDimensions();
    if (fitting === undefined || Number.isNaN(fitting.cols)) return;
    const cols = Math.max(2, fitting.cols);
    const rows = Math.max(1, fitting.rows);
    if (this.wanted?.cols === cols && this.wanted.rows === rows) return;
    this.terminal.resize(cols, rows);
    if (this.handle === undefined) return;
    this.wanted = { cols, rows };
    this.askedMs = pageClock.now();
    this.handle.resize(this.wanted);
  }

  /** What is typed before the screen has come is the program's too: the hub keeps it until the attachment stands. */
  input(data: string): void {
    if (this.session.isReadOnly) return;
    if (this.state.kind !== 'live' && this.state.kind !== 'opening') return;
    this.lane.typed();
    this.handle?.input(data);
  }

  dispose(): void {
    this.handle?.close();
    const element = this.terminal.element?.parentElement;
    element?.removeEventListener('paste', this.handlePaste, { capture: true });
    element?.removeEventListener('copy', this.handleCopy, { capture: true });
    this.lane.leave();
    this.terminal.dispose();
  }

  /**
   * All else that xterm says to a query the host answers, once for all pages. Whether this page has the focus only it
   * knows; the restored screen asks for what was told long ago.
   */
  private isFocusReport(data: string): boolean {
    return !this.isRestoring && (data === '\x1b[I' || data === '\x1b[O');
  }

  private size(): TerminalSize {
    return { cols: this.terminal.cols, rows: this.terminal.rows };
  }

  private restore({ data, cols, rows, hasSkipped }: RestoredScreen): void {
    // A new one needs no reset, and where the DOM paints, each of its parts costs a style sheet.
    const before = this.screen === 0 ? '' : resetBytes;
    this.screen++;
    this.parsedBytes = 0;
    this.whenParsed(() => this.place.leave());
    this.lane.write(before, () => {
      this.isRestoring = true;
      this.terminal.resize(cols, rows);
      if (this.session.isReadOnly) this.fitToElement();
    });
    this.lane.write(data, () => {
      this.isRestoring = false;
      this.place.comeBack();
      if (hasSkipped) this.session.onSkipped();
      if (pageClock.now() - this.askedMs < crossingMs) this.claimSize();
      this.askedMs = Number.NEGATIVE_INFINITY;
      // From another machine the next screen comes once this one was parsed.
      if (this.session.isReadOnly) this.handle?.acknowledge(this.parsedBytes);
    });
    this.become({ kind: 'live' });
  }

  /**
   * Where somebody else has the terminal open at another size, whoever works in it has the say. Asked once more
   * when a screen crossed the first asking; never because of a screen alone, or two would ask for ever.
   */
  private claimSize(): void {
    if (this.wanted === undefined || this.state.kind !== 'live') return;
    if (this.wanted.cols === this.terminal.cols && this.wanted.rows === this.terminal.rows) return;
    this.terminal.resize(this.wanted.cols, this.wanted.rows);
    this.handle?.resize(this.wanted);
  }

  private write(bytes: Uint8Array): void {
    const { screen } = this;
    this.lane.write(bytes, () => {
      if (screen !== this.screen) return;
      this.parsedBytes += bytes.length;
      this.handle?.acknowledge(this.parsedBytes);
    });
  }

  private whenParsed(then: () => void): void {
    this.lane.write('', then);
  }

  private become(state: SessionState): void {
    this.state = state;
    // The last screen has the size of whoever saw it last; nobody minds when it is fitted to this one.
    if (state.kind === 'exited' && this.wanted) {
      this.terminal.resize(this.wanted.cols, this.wanted.rows);
    }
    this.session.onState(state);
  }

  private openLink(event: MouseEvent, uri: string): void {
    const url = toOpenable(uri);
    if (url !== undefined && hasModifier(event)) this.session.onOpenLink(url);
  }

  /** A click alone sets the cursor or selects: what opens a link is said where the pointer is. */
  private hintOnHover() {
    const say = (text: string) => {
      if (this.terminal.element) this.terminal.element.title = text;
    };
    return {
      hover: () => say(isMac ? '⌘-click opens it' : 'Ctrl+click opens it'),
      leave: () => say(''),
    };
  }

  /** What is selected, as text. */
  copied(): string {
    return toCopiedText(this.terminal.getSelection());
  }

  private readonly handleCopy = (event: ClipboardEvent): void => {
    if (!this.terminal.hasSelection()) return;
    event.preventDefault();
    event.stopPropagation();
    event.clipboardData?.setData('text/plain', this.copied());
  };

  private readonly handlePaste = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text !== '') this.terminal.paste(toPlainPaste(text));
  };
}

function hasModifier(event: MouseEvent): boolean {
  return event.ctrlKey || event.metaKey;
}
