/** Calls to the terminal host over one connection: each answered, late, or lost with the connection. */
import { type Clock, sleep } from '../../base/clock.ts';
import { MusherError } from '../../base/result.ts';
import type { TerminalExit } from '../../features/terminals/ports.ts';
import type { Answered, Asked, CallName, HostCall } from '../../terminal-host/process/messages.ts';
import type { Link } from './link-host.ts';

/** The connection ended before the answer: whether it was done is not known. */
export class LinkLost extends Error {}
/** The host lives and does not answer. */
export class LinkSilent extends Error {}

export interface Calls {
  ask(call: CallName | HostCall, args: readonly unknown[], boundMs: number): Promise<unknown>;
  /** Resolves when the connection is over. */
  readonly closed: Promise<void>;
  /** It ends because a newer host has the terminals. */
  hasMoved(): boolean;
  end(): void;
}

export function openCalls(
  { wire }: Link,
  clock: Clock,
  onExit: (exit: TerminalExit) => void,
): Calls {
  const pending = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  let hasMoved = false;
  wire.send({ hub: true } satisfies Asked);
  wire.listen(({ head }) => {
    const said = head as Answered;
    if ('exit' in said) onExit(said.exit);
    else if ('value' in said) pending.get(said.id)?.resolve(said.value);
    else if ('error' in said) pending.get(said.id)?.reject(new MusherError(said.error));
    else if ('moved' in said) hasMoved = true;
  });
  const closed = wire.closed.then(() => {
    for (const { reject } of pending.values()) reject(new LinkLost('the terminal host is gone'));
  });
  return {
    closed,
    hasMoved: () => hasMoved,
    end: () => wire.end(),
    async ask(call, args, boundMs) {
      if (!wire.isOpen) throw new LinkLost('the terminal host is gone');
      const id = ++last;
      const answer = Promise.withResolvers<unknown>();
      pending.set(id, answer);
      const over = new AbortController();
      wire.send({ id, call, args } satisfies Asked);
      void sleep(clock, boundMs, over.signal).then(() => answer.reject(new LinkSilent(call)));
      try {
        return await answer.promise;
      } finally {
        over.abort();
        pending.delete(id);
      }
    },
  };
}
