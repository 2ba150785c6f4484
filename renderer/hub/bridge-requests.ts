/** Commands and queries under way. They outlive a connection: what has no reply yet is sent again on the next. */
import type { ClientFrame, ServerFrame } from '../../preload/contract/bridge.ts';
import { fitsMessage, maxClientMessageBytes } from '../../preload/contract/client-codec.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import { BridgeError } from './bridge.ts';

type Request = Extract<ClientFrame, { k: 'command' | 'query' }>;
/** A request without its number. */
type Asked = Request extends infer R ? (R extends Request ? Omit<R, 'rid'> : never) : never;
type Reply = Extract<ServerFrame, { k: 'receipt' | 'answer' | 'error' }>;

interface Pending {
  readonly frame: Request;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

export class BridgeRequests {
  private readonly send: (frame: ClientFrame) => void;
  private readonly pending = new Map<number, Pending>();
  private lastRid = 0;
  private isLive = false;
  private end: WireError | undefined;

  constructor(send: (frame: ClientFrame) => void) {
    this.send = send;
  }

  ask(asked: Asked, signal?: AbortSignal): Promise<unknown> {
    this.lastRid += 1;
    const frame = { ...asked, rid: this.lastRid } as Request;
    const refusal = this.end ?? refusalOf(frame);
    if (refusal !== undefined) return Promise.reject(new BridgeError(refusal));
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const giveUp = () => this.giveUp(frame.rid, signal?.reason);
      const settle = () => signal?.removeEventListener('abort', giveUp);
      signal?.addEventListener('abort', giveUp);
      this.pending.set(frame.rid, {
        frame,
        resolve: (value) => [settle(), resolve(value)],
        reject: (reason) => [settle(), reject(reason)],
      });
      if (this.isLive) this.send(frame);
    });
  }

  settle(reply: Reply): void {
    const asked = this.pending.get(reply.rid);
    this.pending.delete(reply.rid);
    if (reply.k === 'receipt') asked?.resolve(reply.receipt);
    else if (reply.k === 'answer') asked?.resolve(reply.result);
    else asked?.reject(new BridgeError(reply.error));
  }

  goLive(): void {
    this.isLive = true;
    for (const { frame } of this.pending.values()) this.send(frame);
  }

  lose(): void {
    this.isLive = false;
  }

  /** Nothing will be answered any more: neither what is open nor what is asked from now on. */
  finish(error: WireError): void {
    this.end = error;
    const open = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of open) reject(new BridgeError(error));
  }

  private giveUp(rid: number, reason: unknown): void {
    const asked = this.pending.get(rid);
    this.pending.delete(rid);
    if (this.isLive) this.send({ k: 'cancel', rid });
    asked?.reject(reason);
  }
}

/** Sent all the same, it would cost the connection, and again on each that follows. */
function refusalOf(frame: Request): WireError | undefined {
  if (fitsMessage(frame)) return undefined;
  return toWireError('BODY_TOO_LARGE', { limit: maxClientMessageBytes });
}
