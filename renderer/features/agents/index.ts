import { SquareTerminal } from 'lucide-react';
import { keymap } from '../../shell/keymap.ts';
import type { View } from '../../shell/view.ts';
import { AgentsOverlay } from './agents-overlay.tsx';
import { AgentsView } from './agents-view.tsx';
import { useAgentCommands } from './use-agent-commands.ts';

export const agentsView: View = {
  id: 'agents',
  title: 'Agents',
  icon: SquareTerminal,
  shortcut: 'a',
  Component: AgentsView,
  Overlay: AgentsOverlay,
  usePaletteCommands: useAgentCommands,
  shortcuts: [
    keymap.nextAgent,
    keymap.previousAgent,
    keymap.typeIntoTerminal,
    keymap.showAlone,
    keymap.showAll,
    keymap.leaveTerminal,
    keymap.nextTerminal,
    keymap.previousTerminal,
    { keys: 'Mod+Enter', label: 'Send what is written below a terminal' },
  ],
};
