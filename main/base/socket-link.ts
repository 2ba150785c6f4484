/** WebSockets without their library, so that features can hold them. */

/** A WebSocket, for who uses it and knows no library. What is sent while it is not open is lost. */
export interface SocketLink {
  /** Neither open nor over. */
  isConnecting(): boolean;
  send(message: string | Uint8Array): void;
  /** Sent, and not given to the network yet. */
  pendingBytes(): number;
  /** Told when something was given to the network. */
  onSent(listener: () => void): void;
  onMessage(listener: (message: string | Uint8Array) => void): void;
  /** Once, also when it never came about. */
  onClose(listener: (code: number, reason: string) => void): void;
  ping(onPong: () => void): void;
  close(code: number, reason: string): void;
  /** Ends it without a word. */
  terminate(): void;
}

/** What is used of one. */
interface Socket {
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(data: string | Uint8Array, sent: () => void): void;
  ping(): void;
  close(code?: number, reason?: string): void;
  terminate(): void;
  on(event: 'message', listener: (data: unknown, isBinary: boolean) => void): unknown;
  on(event: 'close', listener: (code: number, reason: unknown) => void): unknown;
  once(event: 'pong', listener: () => void): unknown;
}

const isConnecting = 0;
const isOpen = 1;
/** Of the reason of a close, in bytes of UTF-8: RFC 6455 has room for 123. */
const reasonLength = 100;

export function linkOver(socket: Socket): SocketLink {
  let onSent = (): void => undefined;
  return {
    isConnecting: () => socket.readyState === isConnecting,
    send(message) {
      if (socket.readyState === isOpen) socket.send(message, () => onSent());
    },
    pendingBytes: () => socket.bufferedAmount,
    onSent(listener) {
      onSent = listener;
    },
    onMessage: (listener) =>
      void socket.on('message', (data, isBinary) =>
        listener(isBinary ? (data as Uint8Array) : String(data)),
      ),
    onClose: (listener) =>
      void socket.on('close', (code, reason) => listener(code, String(reason))),
    ping(onPong) {
      if (socket.readyState !== isOpen) return;
      socket.once('pong', onPong);
      socket.ping();
    },
    close: (code, reason) => socket.close(code, reason.slice(0, reasonLength)),
    terminate: () => socket.terminate(),
  };
}
