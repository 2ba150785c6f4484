import { Plus, SquareTerminal } from 'lucide-react';
import { keymap } from '../../shell/keymap.ts';
import type { View } from '../../shell/view.ts';
import { lazyView } from '../../ui/lazy-part.tsx';
import { AgentsOverlay } from './agents-overlay.tsx';
import { AgentsSidebar } from './agents-sidebar.tsx';
import { openAgentsDialog } from './agents-ui.ts';
import { agentSource } from './palette-source.tsx';
import { useAgentCommands } from './use-agent-commands.ts';
import { useAgentsStatus } from './use-agents-status.ts';

export { AgentDot } from './agent-dot.tsx';
export { openAgentsDialog } from './agents-ui.ts';
export { LimitGrant } from './limits/limit-grant.tsx';
export { byAge, reasonOf, sinceOf } from './present-agent.ts';
export { describeExit, isAtLimit, limitWord } from './agent-exit.ts';
export { useWaitingOf } from './use-waiting.ts';
export { useAgentAction } from './use-agent-action.ts';

export const agentsView: View = {
  id: 'agents',
  title: 'Agents',
  icon: SquareTerminal,
  about: 'Every agent with its terminal, its branch and how it is.',
  tour: {
    text: 'Each agent works in a terminal and a worktree of its own, so that none is in another’s way. Begin one here, watch it, and type into it whenever you like.',
    anchors: [
      'main article[aria-label]',
      'main [role="listbox"]',
      '[aria-label="New agent"]',
      'main h1',
    ],
    keys: { keys: 'g n', label: 'New agent, from anywhere' },
  },
  shortcut: 'a',
  Component: lazyView(async () => (await import('./agents-view.tsx')).AgentsView),
  Overlay: AgentsOverlay,
  Sidebar: AgentsSidebar,
  actions: [
    {
      name: 'new-agent',
      label: 'New agent',
      icon: Plus,
      keys: 'g n',
      run: () => openAgentsDialog({ kind: 'new' }),
    },
  ],
  useStatus: useAgentsStatus,
  paletteSources: [agentSource],
  usePaletteCommands: useAgentCommands,
  shortcuts: [
    keymap.nextAgent,
    keymap.previousAgent,
    keymap.nextInNeed,
    keymap.agentBefore,
    keymap.jump,
    keymap.filterAgents,
    keymap.typeIntoTerminal,
    keymap.choose,
    keymap.pin,
    keymap.beside,
    keymap.density,
    keymap.showAlone,
    keymap.showAll,
    keymap.leaveTerminal,
    keymap.nextTerminal,
    keymap.previousTerminal,
    keymap.terminalInNeed,
    keymap.terminalBefore,
    { keys: 'Mod+Enter', label: 'Send what is written below a terminal' },
  ],
};
