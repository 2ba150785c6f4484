/** What a feature gives to the shell. A feature is one folder and one line in views.ts. */
import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { PaletteSource } from './palette/palette-source.ts';
import type { LazyPart } from '../ui/lazy-part.tsx';

export interface ViewBadge {
  readonly value: number;
  /** Read out after the number: `waiting`. */
  readonly what: string;
  /** True when the operator is what it waits for. */
  readonly loud?: boolean;
}

export interface PaletteCommand {
  /** Unique in the app and the same next time: recent commands are remembered by it. */
  readonly id: string;
  readonly title: string;
  /** What it belongs to, which finds it too: `Agents`. */
  readonly section: string;
  readonly icon?: LucideIcon;
  readonly shortcut?: string;
  /** Beside the title, quiet: `working`. */
  readonly detail?: string;
  /** Other words that find it. */
  readonly keywords?: readonly string[];
  readonly run: () => void;
}

export interface ShortcutHelp {
  /** What `[keys]` calls it after the id of the view; absent where its keys cannot be others. */
  readonly name?: string;
  readonly keys: string;
  readonly label: string;
}

/** What the tour says of a view, in two sentences, and what it points at. */
export interface TourStep {
  readonly text: string;
  /** Selectors, the best first: what is to be seen of the first that finds anything. */
  readonly anchors: readonly string[];
  /** Said where that is not there. */
  readonly missing?: string;
  /** The key that matters most there. */
  readonly keys?: ShortcutHelp;
}

/** Something that can be begun from anywhere. */
export interface ShellAction {
  /** What `[keys]` calls it, after `app.`. */
  readonly name: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Bound everywhere but in fields and terminals: `g n`. */
  readonly keys: string;
  readonly run: () => void;
}

export interface View {
  /** The feature's word; also the address `#/<id>`. */
  readonly id: string;
  readonly title: string;
  readonly icon: LucideIcon;
  /** What it is for, in one sentence. */
  readonly about: string;
  readonly tour?: TourStep;
  /** One letter: the view opens on `g` and then this. By position it also opens on Mod+1 to Mod+9. */
  readonly shortcut: string;
  /** Mounted while the view is shown; fills the centre and brings its own header (ui/view-header.tsx). */
  readonly Component: ComponentType & Partial<Pick<LazyPart<object>, 'preload'>>;
  /** Mounted always: dialogs that are opened from anywhere. */
  readonly Overlay?: ComponentType;
  /** In the sidebar, below the list of views. */
  readonly Sidebar?: ComponentType;
  /** As buttons above the list of views, by their keys, and in the overlay on `?`. */
  readonly actions?: readonly ShellAction[];
  /** A hook: how things stand, in a few words for the status bar. */
  readonly useStatus?: () => string;
  /** A hook: the count beside the title. */
  readonly useBadge?: () => ViewBadge | undefined;
  /** What the palette finds of it, by kind. */
  readonly paletteSources?: readonly PaletteSource[];
  /** A hook, called while the palette is open: what can be done that is about no one object. */
  readonly usePaletteCommands?: () => readonly PaletteCommand[];
  /** Keys that work in the view, for the overlay on `?`. */
  readonly shortcuts?: readonly ShortcutHelp[];
}

export function actionsOf(views: readonly View[]): readonly ShellAction[] {
  return views.flatMap(({ actions = [] }) => actions);
}
