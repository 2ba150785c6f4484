/** A page's WebSocket as a session's channel. */
import type { WebSocket } from 'ws';
import { decodeClientMessage } from '../../preload/contract/client-codec.ts';
import { encodeServerFrame } from '../../preload/contract/frame-codec.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { Channel, CloseReason } from './channel.ts';

const closeCodes: Record<Exclude<CloseReason, 'overflow'>, number> = {
  'going-away': 1001,
  refused: 1008,
};

export function createSocketChannel(page: WebSocket, log: Logger): Channel {
  // A message above the bound, or bytes that are no WebSocket: ws closes the socket by itself after this.
  page.on('error', (error) => log.warn({ reason: reasonOf(error) }, 'a page’s socket failed'));
  return {
    send(frame) {
      if (page.readyState === page.OPEN) page.send(encodeServerFrame(frame), ignore);
    },
    onFrame(listener) {
      page.on('message', (data, isBinary) => {
        listener(isBinary ? undefined : decodeClientMessage(String(data)));
      });
    },
    onClose: (listener) => page.once('close', listener),
    close(reason = 'going-away') {
      // A close would wait behind everything that the page does not read.
      if (reason === 'overflow') page.terminate();
      else page.close(closeCodes[reason]);
    },
    pendingBytes: () => page.bufferedAmount,
  };
}

/** A send that fails is followed by the close of its socket, which is what counts. */
function ignore(): void {}
