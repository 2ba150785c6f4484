import type { Delivery, InboxItem, TrackedMessage } from '../../../preload/contract/messages.ts';
import { formatAge } from '../durations.ts';
import type { Formatters } from './formatter.ts';
import { indented, oneLine } from './plain-text.ts';
import type { View } from './view.ts';

export const messageFormats = {
  'message.send': ({ seq, deliveredTo, failed }, { style }) => {
    const sent =
      deliveredTo.length === 0
        ? 'Delivered to nobody'
        : `Sent to ${deliveredTo.map(oneLine).join(', ')}`;
    const failures = failed.map(
      ({ to, code, message }) =>
        `${style.red('Not to')} ${oneLine(to)}: ${oneLine(message)} ${style.dim(`[${oneLine(code)}]`)}`,
    );
    return [`${sent} as #${seq}.`, ...failures].join('\n');
  },
  'inbox.ack': ({ acked }) => `Acked up to #${acked}.`,
  'inbox.read': ({ items }, view) => formatInbox(items, view),
  'message.get': (message, view) => formatMessage(message, view),
  'message.list': ({ messages, more, cursor }, view) => {
    const shown = messages.map((message) => formatMessage(message, view));
    if (!more) return shown.join('\n\n') || 'No messages.';
    const way = `--before ${cursor} (where you asked for newer ones: --after ${cursor})`;
    return [view.style.dim(`There are more: the same with ${way}`), ...shown].join('\n\n');
  },
} satisfies Formatters;

/** Each item a heading at the margin and its text set in, so that no text can pass for a heading. */
export function formatInbox(items: readonly InboxItem[], view: View): string {
  return items.length === 0
    ? 'Nothing new.'
    : items.map((item) => formatItem(item, view)).join('\n\n');
}

function formatItem(item: InboxItem, view: View): string {
  const again = item.redelivered ? ` ${view.style.yellow('(again; may be handled already)')}` : '';
  return `${headingOf(item, nameOf(item.from), view)}${again}\n${indented(item.text)}`;
}

function formatMessage(message: TrackedMessage, view: View): string {
  const to = message.to === '*' ? 'all' : [message.to].flat().join(', ');
  const re = message.re === undefined ? '' : view.style.dim(` re #${message.re}`);
  const type = message.type === 'message.sent' ? '' : view.style.dim(` ${oneLine(message.type)}`);
  const heading = `${headingOf(message, `${nameOf(message.from)} to ${to}`, view)}${type}${re}`;
  return `${heading}\n${indented(message.body)}\n${view.style.dim(sayDelivery(message.delivery))}`;
}

/** Recipients by how far they got, the most of them in one word. */
function sayDelivery(delivery: readonly Delivery[]): string {
  const byState = Map.groupBy(delivery, ({ state }) => state);
  const parts = [...byState].map(
    ([state, all]) => `${sayState[state]} ${all.map(({ to }) => oneLine(to)).join(', ')}`,
  );
  return `  ${parts.join('; ') || 'delivered to nobody'}`;
}

const sayState: Readonly<Record<Delivery['state'], string>> = {
  queued: 'waits for',
  delivered: 'delivered to',
  redelivered: 'comes again to',
  acknowledged: 'acknowledged by',
  gone: 'too late for',
};

function headingOf(
  { seq, atMs }: { seq: number; atMs: number },
  who: string,
  { style, nowMs }: View,
): string {
  return `${style.bold(`#${seq}`)} ${oneLine(who)} ${style.dim(formatAge(atMs, nowMs))}`;
}

function nameOf(actor: string): string {
  return actor.replace(/^agent:/, '');
}
