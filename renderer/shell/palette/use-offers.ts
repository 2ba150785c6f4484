/** Everything that can be found, while the palette is open. */
import { FolderGit2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { pageClock } from '../../hub/channel.ts';
import { readStored, writeStored } from '../../hub/storage.ts';
import { showProject, useProjects } from '../../hub/use-projects.ts';
import { views } from '../../views.ts';
import { navigate } from '../ui-state.ts';
import { commandSource, useCommandItems } from './command-source.ts';
import type { Asked, Offer } from './find-items.ts';
import type { PaletteItem, PaletteSource } from './palette-source.ts';
import { settingsSource } from './settings-source.ts';
import { afterUse, weightsOf } from './uses.ts';

const goTo: PaletteSource = {
  ...{ id: 'views', title: 'Go to', icon: FolderGit2, atRest: views.length },
  useItems: () => viewItems,
  open: (id) => navigate(id),
};

const viewItems: readonly PaletteItem[] = views.map(({ id, title, icon, shortcut }) => ({
  ...{ id, icon, title: `Go to ${title}`, shortcut: `g ${shortcut}` },
}));

const repositories: PaletteSource = {
  ...{ id: 'repositories', title: 'Other repositories', icon: FolderGit2, atRest: 3 },
  useItems: useRepositoryItems,
};

function useRepositoryItems(): readonly PaletteItem[] {
  const { others } = useProjects();
  return others.map((project) => ({
    ...{ id: project.id, title: `Switch to ${project.name}`, detail: project.root },
    keywords: ['repository', 'project'],
    run: () => showProject(project),
  }));
}

/** In the order in which they stand before anything is typed. */
export const paletteSources: readonly PaletteSource[] = [
  ...views.flatMap(({ paletteSources: own = [] }) => own),
  repositories,
  goTo,
  { ...commandSource, useItems: useCommandItems },
  // Last: they come a moment later, and what fits as well and was there before is meant.
  settingsSource,
];

export function useOffers({ only, text }: Asked, uses: ReadonlyMap<string, number>): Offer[] {
  return paletteSources.map((source) => {
    // biome-ignore lint/correctness/useHookAtTopLevel: the sources are a constant list, so the order never changes
    const items = source.useItems?.() ?? none;
    // biome-ignore lint/correctness/useHookAtTopLevel: the same
    const found = source.useFound?.(only === undefined || only === source ? text : '');
    const recalled = recall(source, uses);
    const all = recalled.length > 0 ? [...recalled, ...items] : items;
    return { source, items: all, ...(found && { found }) };
  });
}

/** Goes to one of a source. */
export function useOpen(): (source: PaletteSource, item: PaletteItem) => void {
  const ways = new Map(
    // biome-ignore lint/correctness/useHookAtTopLevel: the sources are a constant list, so the order never changes
    paletteSources.map(({ id, open, useOpen: useWay }) => [id, useWay?.() ?? open] as const),
  );
  return ({ id }, item) => {
    if (item.run) item.run();
    else ways.get(id)?.(item.id);
  };
}

const none: readonly PaletteItem[] = [];

function recall(source: PaletteSource, uses: ReadonlyMap<string, number>): readonly PaletteItem[] {
  const make = source.recall;
  if (make === undefined) return none;
  const prefix = `${source.id}/`;
  const own = [...uses.keys()].filter((key) => key.startsWith(prefix));
  return own.map((key) => make(key.slice(prefix.length)));
}

/** How much each was used in this repository, as it was when the palette was opened, and the way to tell of another use. */
export function useUses(): readonly [ReadonlyMap<string, number>, (key: string) => void] {
  const project = useProjects().shown?.id ?? '';
  const [stored] = useState(() => readStored('paletteUses', []));
  const weights = useMemo(() => weightsOf(stored, project, pageClock.now()), [stored, project]);
  const note = (key: string) =>
    writeStored('paletteUses', afterUse(stored, { project, key, nowMs: pageClock.now() }));
  return [weights, note];
}
