/** What can be done that is about no one object, as the views and the app offer it. */
import { SquareChevronRight } from 'lucide-react';
import { useAllCommands } from '../use-shell-commands.ts';
import type { PaletteItem, PaletteSource } from './palette-source.ts';

export const commandSource: PaletteSource = {
  ...{ id: 'commands', title: 'Commands', icon: SquareChevronRight, prefix: '>', atRest: 80 },
};

export function useCommandItems(): readonly PaletteItem[] {
  return useAllCommands().map(({ section, keywords = [], ...command }) => ({
    ...command,
    keywords: [...keywords, section],
  }));
}
