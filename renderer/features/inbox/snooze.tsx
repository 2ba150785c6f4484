import { AlarmClock, AlarmClockOff } from 'lucide-react';
import { useState } from 'react';
import { useSend } from '../../hub/use-command.ts';
import { useDecide } from '../../shell/use-decisions.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { ItemBase } from './kind.ts';
import { chooseNone, select } from './inbox-ui.ts';
import { sendEach } from './send-each.ts';

const times = [
  { when: '15m', label: '15 minutes', said: 'for 15 minutes' },
  { when: '1h', label: '1 hour', said: 'for an hour' },
  { when: 'tomorrow', label: 'Tomorrow at 9:00', said: 'until tomorrow at 9:00' },
  { when: 'heard', label: 'Until the agent speaks again', said: 'until its agent speaks again' },
] as const;

/** Puts one or several out of sight for a while; what is out of sight is brought back. */
export function Snooze({ items }: { items: readonly ItemBase[] }) {
  const [isOpen, setOpen] = useState(false);
  const { snooze, wake } = useSnooze(items);
  const isSnoozed = items.every(({ snoozedUntilMs }) => snoozedUntilMs !== undefined);
  useShortcuts([{ keys: 'w', run: () => (isSnoozed ? wake() : setOpen(true)) }]);
  if (isSnoozed)
    return <IconButton icon={AlarmClockOff} label="Bring back now" shortcut="w" onClick={wake} />;
  const entries = times.map(({ when, label, said }) => ({
    label,
    onSelect: () => snooze(when, said),
  }));
  return (
    <Menu groups={[entries]} isOpen={isOpen} onOpenChange={setOpen}>
      <IconButton icon={AlarmClock} label="Snooze" shortcut="w" />
    </Menu>
  );
}

function useSnooze(items: readonly ItemBase[]) {
  const send = useSend();
  const decide = useDecide();
  const [first, ...rest] = items;
  const ids = items.map(({ id }) => id);
  const act = (what: string, sendOne: (item: string) => Promise<boolean>) => {
    if (first === undefined) return;
    decide({
      ...{ subject: first.id, others: rest.map(({ id }) => id), what },
      send: async () => (await sendEach(ids, sendOne)) > 0,
      onBack: () => select(first.id),
    });
    chooseNone();
  };
  const whose = items.length === 1 ? `what ${first?.agent} waits with` : `${items.length} items`;
  return {
    snooze: (when: string, said: string) =>
      act(`Snoozed ${whose} ${said}`, (item) => send('inbox.snooze', { item, when })),
    wake: () => act(`Brought back ${whose}`, (item) => send('inbox.restore', { item })),
  };
}
