/**
 * Keys by what they do: bound, shown in headers and listed in the overlay from here, so that a change here is a change
 * everywhere. Those of terminals reach the page from inside one, so no program there ever gets them. They are chords
 * that terminals cannot tell programs of (Control+Shift and a letter), or leave to the emulator (with arrows), and that
 * no browser keeps for itself.
 */
import type { ShortcutHelp } from './view.ts';

export const keymap = {
  nextAgent: { name: 'next', keys: ']', label: 'Next agent (j)' },
  previousAgent: { name: 'previous', keys: '[', label: 'Previous agent (k)' },
  typeIntoTerminal: { keys: 'Enter', label: 'Type into its terminal' },
  nextInNeed: { name: 'next-in-need', keys: 'n', label: 'Next agent that needs you' },
  agentBefore: { name: 'before', keys: '`', label: 'Back to the agent before' },
  jump: { name: 'jump', keys: 'f', label: 'Jump by the letters that appear; 1 to 9 go at once' },
  filterAgents: { name: 'filter', keys: '/', label: 'Filter by name, branch or status' },
  choose: {
    name: 'choose',
    keys: 'x',
    label:
      'Choose it, to say something to several or do something with them (Shift+click: a range)',
  },
  pin: { name: 'pin', keys: 'p', label: 'Pin it first, or unpin it' },
  beside: { name: 'beside', keys: 's', label: 'Put it side by side with others, or take it out' },
  density: { name: 'density', keys: 'd', label: 'Terminals, last lines, or a list' },
  showAlone: { name: 'alone', keys: 'o', label: 'Show it alone' },
  showAll: { keys: 'Escape', label: 'One step back: choice, filter, then all agents' },
  leaveTerminal: {
    name: 'leave-terminal',
    keys: 'Mod+Shift+L',
    label: 'Leave the terminal, back to the list',
  },
  nextTerminal: { name: 'next-terminal', keys: 'Mod+Shift+ArrowDown', label: 'Next terminal' },
  previousTerminal: {
    name: 'previous-terminal',
    keys: 'Mod+Shift+ArrowUp',
    label: 'Previous terminal',
  },
  terminalInNeed: {
    name: 'terminal-in-need',
    keys: 'Mod+Shift+ArrowRight',
    label: 'Next terminal that needs you',
  },
  newestNotice: { name: 'newest-notice', keys: 'g g', label: 'What the newest notice is about' },
  dismissNotices: { name: 'dismiss-notices', keys: 'g x', label: 'Dismiss all notices' },
  terminalBefore: {
    name: 'terminal-before',
    keys: 'Mod+Shift+ArrowLeft',
    label: 'Back to the terminal before',
  },
} as const satisfies Readonly<Record<string, ShortcutHelp>>;
