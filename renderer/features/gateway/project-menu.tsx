import { Ellipsis, ExternalLink, Pencil, X } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { openDialog } from './gateway-ui.ts';
import type { ShownProject } from './use-projects.ts';

/** What can be done with one; each has a key. */
export function ProjectMenu({ shown: { project, link } }: { shown: ShownProject }) {
  const { id, name } = project;
  const page = link?.page;
  return (
    <Menu
      groups={[
        [
          {
            label: 'Open its page',
            icon: ExternalLink,
            shortcut: 'Enter',
            disabled: page === undefined,
            onSelect: () => page !== undefined && location.assign(page),
          },
          {
            label: 'Rename…',
            icon: Pencil,
            shortcut: 'e',
            onSelect: () => openDialog({ kind: 'rename', id }),
          },
        ],
        [
          {
            label: 'Forget…',
            icon: X,
            shortcut: 'x',
            danger: true,
            onSelect: () => openDialog({ kind: 'remove', id }),
          },
        ],
      ]}
    >
      <IconButton icon={Ellipsis} label={`More for ${name}`} />
    </Menu>
  );
}
