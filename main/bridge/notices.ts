/**
 * The system's own notices, for pages that want an answer in place: buttons and a field for words, where the system has
 * them. One at a time; its page is told what the person did with it, and does what follows.
 */
import {
  type DesktopNotice,
  mostActions,
  type NoticeAct,
  noticeChannel,
} from '../../preload/contract/desktop.ts';
import type { Logger } from '../base/logger.ts';
import { musherError } from '../base/result.ts';
import { type IpcBridgeOptions, requireOwnPage } from './electron-ipc.ts';
import type { ElectronParts } from './electron-parts.ts';

export interface NoticesOptions extends Pick<IpcBridgeOptions, 'isOurs'> {
  readonly electron: Pick<ElectronParts, 'ipcMain' | 'Notification'>;
  readonly platform: NodeJS.Platform;
  readonly log: Logger;
  /** Brings the app before the person who opened a notice. */
  focus(): void;
}

/** Those that Electron has buttons and fields for. */
const answering: ReadonlySet<NodeJS.Platform> = new Set(['darwin', 'win32']);
const longest = { title: 200, body: 1_000, action: 80, reply: 20_000 };

/** Its result ends it, and closes what is still shown. */
export function serveNotices(options: NoticesOptions): () => void {
  const { ipcMain, Notification } = options.electron;
  let close = () => {};
  ipcMain.handle(noticeChannel, (event, data) => {
    requireOwnPage(options, event, noticeChannel);
    const notice = requireNotice(data);
    close();
    if (!answering.has(options.platform) || !Notification.isSupported())
      return { kind: 'unsupported' } satisfies NoticeAct;
    const shown = show(options, notice);
    close = shown.close;
    return shown.act;
  });
  return () => {
    ipcMain.removeHandler(noticeChannel);
    close();
  };
}

function show(
  { electron, focus }: NoticesOptions,
  { title, body, actions, reply }: DesktopNotice,
): { act: Promise<NoticeAct>; close: () => void } {
  const shown = new electron.Notification({
    title: title.slice(0, longest.title),
    body: body.slice(0, longest.body),
    actions: actions.map((text) => ({ type: 'button', text: text.slice(0, longest.action) })),
    hasReply: reply !== undefined,
    ...(reply !== undefined && { replyPlaceholder: reply.slice(0, longest.action) }),
  });
  const { promise, resolve } = Promise.withResolvers<NoticeAct>();
  shown.on('click', () => {
    focus();
    resolve({ kind: 'opened' });
  });
  shown.on('action', ({ actionIndex: action }) =>
    resolve(action in actions ? { kind: 'chosen', action } : { kind: 'opened' }),
  );
  shown.on('reply', ({ reply: text }) =>
    resolve({ kind: 'replied', text: text.slice(0, longest.reply) }),
  );
  shown.on('close', () => resolve({ kind: 'gone' }));
  shown.on('failed', () => resolve({ kind: 'unsupported' }));
  shown.show();
  return {
    act: promise,
    close() {
      shown.close();
      resolve({ kind: 'gone' });
    },
  };
}

/** From a page of ours, and checked all the same: a page may be of another version. */
function requireNotice(data: unknown): DesktopNotice {
  const { title, body, actions, reply } = (data ?? {}) as Record<string, unknown>;
  const isNotice =
    typeof title === 'string' &&
    typeof body === 'string' &&
    Array.isArray(actions) &&
    actions.length <= mostActions &&
    actions.every((one) => typeof one === 'string') &&
    (reply === undefined || typeof reply === 'string');
  if (isNotice) return { title, body, actions, ...(reply !== undefined && { reply }) };
  const reason = `A notice has title, body, at most ${mostActions} actions and perhaps a reply, all texts`;
  throw musherError('BAD_REQUEST', { reason: `${reason}.` });
}
