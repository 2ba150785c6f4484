/** The commands and queries that one page has open: bounded, cancellable, each answered at most once. */
import type { ClientFrame, ServerFrame } from '../../preload/contract/bridge.ts';
import type { Actor } from '../../preload/contract/envelope.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import type { Door } from '../hub/door.ts';

/** Enough for any page; a page that has more open has lost count of them. */
export const maxOpenRequests = 256;

type Request = Extract<ClientFrame, { k: 'command' | 'query' }>;

export interface RequestsOptions {
  readonly door: Door;
  readonly actor: Actor;
  send(frame: ServerFrame): void;
  /** Logs what is a defect, and says what the page may know of it. */
  toError(thrown: unknown, about: object): WireError;
}

export interface Requests {
  /** False when the page used a number that is still open: it would take one answer for the other. */
  start(frame: Request): boolean;
  cancel(rid: number): void;
  /** Aborts the queries. Commands run to their end: they are durable or they are not, never half. */
  close(): void;
}

export function createRequests(options: RequestsOptions): Requests {
  const open = new Map<number, AbortController>();
  return {
    start(frame) {
      if (open.has(frame.rid)) return false;
      if (open.size < maxOpenRequests) {
        const controller = new AbortController();
        open.set(frame.rid, controller);
        void answer(options, frame, { open, controller });
        return true;
      }
      const reason = `This page has ${maxOpenRequests} requests open, the limit`;
      const error = toWireError('BAD_REQUEST', { reason });
      options.send({ k: 'error', rid: frame.rid, error });
      return true;
    },
    cancel(rid) {
      open.get(rid)?.abort();
      open.delete(rid);
    },
    close() {
      for (const controller of open.values()) controller.abort();
      open.clear();
    },
  };
}

interface Place {
  readonly open: Map<number, AbortController>;
  readonly controller: AbortController;
}

async function answer(options: RequestsOptions, frame: Request, place: Place): Promise<void> {
  const { rid } = frame;
  const reply = await replyTo(options, frame, place.controller.signal).catch(
    (thrown: unknown): ServerFrame => {
      const type = frame.k === 'command' ? frame.command.type : frame.type;
      return { k: 'error', rid, error: options.toError(thrown, { rid, type }) };
    },
  );
  // Cancelled, closed, or the number belongs to a newer request by now: no reply follows.
  if (place.open.get(rid) !== place.controller) return;
  place.open.delete(rid);
  options.send(reply);
}

async function replyTo(
  { door, actor }: RequestsOptions,
  frame: Request,
  signal: AbortSignal,
): Promise<ServerFrame> {
  const { rid } = frame;
  if (frame.k === 'command') {
    return { k: 'receipt', rid, receipt: await door.dispatch(frame.command, actor) };
  }
  return {
    k: 'answer',
    rid,
    result: await door.query({ type: frame.type, data: frame.data, signal }, actor),
  };
}
