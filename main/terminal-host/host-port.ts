/**
 * What the terminal host offers, and all that will ever cross its border: everything is asynchronous, by id and
 * plain data. It is the port of the terminals feature seen from here; this folder knows no feature, because it is
 * to run as a process of its own. The adapter is where the compiler checks that both fit.
 */

export interface TerminalSpec {
  readonly id: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cols: number;
  readonly rows: number;
}

export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

export interface TerminalInfo extends TerminalSize {
  readonly id: string;
  readonly pid: number;
}

export interface TerminalExit {
  readonly id: string;
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** Told in this order: restore, data, at the end exit. A further restore starts the screen anew. */
export interface TerminalViewer {
  onRestore(screen: { data: string; cols: number; rows: number }): void;
  onData(bytes: Uint8Array): void;
  onExit(exit: TerminalExit): void;
}

export interface TerminalAttachment {
  write(data: string): void;
  resize(cols: number, rows: number): void;
  /** Total bytes of onData since the last onRestore that are parsed. Cumulative: a lost report heals with the next. */
  acknowledge(parsedBytes: number): void;
  detach(): void;
}

export interface TerminalHost {
  open(spec: TerminalSpec): Promise<TerminalInfo>;
  /** Those that run. */
  list(): Promise<readonly TerminalInfo[]>;
  attach(id: string, size: TerminalSize, viewer: TerminalViewer): Promise<TerminalAttachment>;
  paste(id: string, text: string, enter: boolean): Promise<void>;
  text(id: string): Promise<{ text: string; cols: number; rows: number }>;
  end(id: string, graceMs: number): Promise<void>;
  forget(id: string): Promise<void>;
  onExit(listener: (exit: TerminalExit) => void): () => void;
  dispose(): Promise<void>;
}

/** `alpha` of `alpha.1`: errors speak of agents. */
export function agentOf(terminalId: string): string {
  const dot = terminalId.lastIndexOf('.');
  return dot > 0 ? terminalId.slice(0, dot) : terminalId;
}
