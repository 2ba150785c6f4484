/** Messages in the palette: the newest, and older ones as the hub finds them. */
import { MessagesSquare, Reply, SquareTerminal } from 'lucide-react';
import { useMemo } from 'react';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { MessageRecord } from '../../../preload/contract/messages.ts';
import { useRecord, useRecords } from '../../hub/use-records.ts';
import { itemsOf } from '../../shell/palette/items-of.ts';
import type {
  PaletteItem,
  PaletteSource,
  PaletteVerb,
} from '../../shell/palette/palette-source.ts';
import { useAsked } from '../../shell/palette/use-asked.ts';
import { navigate } from '../../shell/ui-state.ts';
import { toTarget } from './message-filters.ts';

export const messageSource: PaletteSource = {
  ...{ id: 'messages', title: 'Messages', icon: MessagesSquare },
  useItems: useMessageItems,
  useFound: (typed) => useAsked(byText, typed),
  open: show,
  useVerbs: useMessageVerbs,
};

type Shown = Pick<MessageRecord, 'seq' | 'from' | 'to' | 'body'>;

function toItem({ seq, from, to, body }: Shown): PaletteItem {
  const writer = agentIdOf(from) ?? 'you';
  const readers =
    to === '*'
      ? 'all'
      : [to]
          .flat()
          .join(', ')
          .replace(/^operator$/, 'you');
  return {
    ...{ id: `${seq}`, title: body.slice(0, 400), detail: `${writer} to ${readers}` },
    keywords: [writer],
  };
}

const toItems = itemsOf<MessageRecord>(toItem);

function useMessageItems(): readonly PaletteItem[] {
  const messages = useRecords('message');
  return useMemo(() => toItems([...messages].sort((a, b) => b.seq - a.seq)), [messages]);
}

const leastChars = 3;

/** Quotes and stars would say something else to the search: words alone are asked for. */
const byText = {
  type: 'message.list' as const,
  toData: (typed: string) => {
    const text = typed.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
    return text.length < leastChars ? undefined : { text, limit: 20 };
  },
  toItems: ({ messages }: { messages: readonly Shown[] }) => messages.map(toItem).reverse(),
} satisfies Parameters<typeof useAsked<'message.list'>>[0];

function show(seq: string): void {
  navigate('messages', toTarget({ thread: Number(seq) }));
}

function useMessageVerbs(seq: string): readonly PaletteVerb[] | undefined {
  const message = useRecord('message', seq);
  const from = message && agentIdOf(message.from);
  return [
    { id: 'show', title: 'Show its thread', icon: MessagesSquare, run: () => show(seq) },
    ...(from === undefined
      ? []
      : [
          {
            ...{ id: 'answer', title: `Message ${from}`, icon: Reply },
            run: () => navigate('messages', `agent/${from}`),
          },
          {
            ...{ id: 'agent', title: `Show ${from}`, icon: SquareTerminal },
            run: () => navigate('agents', `agent/${from}`),
          },
        ]),
  ];
}
