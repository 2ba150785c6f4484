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
  nextInNeed: { keys: 'n', label: 'Next agent that needs you' },
  agentBefore: { keys: '`', label: 'Back to the agent before' },
  jump: { keys: 'f', label: 'Jump by the letters that appear; 1 to 9 go at once' },
  filterAgents: { keys: '/', label: 'Filter by name, branch or status' },
  choose: {
    keys: 'x',
    label:
      'Choose it, to say something to several or do something with them (Shift+click: a range)',
  },
  pin: { keys: 'p', label: 'Pin it first, or unpin it' },
  beside: { keys: 's', label: 'Put it side by side with others, or take it out' },
  density: { keys: 'd', label: 'Terminals, last lines, or a list' },
  showAlone: { keys: 'o', label: 'Show it alone' },
  showAll: { keys: 'Escape', label: 'One step back: choice, filter, then all agents' },
  leaveTerminal: { keys: 'Mod+Shift+L', label: 'Leave the terminal, back to the list' },
  nextTerminal: { keys: 'Mod+Shift+ArrowDown', label: 'Next terminal' },
  previousTerminal: { keys: 'Mod+Shift+ArrowUp', label: 'Previous terminal' },
  terminalInNeed: { keys: 'Mod+Shift+ArrowRight', label: 'Next terminal that needs you' },
  newestNotice: { keys: 'g g', label: 'What the newest notice is about' },
  dismissNotices: { keys: 'g x', label: 'Dismiss all notices' },
  terminalBefore: { keys: 'Mod+Shift+ArrowLeft', label: 'Back to the terminal before' },
} as const satisfies Readonly<Record<string, ShortcutHelp>>;
