/**
 * What the command may touch of its process: handed in, so that every test runs the whole command with its own
 * streams and clock. Only main/cli.ts builds the real one.
 */
import type { DoctorReport } from '../../preload/contract/doctor.ts';
import type { Clock } from '../base/clock.ts';

export interface Sink {
  /** Resolves when the text has left, so that what was printed may be acked. Rejects when the reader is gone. */
  write(text: string): Promise<void>;
  readonly isTTY: boolean;
  /** Width of the terminal; undefined when it is none. */
  readonly columns?: number | undefined;
}

export interface HostOptions {
  readonly repo: string;
  /** Else it is the folder that the command was typed in, and need be no repository. */
  readonly isNamed: boolean;
  readonly port?: number;
  readonly json: boolean;
  readonly demo: boolean;
  /** Where nodes come in besides loopback, by TLS. */
  readonly nodesAt?: NodesAtOptions;
  /** Told the address to open once it can be opened; set when the person wants a browser. */
  readonly onReady?: (url: string) => void;
}

export interface NodesAtOptions {
  readonly host: string;
  readonly port: number;
  /** PEM files. */
  readonly certFile: string;
  readonly keyFile: string;
}

export interface NodeOptions {
  readonly repo: string;
  readonly rendezvous?: string;
  readonly join?: string;
  readonly label?: string;
  readonly port?: number;
  readonly json: boolean;
  readonly drainMs?: number;
  /** Where it lets its peers in. */
  readonly peersAt?: Omit<NodesAtOptions, 'certFile' | 'keyFile'> & {
    readonly certFile?: string | undefined;
    readonly keyFile?: string | undefined;
  };
}

export interface GatewayOptions {
  readonly port?: number;
  readonly dataFolder?: string;
  readonly json: boolean;
  readonly onReady?: (url: string) => void;
}

export interface Stopped {
  /** False when none ran. */
  readonly musher: boolean;
  /** Agents that run now, and those that were ended. */
  readonly running: readonly string[];
  readonly ended: readonly string[];
}

export interface LogProof {
  readonly ok: boolean;
  readonly head: number;
  readonly hash: string;
  readonly brokenAt?: number | undefined;
  readonly reason?: string | undefined;
}

export interface SelfTested {
  readonly ok: boolean;
  readonly isInterrupted: boolean;
  readonly version: string;
  readonly tookMs: number;
  readonly steps: ReadonlyArray<{
    readonly id: string;
    readonly title: string;
    readonly state: 'ok' | 'failed' | 'skipped';
    readonly tookMs: number;
    readonly said: string;
  }>;
}

/** The app itself, for the few commands that do not speak to a hub over HTTP. */
export interface Host {
  /** Serves until it ends; its exit code. */
  serve(options: HostOptions): Promise<number>;
  /** Helps a rendezvous until it ends; its exit code. */
  node(options: NodeOptions): Promise<number>;
  /** Serves a gateway until it ends; its exit code. */
  gateway(options: GatewayOptions): Promise<number>;
  /** Ends the Musher of a repository, its agents too when asked. */
  stop(options: { readonly repo: string; readonly endAgents: boolean }): Promise<Stopped>;
  /** Looks at this machine and a folder, without a hub. */
  doctor(ask: {
    readonly folder: string;
    readonly port: number;
    readonly signal: AbortSignal;
  }): Promise<DoctorReport>;
  /** Goes the whole way of a change with a Musher of its own; ends and removes all of it, also when called off. */
  selfTest(ask: {
    readonly signal: AbortSignal;
    readonly onStep?: (step: SelfTested['steps'][number]) => void;
  }): Promise<SelfTested>;
  /** Checks the log file of a repository that no hub has open. */
  verifyRepository(path: string): Promise<LogProof>;
}

export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly stdin: AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean };
  readonly clock: Clock;
  readonly version: string;
  /** Folder that `--repo` defaults to. */
  readonly folder: string;
  readonly host: Host;
  /** Opens an address in the person’s browser; rejects when there is none. */
  openBrowser(url: string): Promise<void>;
  /** A new id for a command, so that a retry of it is safe. */
  newId(): string;
  /** Aborts at Ctrl+C. Until it is first asked for, Ctrl+C ends the process as usual. */
  interrupt(): AbortSignal;
}
