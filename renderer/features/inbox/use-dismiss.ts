import { useCallback } from 'react';
import type { Bridge } from '../../hub/bridge.ts';
import { pageClock } from '../../hub/channel.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { runCommand } from '../../hub/use-command.ts';
import { showDone } from '../../ui/toast.tsx';
import type { InboxItem } from './inbox-items.ts';
import { hold, release } from './inbox-ui.ts';

/** The hub cannot take a cancelled question back, so the page waits this long before it asks for it. */
const undoMs = 5000;

/** Takes an item out of the list, with a way back. Undefined for what cannot be dismissed. */
export function useDismiss(): (item: InboxItem) => void {
  const { bridge } = useHub();
  return useCallback(
    (item) => {
      if (item.kind === 'approval') return;
      if (item.kind !== 'question') return void dismissNow(bridge, item);
      hold(item.id);
      const send = async () => {
        await runCommand(bridge, 'question.cancel', { question: item.record.id });
        release(item.id);
      };
      const cancelSend = pageClock.schedule(() => void send(), undoMs);
      const undo = () => {
        cancelSend();
        release(item.id);
      };
      showDone(`Question of ${item.agent} dismissed`, { label: 'Undo', onClick: undo });
    },
    [bridge],
  );
}

/** What nobody waits for: the hub forgets it, and gives it back. */
async function dismissNow(bridge: Bridge, item: InboxItem): Promise<void> {
  if ((await runCommand(bridge, 'inbox.dismiss', { item: item.id })) === undefined) return;
  const what =
    item.kind === 'message'
      ? `Message from ${item.agent} marked as read`
      : `${item.agent} dismissed`;
  const undo = () => void runCommand(bridge, 'inbox.restore', { item: item.id });
  showDone(what, { label: 'Undo', onClick: undo });
}
