/** The way for terminals of a node: a second socket to its rendezvous, which it opens when it is called. */
import type { Logger } from '../../base/logger.ts';
import type { SocketLink } from '../../base/socket-link.ts';
import { linkOver } from '../../base/socket-link.ts';
import type { NodeFile } from './node-file.ts';
import { nodeSocket } from './node-socket.ts';

/** Why it did not come about is logged; the rendezvous calls again, as long as somebody wants to watch. */
export function openTerminalLink(
  self: NodeFile & { readonly life: string },
  log: Logger,
): SocketLink {
  const Socket = nodeSocket(self, ({ error: { code, message } }) =>
    log.warn({ code, reason: message }, 'the way for terminals was not opened'),
  );
  return linkOver(new Socket(`${self.url.replace(/^http/, 'ws')}/sync/terminals`));
}
