/** What the operator does on this page: where they are and what is open. Never mirrored, never sent. */
import { create } from 'zustand';
import { readStored, type StoredValue, writeStored } from '../hub/storage.ts';
import { isFolded } from '../ui/use-media.ts';
import { type Place, parseHash, toHash } from '../../preload/contract/place.ts';

/** `sidebar`: above the page, where the window is too small for it to stand beside. */
export type ShellOverlay = 'palette' | 'shortcuts' | 'help' | 'sidebar';

interface UiState {
  readonly place: Place;
  readonly overlay: ShellOverlay | undefined;
  readonly sidebar: StoredValue<'sidebar'>;
}

const home: Place = { view: 'inbox' };

export const useUi = create<UiState>(() => ({
  place: parseHash(location.hash) ?? home,
  overlay: undefined,
  sidebar: readStored('sidebar', { open: true, widthPx: 232 }),
}));

/** Goes somewhere; the browser's back returns. */
export function navigate(view: string, target?: string): void {
  const place: Place = target === undefined ? { view } : { view, target };
  const hash = toHash(place);
  if (location.hash !== hash) history.pushState(null, '', hash);
  useUi.setState({ place, overlay: undefined });
}

/** Says where one is more exactly, without a step that the browser's back would take: what is typed into a filter. */
export function amendPlace(target: string | undefined): void {
  const { view } = useUi.getState().place;
  const place: Place = target === undefined ? { view } : { view, target };
  history.replaceState(null, '', toHash(place));
  useUi.setState({ place });
}

/** Follows the browser's back and forward. Returns the disposer. */
export function startFollowingHistory(): () => void {
  const follow = () => useUi.setState({ place: parseHash(location.hash) ?? home });
  addEventListener('popstate', follow);
  return () => removeEventListener('popstate', follow);
}

export function toggleOverlay(overlay: ShellOverlay): void {
  useUi.setState((old) => ({ overlay: old.overlay === overlay ? undefined : overlay }));
}

export function closeOverlay(): void {
  useUi.setState({ overlay: undefined });
}

export function toggleSidebar(): void {
  if (isFolded.matches) toggleOverlay('sidebar');
  else keepSidebar({ open: !useUi.getState().sidebar.open });
}

export function keepSidebar(change: Partial<StoredValue<'sidebar'>>): void {
  const sidebar = { ...useUi.getState().sidebar, ...change };
  useUi.setState({ sidebar });
  writeStored('sidebar', sidebar);
}
