/** The part of all messages that the page holds: one piece without holes, bounded, that moves along with its reader. Pure. */
import type { TrackedMessage } from '../../../preload/contract/messages.ts';
import type { QueryOutput } from '../../hub/bridge.ts';

export type MessagePage = QueryOutput<'message.list'>;

export interface MessageWindow {
  /** Oldest first. */
  readonly messages: readonly TrackedMessage[];
  /** Older ones go on before this number; undefined at the very first. */
  readonly older: number | undefined;
  /** Newer ones go on after this number. */
  readonly newer: number;
  /** It reaches the newest there are: what comes is added. */
  readonly isLive: boolean;
}

export const pageSize = 100;
export const mostHeld = 600;

/** The newest. */
export function openWindow({ messages, more, cursor }: MessagePage): MessageWindow {
  const newer = messages.at(-1)?.seq ?? 0;
  return { messages, older: more ? cursor : undefined, newer, isLive: true };
}

/** What is too much goes at the other end, and may be had again. */
export function addOlder(
  window: MessageWindow,
  { messages, more, cursor }: MessagePage,
): MessageWindow {
  const all = [...messages, ...window.messages];
  const older = more ? cursor : undefined;
  if (all.length <= mostHeld) return { ...window, messages: all, older };
  const held = all.slice(0, mostHeld);
  return { messages: held, older, newer: held.at(-1)?.seq ?? 0, isLive: false };
}

export function addNewer(
  window: MessageWindow,
  { messages, more, cursor }: MessagePage,
): MessageWindow {
  const all = [...window.messages, ...messages];
  const isLive = !more;
  if (all.length <= mostHeld) return { ...window, messages: all, newer: cursor, isLive };
  const held = all.slice(-mostHeld);
  return { messages: held, older: held[0]?.seq, newer: cursor, isLive };
}

/** What has come while the reader is elsewhere: where there is no room left, it waits beyond the end. */
export function addArrived(window: MessageWindow, page: MessagePage): MessageWindow {
  const hasRoom = window.messages.length + page.messages.length <= mostHeld;
  return hasRoom ? addNewer(window, page) : { ...window, isLive: false };
}
