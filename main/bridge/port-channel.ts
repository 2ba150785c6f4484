/** A page's message port as a session's channel. */
import type { PortAck } from '../../preload/contract/desktop.ts';
import { decodeClientMessage } from '../../preload/contract/client-codec.ts';
import { encodeServerFrame } from '../../preload/contract/frame-codec.ts';
import type { Channel } from './channel.ts';
import type { PortPart } from './electron-parts.ts';

export function createPortChannel(port: PortPart): Channel {
  const underWay = createTally();
  let listener: (() => void) | undefined;
  const end = () => {
    const told = listener;
    listener = undefined;
    told?.();
  };
  port.on('close', end);
  return {
    send(frame) {
      const message = encodeServerFrame(frame);
      underWay.add(message.length);
      port.postMessage(message);
    },
    onFrame(tell) {
      port.on('message', ({ data }) => {
        if (typeof data !== 'number') tell(decodeClientMessage(data));
        else if (!underWay.acknowledge(data)) tell(undefined);
      });
      port.start();
    },
    onClose(tell) {
      listener = tell;
    },
    close() {
      // Closing one's own end tells only the other.
      port.close();
      end();
    },
    pendingBytes: underWay.bytes,
  };
}

interface Tally {
  add(bytes: number): void;
  /** False for a count that cannot be. */
  acknowledge(count: PortAck): boolean;
  bytes(): number;
}

/** Sizes of the messages that the page has not counted yet, oldest first. */
function createTally(): Tally {
  const sizes: number[] = [];
  let acknowledged = 0;
  let pending = 0;
  return {
    add(bytes) {
      sizes.push(bytes);
      pending += bytes;
    },
    acknowledge(count) {
      const isPossible =
        Number.isInteger(count) && count >= acknowledged && count <= acknowledged + sizes.length;
      if (!isPossible) return false;
      for (const bytes of sizes.splice(0, count - acknowledged)) pending -= bytes;
      acknowledged = count;
      return true;
    },
    bytes: () => pending,
  };
}
