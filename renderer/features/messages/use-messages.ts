import { useEffect, useMemo, useState } from 'react';
import type { MessageRecord } from '../../../preload/contract/messages.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { useRecords } from '../../hub/use-records.ts';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { showError } from '../../ui/toast.tsx';
import { markDone, useInboxUi } from '../inbox/inbox-ui.ts';
import { countUnread, inThread, joinMessages } from './message-threads.ts';

/** How many of the newest the hub mirrors (preload/contract/messages.ts): fewer means that there are no others. */
const mirrored = 200;
const pageSize = 100;
/** Older ones held by the page at most; beyond that the log view is the place. */
const maxOlder = 2000;

export interface Messages {
  readonly messages: readonly MessageRecord[];
  /** Loads a page of older ones; undefined when there are no more, or too many already. */
  readonly loadOlder: (() => void) | undefined;
  readonly isLoading: boolean;
}

/** The newest messages live, and older ones as far back as was asked for. */
export function useMessages(): Messages {
  const { bridge } = useHub();
  const live = useRecords('message');
  const [older, setOlder] = useState<readonly MessageRecord[]>([]);
  const [hasMore, setMore] = useState(true);
  const [isLoading, setLoading] = useState(false);
  const messages = useMemo(() => joinMessages(older, live), [older, live]);
  const oldest = messages[0]?.seq;
  const loadOlder = async () => {
    setLoading(true);
    try {
      const page = await bridge.query('message.list', { before: oldest, limit: pageSize });
      setOlder((old) => joinMessages(page.messages, old));
      setMore(page.more);
    } catch (thrown) {
      showError(toWireErrorOf(thrown));
    }
    setLoading(false);
  };
  const mayLoad =
    hasMore && live.length >= mirrored && oldest !== undefined && older.length < maxOlder;
  return { messages, loadOlder: mayLoad ? () => void loadOlder() : undefined, isLoading };
}

export function useUnread(): ReadonlyMap<string, number> {
  const messages = useRecords('message');
  const read = useInboxUi((state) => state.read);
  return useMemo(() => countUnread(messages, read), [messages, read]);
}

/** Looking at an agent's conversation reads what it wrote to the operator. */
export function useMarkRead(agent: string | undefined): void {
  const messages = useRecords('message');
  const unread = useUnread();
  useEffect(() => {
    if (agent === undefined || !unread.has(agent)) return;
    const own = inThread(messages, agent).filter(
      ({ to, from }) => to === 'operator' && from === `agent:${agent}`,
    );
    markDone(own.map(({ seq }) => `message/${seq}`));
  }, [agent, messages, unread]);
}
