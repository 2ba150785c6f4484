/** What a key does before the program gets it. */
import { matchesChord } from '../../ui/shortcut.ts';

export interface TerminalKeyActions {
  /** True for keys that belong to the app; they go on to the page. */
  isAppKey(event: KeyboardEvent): boolean;
  send(data: string): void;
  copy(): void;
  hasSelection(): boolean;
  find(): void;
  zoom(by: -1 | 0 | 1): void;
  /** Older lines are shown. */
  isScrolledUp(): boolean;
  jumpToEnd(): void;
}

/** While older lines are shown; else it is the program's. */
export const jumpKeys = 'Shift+End';

/** What agents take for a line end that is not Enter. */
const lineBreak = '\x1b\r';
const zooms: Readonly<Record<string, -1 | 0 | 1>> = { '+': 1, '=': 1, '-': -1, '0': 0 };

/** For xterm: false keeps the key from the program. */
export function handleTerminalKey(
  event: KeyboardEvent,
  actions: TerminalKeyActions,
  isMac: boolean,
): boolean {
  // While an input method composes, every key is its own.
  if (isComposing(event)) return true;
  if (actions.isAppKey(event)) return false;
  const run = actionOf(event, actions, isMac);
  if (run === undefined) return true;
  if (event.type === 'keydown') run();
  event.preventDefault();
  return false;
}

function actionOf(
  event: KeyboardEvent,
  actions: TerminalKeyActions,
  isMac: boolean,
): (() => void) | undefined {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
  const isPlain = !ctrlKey && !metaKey && !altKey;
  if (key === 'Enter' && shiftKey && isPlain) return () => actions.send(lineBreak);
  if (matchesChord(event, jumpKeys) && actions.isScrolledUp()) return actions.jumpToEnd;
  const hasModifier = isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  if (!hasModifier || altKey) return undefined;
  const zoom = zooms[key];
  if (zoom !== undefined) return () => actions.zoom(zoom);
  const letter = key.toLowerCase();
  if (letter === 'f' && shiftKey) return actions.find;
  // Without Shift, Control+C is for the program.
  const isCopy = letter === 'c' && (isMac ? actions.hasSelection() : shiftKey);
  return isCopy ? actions.copy : undefined;
}

const composeKeyCode = 229;

/** The first key of a composition comes before the page knows of it, and has this code only. */
function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === composeKeyCode;
}

/** Control+Shift+V, and Command+V on a Mac: the browser pastes, so the program must not get the key. */
export function isPasteKey(
  { key, shiftKey, ctrlKey, metaKey }: KeyboardEvent,
  isMac: boolean,
): boolean {
  if (key.toLowerCase() !== 'v') return false;
  return isMac ? metaKey : ctrlKey && shiftKey;
}
