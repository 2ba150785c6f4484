import { Ellipsis, Lock, Pencil } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { openClusterDialog } from './cluster-ui.ts';

/** What can be done with one; each has a key. */
export function NodeMenu({ id, label }: { id: string; label: string }) {
  return (
    <Menu
      groups={[
        [
          {
            label: 'Rename…',
            icon: Pencil,
            shortcut: 'e',
            onSelect: () => openClusterDialog({ kind: 'rename', id }),
          },
        ],
        [
          {
            label: 'Lock out…',
            icon: Lock,
            shortcut: 'x',
            danger: true,
            onSelect: () => openClusterDialog({ kind: 'revoke', id }),
          },
        ],
      ]}
    >
      <IconButton icon={Ellipsis} label={`More for ${label}`} />
    </Menu>
  );
}
