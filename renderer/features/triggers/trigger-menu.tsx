import { Ellipsis, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import type { TriggerRecord } from '../../../preload/contract/trigger-facts.ts';
import { useSend } from '../../hub/use-command.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { openTriggersDialog } from './triggers-ui.ts';

/** What can be done with one; each has a key. */
export function TriggerMenu({ trigger: { id, state } }: { trigger: TriggerRecord }) {
  const send = useSend();
  const isArmed = state === 'armed';
  return (
    <Menu
      groups={[
        [
          isArmed
            ? {
                label: 'Pause',
                icon: Pause,
                shortcut: 'p',
                onSelect: () => void send('trigger.pause', { trigger: id }),
              }
            : {
                label: state === 'spent' ? 'Arm again' : 'Resume',
                icon: Play,
                shortcut: 'p',
                onSelect: () => void send('trigger.resume', { trigger: id }),
              },
          {
            label: 'Edit…',
            icon: Pencil,
            shortcut: 'e',
            onSelect: () => openTriggersDialog({ kind: 'edit', id }),
          },
        ],
        [
          {
            label: 'Remove…',
            icon: Trash2,
            shortcut: 'x',
            danger: true,
            onSelect: () => openTriggersDialog({ kind: 'remove', id }),
          },
        ],
      ]}
    >
      <IconButton
        icon={Ellipsis}
        label={`More for ${id}`}
        className="opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 data-[state=open]:opacity-100"
      />
    </Menu>
  );
}
