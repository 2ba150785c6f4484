/** Every key of the config files, by its name or by what it is for. */
import { Settings } from 'lucide-react';
import { useMemo } from 'react';
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

/** None where no view shows them. */
function useSettingItems(): readonly PaletteItem[] {
  const isShown = views.some(({ id }) => id === viewId);
  const { result } = useQuery('settings.get', isShown ? {} : undefined);
  return useMemo(
    () =>
      (result?.keys ?? []).map(({ key, help }) => ({
        ...{ id: key, title: key, detail: help, keywords: [help, 'settings', 'config'] },
      })),
    [result],
  );
}
