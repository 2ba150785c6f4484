/** What a feature lets the palette find: its objects, where each leads, and what can be done with it. */
import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { WireError } from '../../../preload/contract/errors.ts';

export interface PaletteItem {
  /** Unique in its source, and the same next time: what is used often is remembered by it. */
  readonly id: string;
  /** May be an agent's own words: it is shown as one harmless line. */
  readonly title: string;
  /** Beside the title, quiet. */
  readonly detail?: string;
  /** Other words that find it. */
  readonly keywords?: readonly string[];
  /** In place of the source's own. */
  readonly icon?: LucideIcon;
  readonly shortcut?: string;
  /** Where the part of the title begins that people mean: the name in a path. */
  readonly mainAt?: number;
  /** Found by typing alone: it is over, or waits for nobody. */
  readonly isQuiet?: boolean;
  /** In place of the source's own `open`. */
  readonly run?: () => void;
}

export interface PaletteVerb {
  readonly id: string;
  readonly title: string;
  readonly icon?: LucideIcon;
  readonly detail?: string;
  readonly shortcut?: string;
  /** It is asked about first, by what it runs. */
  readonly danger?: boolean;
  /** Why it cannot be done now: shown, so that who looks for it finds it. */
  readonly withheld?: string;
  readonly run: () => void;
}

/** What the hub is asked for while one types; nothing while `typed` is empty. */
export interface PaletteFound {
  readonly items: readonly PaletteItem[];
  readonly isLoading: boolean;
  readonly error?: WireError | undefined;
}

export interface PaletteSource {
  /** Unique in the app: `agents`. */
  readonly id: string;
  /** Heading of its section: `Agents`. */
  readonly title: string;
  readonly icon: LucideIcon;
  /** One sign that, typed first, asks for these alone. */
  readonly prefix?: string;
  /** How many are shown before anything is typed; the first of them. None where absent. */
  readonly atRest?: number;
  /** A hook, called while the palette is open. The same array until something changed, what matters most first. */
  readonly useItems?: () => readonly PaletteItem[];
  /** A hook: what only the hub can find. It waits for a pause in the typing itself. */
  readonly useFound?: (typed: string) => PaletteFound;
  /** Makes one of what was used before, where the page itself holds none of them. */
  readonly recall?: (id: string) => PaletteItem;
  /** How it stands, drawn for those that are shown. */
  readonly Mark?: ComponentType<{ readonly id: string }>;
  /** Goes there. */
  readonly open?: (id: string) => void;
  /** In place of `open`, a hook: it needs the hub. */
  readonly useOpen?: () => (id: string) => void;
  /** A hook: what can be done with it now, what `open` does first; undefined once it is gone. */
  readonly useVerbs?: (id: string) => readonly PaletteVerb[] | undefined;
}
