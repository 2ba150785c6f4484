// The part of node-pty that is used here. The package is an alias of a fork with prebuilt binaries, and
// its own typings declare the module under the fork's name only.
declare module 'node-pty' {
  export interface IPty {
    readonly pid: number;
    readonly onData: (listener: (data: string | Uint8Array) => void) => { dispose(): void };
    readonly onExit: (listener: (exit: { exitCode: number; signal?: number }) => void) => {
      dispose(): void;
    };
    resize(cols: number, rows: number): void;
    write(data: string): void;
    pause(): void;
    resume(): void;
  }
  export interface IPtyForkOptions {
    name?: string;
    cols?: number;
    rows?: number;
    cwd?: string;
    env?: Record<string, string>;
    /** `null` gives bytes. */
    encoding?: string | null;
  }
  /** The native half; none on Windows. */
  export const native: {
    resize(fd: number, cols: number, rows: number, pixelWidth: number, pixelHeight: number): void;
  } | null;
  export function spawn(file: string, args: string[], options: IPtyForkOptions): IPty;
}
