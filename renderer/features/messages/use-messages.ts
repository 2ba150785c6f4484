import { useEffect, useMemo, useRef, useState } from 'react';
import type { MessageRecord } from '../../../preload/contract/messages.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { runCommand } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { showError } from '../../ui/toast.tsx';
import { countUnread, joinMessages } from './message-threads.ts';

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

/** Messages to the operator that are not read yet, by agent. */
export function useUnread(): ReadonlyMap<string, number> {
  const waiting = useRecords('waiting');
  return useMemo(() => countUnread(waiting), [waiting]);
}

/** Looking at an agent's conversation reads what it wrote to the operator. */
export function useMarkRead(agent: string | undefined): void {
  const { bridge } = useHub();
  const waiting = useRecords('waiting');
  const asked = useRef(new Set<string>());
  useEffect(() => {
    const unread = waiting.filter((item) => item.kind === 'message' && item.agent === agent);
    for (const { id } of unread) {
      // It stays on the list until the hub has taken it off.
      if (asked.current.has(id)) continue;
      asked.current.add(id);
      void runCommand(bridge, 'inbox.dismiss', { item: id });
    }
  }, [bridge, agent, waiting]);
}
