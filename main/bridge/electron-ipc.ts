/**
 * The desktop host's door for pages: one IPC channel, by which a window's own page asks for a message port to a
 * session of its own. A page that asks again was reloaded; its former session ends.
 */
import { connectChannel, portChannel } from '../../preload/contract/desktop.ts';
import type { Logger } from '../base/logger.ts';
import { musherError } from '../base/result.ts';
import { isAppUrl, isWelcomeUrl, projectIn } from './app-protocol.ts';
import type { Channel } from './channel.ts';
import type { ConnectEvent, ElectronParts, FramePart } from './electron-parts.ts';
import { createPortChannel } from './port-channel.ts';
import type { Session } from './session.ts';

export interface IpcBridgeOptions {
  readonly electron: Pick<ElectronParts, 'ipcMain' | 'MessageChannelMain'>;
  /** True for the contents of a window of ours that still lives. */
  isOurs(contents: { readonly id: number }): boolean;
  /** `project`: the one that the page’s address names, null where it names none. Throws when it is not open. */
  startSession(channel: Channel, project: string | null): Session;
  /** Of the page that lets a repository be chosen. Left out: there is none. */
  startWelcome?(channel: Channel): Session;
  readonly log: Logger;
}

export interface IpcBridge {
  /** Lets no page in any more and ends every session. */
  dispose(): void;
}

export function serveIpc(options: IpcBridgeOptions): IpcBridge {
  const { ipcMain } = options.electron;
  const sessions = new Map<number, Session>();
  ipcMain.handle(connectChannel, (event) => connect(options, sessions, event));
  return {
    dispose() {
      ipcMain.removeHandler(connectChannel);
      for (const session of [...sessions.values()]) session.close();
    },
  };
}

function connect(
  options: IpcBridgeOptions,
  sessions: Map<number, Session>,
  event: ConnectEvent,
): void {
  const frame = requireOwnPage(options, event, connectChannel);
  const { id } = event.sender;
  sessions.get(id)?.close();
  const { port1, port2 } = new options.electron.MessageChannelMain();
  const channel = createPortChannel(port1);
  const onClose: Channel['onClose'] = (listener) =>
    channel.onClose(() => [sessions.delete(id), listener()]);
  const session = startFor(options, { ...channel, onClose }, frame.url);
  sessions.set(id, session);
  try {
    frame.postMessage(portChannel, portChannel, [port2]);
  } catch (error) {
    // The frame went since it asked.
    session.close();
    throw error;
  }
}

function startFor(options: IpcBridgeOptions, channel: Channel, url: string): Session {
  if (!isWelcomeUrl(url)) return options.startSession(channel, projectIn(url));
  if (options.startWelcome === undefined) throw musherError('NOT_FOUND', { route: url });
  return options.startWelcome(channel);
}

/**
 * The frame that asks, when it is the page of a window of ours: not a frame in it, not what a window was led
 * astray to, not what is no window at all. Thrown errors reach the page as text only.
 */
export function requireOwnPage(
  options: Pick<IpcBridgeOptions, 'isOurs' | 'log'>,
  event: ConnectEvent,
  channel: string,
): FramePart {
  const frame = event.senderFrame;
  const isOwnPage =
    frame !== null &&
    !frame.isDestroyed() &&
    !frame.detached &&
    frame.parent === null &&
    isAppUrl(frame.url) &&
    options.isOurs(event.sender);
  if (isOwnPage) return frame;
  options.log.warn({ url: frame?.url ?? '(gone)' }, 'a connection was refused to a foreign sender');
  throw musherError('FORBIDDEN', {
    actor: 'This page',
    type: channel,
    who: 'the app’s own',
  });
}
