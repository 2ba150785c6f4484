import { SquareTerminal } from 'lucide-react';
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
    { keys: ']', label: 'Next agent' },
    { keys: '[', label: 'Previous agent' },
    { keys: 'Escape', label: 'Show all agents' },
    { keys: 'Mod+Enter', label: 'Send what is written below a terminal' },
  ],
};
