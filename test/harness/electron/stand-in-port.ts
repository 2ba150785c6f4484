// MessageChannelMain over Node's own channel: real structured clone, real order, really asynchronous.

import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

export class StandInPort extends EventEmitter {
  /** What arrives in the page when this port is sent there. */
  readonly raw: MessagePort;
  private isClosedHere = false;

  constructor(raw: MessagePort) {
    super();
    this.raw = raw;
    raw.on('close', () => {
      // Electron tells only of an end that the other side made.
      if (!this.isClosedHere) this.emit('close');
    });
  }

  start(): void {
    this.raw.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }

  postMessage(message: unknown): void {
    this.raw.postMessage(message);
  }

  close(): void {
    this.isClosedHere = true;
    this.raw.close();
  }
}

export class StandInMessageChannel {
  readonly port1: StandInPort;
  readonly port2: StandInPort;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new StandInPort(port1);
    this.port2 = new StandInPort(port2);
  }
}
