/** The way from a host to the parents of programs that it took over: how each ends. */
import { connect } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import { greet } from '../process/handshake.ts';
import { Wire } from '../process/wire.ts';
import type { ProgramExit } from '../pty.ts';
import type { FromNew, FromOld } from './words.ts';

/** How programs of one parent end; those of which it says nothing before it is gone are never known. */
export class Parent {
  private readonly exits = new Map<number, PromiseWithResolvers<ProgramExit | undefined>>();
  private isGone = false;

  /** Once: where it tells; undefined when it is gone. */
  follow(wire: Wire | undefined): void {
    if (wire === undefined) {
      this.gone();
      return;
    }
    wire.listen(({ head }) => this.hear(head as FromOld));
    void wire.closed.then(() => this.gone());
  }

  /** Undefined: nobody knows. */
  exitOf(pid: number): Promise<ProgramExit | undefined> {
    return this.entry(pid).promise;
  }

  private hear(said: FromOld): void {
    if (!('exit' in said)) return;
    const { pid, exitCode, signal } = said.exit;
    this.entry(pid).resolve({ exitCode, signal });
  }

  private gone(): void {
    this.isGone = true;
    for (const { resolve } of this.exits.values()) resolve(undefined);
  }

  private entry(pid: number): PromiseWithResolvers<ProgramExit | undefined> {
    const found = this.exits.get(pid) ?? Promise.withResolvers<ProgramExit | undefined>();
    this.exits.set(pid, found);
    if (this.isGone) found.resolve(undefined);
    return found;
  }
}

export interface ReachOptions {
  readonly address: string;
  readonly key: string;
  readonly clock: Clock;
}

/** Undefined when it is not there, or is not ours. Its first word is the caller's. */
export async function reach(options: ReachOptions, word: FromNew): Promise<Wire | undefined> {
  const { address, key, clock } = options;
  const socket = connect(address);
  const isThere = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  if (!isThere) return undefined;
  const wire = new Wire(socket);
  if ((await greet(wire, { key, clock })).kind !== 'host') {
    wire.destroy();
    return undefined;
  }
  wire.send(word);
  return wire;
}
