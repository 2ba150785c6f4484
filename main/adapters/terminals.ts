/**
 * The terminals feature's port, served by a terminal host in this process.
 *
 * A detached host slides in here and nowhere else: `main/terminal-host` gets an entry that calls
 * `createTerminalHost` behind a local socket, and this file becomes the client that starts or finds that process,
 * shakes hands over the protocol version and forwards the same calls. Both sides are asynchronous, by id and plain
 * data already; attachments become channels of the socket. What it buys is that agents outlive the hub.
 */
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Terminals } from '../features/terminals/ports.ts';
import { createTerminalHost } from '../terminal-host/host.ts';

export interface TerminalsOptions {
  readonly clock: Clock;
  readonly log: Logger;
}

export function createTerminals({ clock, log }: TerminalsOptions): Terminals {
  return createTerminalHost({ clock, log: log.child({ component: 'terminals' }) });
}

/**
 * One project's part of the host: ids carry the project's id there, so that two projects with an agent of one name
 * never share a terminal. Disposing ends the project's terminals and leaves the others alone.
 */
export function projectTerminals(host: Terminals, projectId: string): Terminals {
  const prefix = `${projectId}/`;
  const outer = (id: string) => prefix + id;
  const isOwn = ({ id }: { id: string }) => id.startsWith(prefix);
  const inner = <T extends { readonly id: string }>(named: T): T => ({
    ...named,
    id: named.id.slice(prefix.length),
  });
  const list = async () => (await host.list()).filter(isOwn).map(inner);
  return {
    list,
    lastOutputs: async () => (await host.lastOutputs()).filter(isOwn).map(inner),
    open: async (spec) => inner(await host.open({ ...spec, id: outer(spec.id) })),
    attach: (id, size, viewer) =>
      host.attach(outer(id), size, {
        colors: viewer.colors,
        onRestore: (screen) => viewer.onRestore(screen),
        onData: (bytes) => viewer.onData(bytes),
        onExit: (exit) => viewer.onExit(inner(exit)),
      }),
    paste: (id, text, enter) => host.paste(outer(id), text, enter),
    text: (id) => host.text(outer(id)),
    end: (id, graceMs) => host.end(outer(id), graceMs),
    forget: (id) => host.forget(outer(id)),
    onExit: (listener) => host.onExit((exit) => isOwn(exit) && listener(inner(exit))),
    dispose: async () => {
      await Promise.allSettled((await list()).map(({ id }) => host.end(outer(id), 0)));
    },
  };
}
