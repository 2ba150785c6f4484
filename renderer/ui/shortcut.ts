/**
 * Shortcuts as text: `Mod+K`, `Shift+?`, `g i` (one key after the other), `Enter`, `Space`. `Mod` is Command on
 * a Mac and Control elsewhere. One spelling serves the handler, the tooltip, the palette and the overlay.
 */

/** The parts of a KeyboardEvent that decide; plain data, so tests need no DOM. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export const isMac =
  typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** One chord as it should be shown: `['Ctrl', 'K']`, or `['⌘', 'K']` on a Mac. */
export function toKeyCaps(chord: string, mac = isMac): string[] {
  return splitChord(chord).map((part) => capOf(part, mac));
}

/** The keys of a shortcut in order: one chord, or several for a sequence. */
export function toSequence(shortcut: string): string[] {
  return shortcut.split(' ');
}

/** As `aria-keyshortcuts` wants it: `Control+K`. */
export function toAriaShortcut(shortcut: string, mac = isMac): string {
  return shortcut.replaceAll('Mod', mac ? 'Meta' : 'Control');
}

/** True when the pressed key is this chord, no more and no fewer modifiers. */
export function matchesChord(press: KeyPress, chord: string, mac = isMac): boolean {
  const parts = splitChord(chord);
  const key = parts.at(-1) ?? '';
  const wanted = new Set(parts.slice(0, -1));
  const pressed = press.key === ' ' ? 'Space' : press.key;
  if (pressed.toLowerCase() !== key.toLowerCase()) return false;
  const modifier = mac ? press.metaKey : press.ctrlKey;
  const foreign = mac ? press.ctrlKey : press.metaKey;
  if (modifier !== wanted.has('Mod') || foreign || press.altKey !== wanted.has('Alt')) return false;
  // `?` and `A` already say Shift; only named keys and letters in lower case are told apart by it.
  return isNamedKey(key) || wanted.has('Shift') ? press.shiftKey === wanted.has('Shift') : true;
}

function splitChord(chord: string): string[] {
  return chord === '+' ? ['+'] : chord.split('+');
}

function isNamedKey(key: string): boolean {
  return key.length > 1 || /[a-z0-9]/i.test(key);
}

const macCaps: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' };
const caps: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Enter: '↵',
  Delete: 'Del',
};

function capOf(part: string, mac: boolean): string {
  const named = (mac ? macCaps[part] : undefined) ?? caps[part];
  return named ?? (part.length === 1 ? part.toUpperCase() : part);
}
