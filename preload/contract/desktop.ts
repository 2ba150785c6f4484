/**
 * What the desktop host's page, preload and main process agree on to get a message port between page and main
 * process. Over the port go the messages of bridge.ts, text or bytes as frame-codec.ts makes them.
 */

/** The one IPC channel: the page asks for its port by it. Rejected for anything but a window's own page. */
export const connectChannel = 'musher:connect';

/** What the port comes with, to the preload and from there to the page. */
export const portChannel = 'musher:port';

/** What the preload adds to the page, as `window.musher`. */
export interface DesktopApi {
  /**
   * Asks for a port. It arrives as a `message` event of the page's own window, with `portChannel` as its data;
   * the port before it, if any, is closed. Rejects when the host refuses.
   */
  connect(): Promise<void>;
}

/**
 * A message port tells nobody how much it holds, so the page answers each message with how many it has had, a
 * bare number. The host so knows what is still under way, as it knows for a socket.
 */
export type PortAck = number;
