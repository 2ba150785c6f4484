/**
 * Keys by what they do: bound, shown in headers and listed in the overlay from here, so that a change here is a change
 * everywhere. Those of terminals reach the page from inside one, so no program there ever gets them. They are chords
 * that terminals cannot tell programs of (Control+Shift and a letter), or leave to the emulator (with arrows), and that
 * no browser keeps for itself.
 */
import type { ShortcutHelp } from './view.ts';

export const keymap = {
  nextAgent: { keys: ']', label: 'Next agent (j)' },
  previousAgent: { keys: '[', label: 'Previous agent (k)' },
  typeIntoTerminal: { keys: 'Enter', label: 'Type into its terminal' },
  showAlone: { keys: 'o', label: 'Show it alone' },
  showAll: { keys: 'Escape', label: 'Show all agents' },
  leaveTerminal: { keys: 'Mod+Shift+L', label: 'Leave the terminal, back to the list' },
  nextTerminal: { keys: 'Mod+Shift+ArrowDown', label: 'Next terminal' },
  previousTerminal: { keys: 'Mod+Shift+ArrowUp', label: 'Previous terminal' },
} as const satisfies Readonly<Record<string, ShortcutHelp>>;
