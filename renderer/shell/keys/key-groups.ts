/** Every key of the page, by where it works. */
import { everywhere } from '../../ui/key-scope.tsx';
import { views } from '../../views.ts';
import { keymap } from '../keymap.ts';
import { shellShortcuts } from '../shell-shortcuts.ts';
import { type KeyGroup, toGroup } from './key-actions.ts';

let groups: readonly KeyGroup[] | undefined;

export function keyGroups(): readonly KeyGroup[] {
  groups ??= [
    toGroup(everywhere, 'Everywhere', [
      ...shellShortcuts().filter(({ hidden }) => !hidden),
      keymap.newestNotice,
      keymap.dismissNotices,
    ]),
    ...views.flatMap(({ id, title, shortcuts }) =>
      shortcuts === undefined ? [] : [toGroup(id, title, shortcuts)],
    ),
  ];
  return groups;
}
