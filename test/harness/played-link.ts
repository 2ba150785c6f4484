// The two ends of a way for terminals, without a network.

import type { SocketLink } from '../../main/base/socket-link.ts';

export interface PlayedLink extends SocketLink {
  pending: number;
  /** Something was given to the network. */
  sent(): void;
  /** How this end was closed by who has it. */
  closed: [code: number, reason: string] | undefined;
}

/** What the one sends the other hears at once. */
export function linkPair(): [near: PlayedLink, far: PlayedLink] {
  const ends: PlayedLink[] = [];
  const near = endOf(() => ends[1], ends);
  const far = endOf(() => ends[0], ends);
  return [near, far];
}

interface Heard {
  hear(message: string | Uint8Array): void;
  over(code: number, reason: string): void;
}

const inner = new WeakMap<PlayedLink, Heard>();

function endOf(other: () => PlayedLink | undefined, ends: PlayedLink[]): PlayedLink {
  let onMessage = (_message: string | Uint8Array): void => undefined;
  let onClose = (_code: number, _reason: string): void => undefined;
  let onSent = (): void => undefined;
  let isOver = false;
  const over = (code: number, reason: string): void => {
    if (isOver) return;
    isOver = true;
    onClose(code, reason);
  };
  const end = (code: number, reason: string): void => {
    for (const one of ends) inner.get(one)?.over(code, reason);
  };
  const link: PlayedLink = {
    ...{ pending: 0, closed: undefined, pendingBytes: () => link.pending },
    sent: () => onSent(),
    isConnecting: () => false,
    send(message) {
      const there = other();
      if (!isOver && there !== undefined) inner.get(there)?.hear(message);
    },
    onSent(listener) {
      onSent = listener;
    },
    onMessage(listener) {
      onMessage = listener;
    },
    onClose(listener) {
      onClose = listener;
    },
    ping: (onPong) => isOver || onPong(),
    close(code, reason) {
      link.closed ??= [code, reason];
      end(code, reason);
    },
    terminate: () => end(1006, ''),
  };
  inner.set(link, { hear: (message) => isOver || onMessage(message), over });
  ends.push(link);
  return link;
}
