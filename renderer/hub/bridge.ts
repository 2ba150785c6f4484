/** The one interface by which the page talks to the hub, whatever host it runs in. */
import type { z } from 'zod';
import type { OpenProject, TerminalColors } from '../../preload/contract/bridge.ts';
import type { Receipt } from '../../preload/contract/envelope.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import type {
  Commands as ProjectCommands,
  featureContracts,
  Queries as ProjectQueries,
} from '../../preload/contract/features.ts';
import type { gateway } from '../../preload/contract/gateway.ts';
import type { welcome } from '../../preload/contract/welcome.ts';
import type { Delta, LiveChange, Snapshot } from '../../preload/contract/sync.ts';

/** Of a project's page, of a gateway's, and of the one that lets a repository be chosen. */
type Commands = ProjectCommands & (typeof gateway)['commands'] & (typeof welcome)['commands'];
type Queries = ProjectQueries & (typeof gateway)['queries'] & (typeof welcome)['queries'];

export type CommandName = keyof Commands & string;
export type CommandInput<K extends CommandName> = z.input<Commands[K]['data']>;
export type CommandOutput<K extends CommandName> = z.output<Commands[K]['result']>;
export type QueryName = keyof Queries & string;
export type QueryInput<K extends QueryName> = z.input<Queries[K]['data']>;
export type QueryOutput<K extends QueryName> = z.output<Queries[K]['result']>;

type Contract = (typeof featureContracts)[number] | typeof gateway;
/** Schemas of the records that the page mirrors, by kind. */
type Records = UnionToIntersection<Contract['records']>;
type UnionToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (
  i: infer I,
) => void
  ? I
  : never;
export type RecordKind = keyof Records & string;
export type RecordOf<K extends RecordKind> = z.output<Records[K]>;
/** The same of the live ones. */
type LiveRecords = UnionToIntersection<Extract<Contract, { live: object }>['live']>;
export type LiveKind = keyof LiveRecords & string;
export type LiveOf<K extends LiveKind> = z.output<LiveRecords[K]>;

/**
 * How the connection stands. It starts `connecting`; `reconnecting` mends itself. From the last two nothing
 * follows: `signedOut`, the host does not know this page and a new login link is needed; `ended`, it will not
 * go on with this page, for example because it is of another version, and a reload helps.
 */
export interface ConnectionStatus {
  readonly state: 'connecting' | 'live' | 'reconnecting' | 'signedOut' | 'ended';
  /** Since when, Unix ms; the same through all attempts that failed. */
  readonly sinceMs: number;
  /** Why, for `signedOut` and `ended`. */
  readonly error?: WireError;
  /** Of the host's Musher, while it is `live`. */
  readonly version?: string;
}

export interface BridgeListener {
  onSnapshot?(snapshot: Snapshot): void;
  /** Follows on what was told before; a gap is mended underneath, by a snapshot. */
  onDelta?(delta: Delta): void;
  /** Live records; a whole one after each reconnect. */
  onLive?(change: LiveChange): void;
  /** All that the host has open; after each reconnect, and when it is another list. */
  onProjects?(projects: readonly OpenProject[]): void;
  /** Told at once how it stands, then each change. */
  onStatus?(status: ConnectionStatus): void;
}

export interface RestoredScreen extends TerminalSize {
  readonly data: string;
  /** The page was too far behind, and output was left out before this screen. */
  readonly hasSkipped?: true;
}

export interface TerminalHandlers {
  /** Reset the terminal and write `data`; comes first, and again after each reconnect. */
  onRestore(screen: RestoredScreen): void;
  onData(bytes: Uint8Array): void;
  onExit(exit: { exitCode: number | null; signal: string | null }): void;
  /** It could not be attached, or was detached for good. */
  onError(error: WireError): void;
  /** Of a terminal on another machine: what it shows is not live until the next `onRestore`. */
  onStalled?(): void;
}

export interface TerminalHandle {
  /** What was typed. Dropped while there is no connection: nobody wants it run minutes later. */
  input(data: string): void;
  resize(size: TerminalSize): void;
  /** Total bytes of `onData` since the last `onRestore` that the terminal has parsed. */
  acknowledge(parsedBytes: number): void;
  close(): void;
}

export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

/** How it is shown. */
export interface TerminalShown extends TerminalSize {
  /** Told to programs that ask for them. */
  readonly colors?: TerminalColors | undefined;
}

export interface Bridge {
  /**
   * Resolves when the command is durable. It survives a lost connection: it is sent again under its own id,
   * which the hub runs once. Rejects with BridgeError.
   */
  dispatch<K extends CommandName>(
    type: K,
    data: CommandInput<K>,
    options?: { readonly id?: string },
  ): Promise<Receipt<CommandOutput<K>>>;
  /** Rejects with BridgeError, or with the signal's reason when that aborts. */
  query<K extends QueryName>(
    type: K,
    data: QueryInput<K>,
    signal?: AbortSignal,
  ): Promise<QueryOutput<K>>;
  /** Returns the undo. Who comes late gets a snapshot of its own. */
  subscribe(listener: BridgeListener): () => void;
  /** Attached as long as there is a connection, and again after each reconnect, until closed or exited. */
  openTerminal(
    terminalId: string,
    shown: TerminalShown,
    handlers: TerminalHandlers,
  ): TerminalHandle;
  /** For good; what is open is rejected. */
  close(): void;
}

/** What the hub, or the way to it, answered instead of a result. */
export class BridgeError extends Error {
  readonly wire: WireError;

  constructor(wire: WireError) {
    super(`${wire.message} ${wire.mend}`);
    this.name = 'BridgeError';
    this.wire = wire;
  }
}
