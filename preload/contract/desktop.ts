/**
 * What the desktop host's page, preload and main process agree on to get a message port between page and main
 * process. Over the port go the messages of bridge.ts, text or bytes as frame-codec.ts makes them.
 */

/** The one IPC channel: the page asks for its port by it. Rejected for anything but a window's own page. */
export const connectChannel = 'musher:connect';

/** By it the page has something told by the system, to be answered in place. */
export const noticeChannel = 'musher:notice';

/** Plain text, one line each; the host cuts what is longer than the system shows. */
export interface DesktopNotice {
  readonly title: string;
  readonly body: string;
  /** Answers to choose from, at most `mostActions`. */
  readonly actions: readonly string[];
  /** What the field for an answer in words says while it is empty; left out: there is none. */
  readonly reply?: string;
}

export const mostActions = 4;

/** What a person did with it. `unsupported`: nothing was shown, this system cannot have it answered. */
export type NoticeAct =
  | { readonly kind: 'opened' | 'gone' | 'unsupported' }
  | { readonly kind: 'chosen'; readonly action: number }
  | { readonly kind: 'replied'; readonly text: string };

/** What the port comes with, to the preload and from there to the page. */
export const portChannel = 'musher:port';

/** What the preload adds to the page, as `window.musher`. */
export interface DesktopApi {
  /**
   * Asks for a port. It arrives as a `message` event of the page's own window, with `portChannel` as its data;
   * the port before it, if any, is closed. Rejects when the host refuses.
   */
  connect(): Promise<void>;
  /** Resolves once the person acts, or it is gone; the one before it goes then. Rejects when the host refuses. */
  tell(notice: DesktopNotice): Promise<NoticeAct>;
  /** Where a file or folder is that a person dropped on the page; empty for one that a page made. */
  pathOf(file: object): string;
}

/**
 * A message port tells nobody how much it holds, so the page answers each message with how many it has had, a
 * bare number. The host so knows what is still under way, as it knows for a socket.
 */
export type PortAck = number;
