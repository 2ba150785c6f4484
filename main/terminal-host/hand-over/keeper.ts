/**
 * What is left of a host whose terminals another one has: the parent of its programs. It waits for their ends, which only a
 * parent can, tells them to whoever is connected, and ends with the last of them, or when nobody is connected any more.
 */
import type { Server, Socket } from 'node:net';
import { type Clock, sleep } from '../../base/clock.ts';
import type { KeptProgram } from '../host.ts';
import { listenBeside, pathBeside } from '../process/address.ts';
import { type HostInfo, welcome } from '../process/handshake.ts';
import type { HostPlace } from '../process/place.ts';
import { Wire } from '../process/wire.ts';
import type { FromNew, FromOld } from './words.ts';

export interface KeeperOptions {
  readonly place: Pick<HostPlace, 'address'>;
  readonly key: string;
  readonly info: HostInfo;
  readonly clock: Clock;
}

/** For the first word of one that connects, and for a last word to arrive, milliseconds. */
const wordMs = 5_000;
const letter = 'k';

export class Keeper {
  readonly address: string;
  /** Who connected to take over, and the formats that it reads. */
  readonly successor = Promise.withResolvers<{ wire: Wire; formats: readonly number[] }>();
  private readonly options: KeeperOptions;
  private readonly wires = new Set<Wire>();
  private readonly exits: FromOld[] = [];
  private readonly alone = Promise.withResolvers<void>();
  private server: Server | undefined;
  private isKeeping = false;

  private constructor(options: KeeperOptions) {
    this.options = options;
    this.address = pathBeside(options.place, letter);
  }

  static async open(options: KeeperOptions): Promise<Keeper> {
    const keeper = new Keeper(options);
    keeper.server = await listenBeside(options.place, letter, (socket) => void keeper.meet(socket));
    return keeper;
  }

  /** Resolves when it is not needed any more, and nothing of it is left. */
  async keep(programs: readonly KeptProgram[]): Promise<void> {
    this.isKeeping = true;
    this.look();
    const told = programs.map(async ({ pid, ended }) => {
      const exit = { exit: { pid, ...(await ended) } };
      this.exits.push(exit);
      for (const wire of this.wires) wire.send(exit);
    });
    await Promise.race([Promise.all(told), this.alone.promise]);
    await this.close();
  }

  async close(): Promise<void> {
    this.server?.close();
    const over = new AbortController();
    const gone = [...this.wires].map((wire) => {
      wire.end();
      return wire.closed;
    });
    await Promise.race([Promise.all(gone), sleep(this.options.clock, wordMs, over.signal)]);
    over.abort();
    for (const wire of this.wires) wire.destroy();
  }

  private async meet(socket: Socket): Promise<void> {
    const { clock } = this.options;
    const wire = new Wire(socket);
    const word = (await welcome(wire, this.options))
      ? ((await wire.next(clock, wordMs))?.head as FromNew | undefined)
      : undefined;
    if (word === undefined) {
      wire.destroy();
      return;
    }
    this.wires.add(wire);
    void wire.closed.then(() => {
      this.wires.delete(wire);
      this.look();
    });
    for (const exit of this.exits) wire.send(exit);
    if ('takeOver' in word) this.successor.resolve({ wire, formats: word.takeOver.formats });
  }

  private look(): void {
    if (this.isKeeping && this.wires.size === 0) this.alone.resolve();
  }
}
