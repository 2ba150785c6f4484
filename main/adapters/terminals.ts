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
