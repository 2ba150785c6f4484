/**
 * The terminal host, as the hub sees it: a process of its own, so that agents outlive the hub. Everything is
 * asynchronous, by id, and plain data.
 */
import type { TerminalColors } from '../../../preload/contract/bridge.ts';
import type { WireError } from '../../../preload/contract/errors.ts';

export interface TerminalSpec {
  /** `<agent>.<session>`; opening an id that runs already returns it as it is. */
  readonly id: string;
  /** The file that is started, with its ending; looked for on PATH when it has no folder. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment, not an addition. */
  readonly env: Readonly<Record<string, string>>;
  readonly cols: number;
  readonly rows: number;
  /** Left out: it is not recorded. */
  readonly recording?: TerminalRecording;
}

/** How a terminal is recorded, by the host alone: plain data, and no hub needs to be there. */
export interface TerminalRecording {
  /** Made when it is missing, not those above it. */
  readonly folder: string;
  /** What its files begin with: `<agent>.<session>`. */
  readonly name: string;
  /** Secrets are hidden before anything is written, and nobody can read them there. */
  readonly maskSecrets: boolean;
}

export interface KeyPress {
  /** Printable keys and Enter (`\r`). */
  readonly keys: string;
  readonly onScreen: string;
}

export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

export interface TerminalInfo extends TerminalSize {
  readonly id: string;
  readonly pid: number;
  /** Its program is held. */
  readonly isPaused?: boolean;
}

export interface TerminalExit {
  readonly id: string;
  /** Null when a signal ended it, and when nobody saw how it ended. */
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export interface RestoredScreen extends TerminalSize {
  readonly data: string;
  /** The viewer was too far behind, and output was left out before this screen. */
  readonly hasSkipped?: true;
}

/**
 * What an attachment tells its viewer, in this order: restore, then data, at the end exit. A further restore starts
 * the screen anew: the viewer was too far behind, or another one changed the size.
 */
export interface TerminalViewer {
  /** What it shows the screen in; the terminal answers a program that asks. Default: as the viewer before. */
  readonly colors?: TerminalColors | undefined;
  /** It was there before a newer host took over: sizes and colours stay as they are. Default: it is new. */
  readonly isBack?: boolean | undefined;
  /**
   * It only watches, from afar: it decides no size and no colours, its program never waits for it, and it is given fewer of the lines
   * above the screen. Where it is too slow it gets the screen anew.
   */
  readonly isWatching?: boolean | undefined;
  /** The screen at the viewer's size: text and modes to write into a reset terminal. */
  onRestore(screen: RestoredScreen): void;
  /** Output after the restored screen, without gap or overlap. At most 64 KiB at once. */
  onData(bytes: Uint8Array): void;
  onExit(exit: TerminalExit): void;
  /** Of a terminal on another machine: what it shows is not live any more, until the next restore. */
  onStalled?(): void;
  /** Likewise: it ended, and is not attached again by itself. */
  onFailed?(error: WireError): void;
}

export interface TerminalAttachment {
  write(data: string): void;
  resize(cols: number, rows: number): void;
  /** Total bytes of onData since the last onRestore that the viewer's terminal has parsed. Cumulative: a lost report heals. */
  acknowledge(parsedBytes: number): void;
  detach(): void;
}

export interface Terminals {
  /** Throws SPAWN_FAILED. */
  open(spec: TerminalSpec): Promise<TerminalInfo>;
  list(): Promise<readonly TerminalInfo[]>;
  /** How programs ended, the newest 1,000, the newest last: what a hub that was away has to make up for. */
  ended(): Promise<readonly TerminalExit[]>;
  /** When each running terminal's program last said anything, Unix ms; none of those that said nothing yet. */
  lastOutputs(): Promise<ReadonlyArray<{ readonly id: string; readonly atMs: number }>>;
  /** Throws TERMINAL_GONE when it does not run and left no screen. The last screen of an exited terminal can be attached. */
  attach(id: string, size: TerminalSize, viewer: TerminalViewer): Promise<TerminalAttachment>;
  /**
   * Types text as a person would paste it: bracketed when the program asked for that. Enter comes apart, once the text is on
   * the screen; where a program that asked for brackets does not show it, none is pressed, and TERMINAL_UNSHOWN is thrown: a dialog
   * would take it for a yes. Throws AGENT_PAUSED; what a viewer types into a paused terminal is dropped.
   */
  paste(id: string, text: string, enter: boolean): Promise<void>;
  /**
   * Presses keys, for a program that shows exactly this text (as `text` gives it) and nothing else: they are written in the same
   * moment in which it is compared. False, and nothing is written, when it shows anything else by then, or something is being
   * pasted. Throws AGENT_PAUSED, TERMINAL_GONE; KEYS_UNSUPPORTED by a host of an older Musher.
   */
  press(id: string, ask: KeyPress): Promise<boolean>;
  /** Visible text of the screen, without colours. */
  text(id: string): Promise<{ text: string; cols: number; rows: number }>;
  /** Holds the whole process tree; one that is held already stays so. Throws TERMINAL_GONE, PAUSE_UNSUPPORTED. */
  pause(id: string): Promise<void>;
  /** Lets it go on; one that is not held goes on. Throws TERMINAL_GONE. */
  resume(id: string): Promise<void>;
  /** Ends the whole process tree, paused or not: asks first, forces after `graceMs`. Resolves when it is gone; throws PROCESS_STUBBORN. */
  end(id: string, graceMs: number): Promise<void>;
  /** Forgets the last screen of an exited terminal. */
  forget(id: string): Promise<void>;
  /** Told once for each terminal that ends; without code and signal when nobody saw how. Returns the undo. */
  onExit(listener: (exit: TerminalExit) => void): () => void;
  /** Frees what this side holds. Terminals of a host in a process of its own go on. */
  dispose(): Promise<void>;
}

export interface CommandRun {
  /** Of the terminal; the same run is found again by it, also by a hub that came later. */
  readonly id: string;
  /** Asked for where it is not opened yet. */
  spec(): Promise<Omit<TerminalSpec, 'id'>>;
  /** When it began, where that is known already, Unix ms. Default: now. */
  readonly sinceMs?: number | undefined;
  /** Milliseconds; then it is ended. */
  readonly timeoutMs: number;
  /** When it aborts, what runs goes on and `run` rejects. */
  readonly signal: AbortSignal;
}

export type CommandEnd =
  | { readonly how: 'exited'; readonly code: number | null; readonly signal: string | null }
  | { readonly how: 'timeout' | 'cut' };

/** Commands that run to their end, each in a terminal of its own. */
export interface CommandRuns {
  /** Throws SPAWN_FAILED. */
  run(run: CommandRun): Promise<CommandEnd>;
  /** Ends it; one that is about to be opened is not. */
  cut(id: string): Promise<void>;
}
