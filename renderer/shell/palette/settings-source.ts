/** Every key of the config files, by its name or by what it is for. */
import { Settings } from 'lucide-react';
import { useMemo } from 'react';
import type { SettingKey } from '../../../preload/contract/settings-facts.ts';
import { useQuery } from '../../hub/use-command.ts';
import { views } from '../../views.ts';
import { navigate } from '../ui-state.ts';
import type { PaletteItem, PaletteSource } from './palette-source.ts';

const viewId = 'settings';

export const settingsSource: PaletteSource = {
  ...{ id: 'settings', title: 'Settings', icon: Settings },
  useItems: useSettingItems,
  open: (key) => navigate(viewId, key),
};

/** A table has its name from what it is about: `worktrees` would stand before the worktrees themselves. */
function hasValue({ kind, isWhole }: SettingKey): boolean {
  return isWhole === true || (kind !== 'group' && kind !== 'rows');
}

/** None where no view shows them. */
function useSettingItems(): readonly PaletteItem[] {
  const isShown = views.some(({ id }) => id === viewId);
  const { result } = useQuery('settings.get', isShown ? {} : undefined);
  return useMemo(
    () =>
      (result?.keys ?? []).filter(hasValue).map(({ key, help }) => ({
        ...{ id: key, title: key, detail: help, keywords: [help, 'settings', 'config'] },
      })),
    [result],
  );
}
