import { Plus, Zap } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { TriggerRecord } from '../../../preload/contract/trigger-facts.ts';
import { useSend } from '../../hub/use-command.ts';
import { useIsLoaded, useRecords } from '../../hub/use-records.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { inOrder } from './present-trigger.ts';
import { TriggerList } from './trigger-list.tsx';
import { openTriggersDialog, toggleTrigger, useTriggersUi } from './triggers-ui.ts';

export const startTrigger = () => openTriggersDialog({ kind: 'new' });

/** All triggers, in the room that the view gives; its keys work while it is shown. The view has the button for a new one. */
export function TriggersPane() {
  const records = useRecords('trigger');
  const isLoaded = useIsLoaded();
  const triggers = useMemo(() => inOrder(records), [records]);
  const { activeId, choose } = useTriggerKeys(triggers);
  const openId = useTriggersUi((state) => state.openId);
  return (
    <div aria-busy={!isLoaded} className="flex min-h-0 flex-1 flex-col">
      {!isLoaded ? null : triggers.length === 0 ? (
        <NoTriggers />
      ) : (
        <TriggerList triggers={triggers} activeId={activeId} openId={openId} onChoose={choose} />
      )}
    </div>
  );
}

function NoTriggers() {
  return (
    <EmptyState
      icon={Zap}
      title="Nothing waits for something to happen"
      action={
        <Button look="primary" icon={Plus} shortcut="n" onClick={startTrigger}>
          New trigger
        </Button>
      }
    >
      A trigger does something when something happens: it prompts an agent, does a command, or tells
      an address. From the command line: <code>musher trigger add</code>.
    </EmptyState>
  );
}

/** Moves through the list; what is chosen is paused, resumed, edited, removed or unfolded by its key. */
function useTriggerKeys(triggers: readonly TriggerRecord[]) {
  const send = useSend();
  const [chosen, choose] = useState<string>();
  const at = triggers.findIndex(({ id }) => id === chosen);
  const active = triggers[at];
  const move = (by: number) => {
    const next = Math.max(0, Math.min(triggers.length - 1, at === -1 ? 0 : at + by));
    choose(triggers[next]?.id);
  };
  useShortcuts([
    { keys: 'j', run: () => move(1) },
    { keys: 'k', run: () => move(-1) },
    { keys: 'ArrowDown', run: () => move(1) },
    { keys: 'ArrowUp', run: () => move(-1) },
  ]);
  useShortcuts(
    [
      { keys: 'o', run: () => active && toggleTrigger(active.id) },
      { keys: 'Enter', run: () => active && toggleTrigger(active.id) },
      { keys: 'e', run: () => active && openTriggersDialog({ kind: 'edit', id: active.id }) },
      { keys: 'x', run: () => active && openTriggersDialog({ kind: 'remove', id: active.id }) },
      { keys: 'p', run: () => active && void send(switchOf(active), { trigger: active.id }) },
    ],
    active !== undefined,
  );
  return { activeId: active?.id, choose };
}

/** The other way round from how it is. */
export function switchOf({ state }: TriggerRecord): 'trigger.pause' | 'trigger.resume' {
  return state === 'armed' ? 'trigger.pause' : 'trigger.resume';
}
