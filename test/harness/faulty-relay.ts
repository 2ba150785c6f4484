// A relay of TCP connections that holds back, breaks or swallows what goes through it.

import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * `cut`: nothing arrives, and nobody is told. `up`, `down`: only what the one who connects sends, or is sent, arrives. `lossy`: three packets of ten
 * are sent again. `slow`: half a second each way. `reset`: connections that are there break, once.
 */
export type Fault = 'none' | 'cut' | 'up' | 'down' | 'lossy' | 'slow' | 'reset';

export function isOfPackets(fault: Fault): boolean {
  return fault === 'cut' || fault === 'up' || fault === 'down';
}

export interface Place {
  readonly host: string;
  /** 0 takes a free one, where it is listened to. */
  readonly port: number;
}

const held = { slowMs: 500, againMs: 200, lostOfTen: 3 } as const;

export class Relay {
  fault: Fault = 'none';
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();

  /** Returns the port that it listens to. */
  async listen(at: Place, target: Place): Promise<number> {
    const server = createServer((near) => this.join(near, connect(target.port, target.host)));
    this.servers.push(server);
    await new Promise<void>((resolve) => server.listen(at.port, at.host, resolve));
    return (server.address() as { port: number }).port;
  }

  private join(near: Socket, far: Socket): void {
    this.carry(near, far, 'up');
    this.carry(far, near, 'down');
  }

  /** In order; what is held back holds back what is behind it, as a stream does. */
  private carry(from: Socket, to: Socket, way: 'up' | 'down'): void {
    this.sockets.add(from);
    let before = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      before = before.then(async () => {
        if (!this.arrives(way)) return;
        await new Promise((resolve) => setTimeout(resolve, this.holdMs()));
        if (!to.destroyed) to.write(chunk);
      });
    });
    // Whoever is cut off does not hear that the other has gone.
    from.on('end', () => void before.then(() => this.arrives(way) && to.end()));
    from.on('close', () => {
      this.sockets.delete(from);
      // After what is on its way.
      void before.then(() => this.arrives(way) && to.destroySoon());
    });
    from.on('error', () => undefined);
  }

  private arrives(way: 'up' | 'down'): boolean {
    return this.fault !== 'cut' && !(isOfPackets(this.fault) && this.fault !== way);
  }

  private holdMs(): number {
    if (this.fault === 'slow') return held.slowMs;
    if (this.fault !== 'lossy') return 0;
    let ms = 0;
    for (let again: number = held.againMs; Math.random() * 10 < held.lostOfTen; again *= 2)
      ms += again;
    return ms;
  }

  reset(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  async end(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(this.servers.map((one) => new Promise((done) => one.close(done))));
  }
}
