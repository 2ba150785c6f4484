/** Agents in the palette, each with all that can be done with it now. */
import { MessagesSquare, SquareTerminal, TextCursorInput } from 'lucide-react';
import { useMemo } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useRecord, useRecords } from '../../hub/use-records.ts';
import { itemsOf } from '../../shell/palette/items-of.ts';
import type {
  PaletteItem,
  PaletteSource,
  PaletteVerb,
} from '../../shell/palette/palette-source.ts';
import { navigate } from '../../shell/ui-state.ts';
import { type AgentAction, actionsOf, standingActions, withheldOf } from './agent-actions.ts';
import { AgentDot } from './agent-dot.tsx';
import { selectAgent, wantTyping } from './agents-ui.ts';
import { byAge, presentAgent } from './present-agent.ts';
import { useAgentAction } from './use-agent-action.ts';

export const agentSource: PaletteSource = {
  ...{ id: 'agents', title: 'Agents', icon: SquareTerminal, prefix: '@', atRest: 5 },
  useItems: useAgentItems,
  Mark: AgentMark,
  open: show,
  useVerbs: useAgentVerbs,
};

const toItems = itemsOf<AgentRecord>((agent) => ({
  ...{ id: agent.id, title: agent.id, isQuiet: agent.state === 'destroyed' },
  ...(agent.branch !== `agent/${agent.id}` && { detail: agent.branch }),
  keywords: [agent.branch, agent.profile, presentAgent(agent).word],
}));

function useAgentItems(): readonly PaletteItem[] {
  const agents = useRecords('agent');
  return useMemo(() => toItems([...agents].sort(byAge)), [agents]);
}

function AgentMark({ id }: { id: string }) {
  const agent = useRecord('agent', id);
  return agent ? <AgentDot agent={agent} showWord /> : null;
}

function show(id: string): void {
  navigate('agents', `agent/${id}`);
}

function useAgentVerbs(id: string): readonly PaletteVerb[] | undefined {
  const agent = useRecord('agent', id);
  const act = useAgentAction();
  if (agent === undefined) return undefined;
  const toVerb = (action: AgentAction): PaletteVerb => ({
    ...action,
    run: () => act(action.id, agent),
  });
  const now = actionsOf(agent);
  const isThere = agent.state !== 'destroyed';
  return [
    { id: 'show', title: 'Show', icon: SquareTerminal, run: () => show(id) },
    ...(agent.state === 'running' && agent.terminalId !== undefined ? [typeInto(id)] : []),
    ...(isThere ? [message(id)] : []),
    ...now.filter(({ danger }) => !danger).map(toVerb),
    ...withheldOf(agent)
      .filter(() => isThere)
      .map((action) => ({ ...toVerb(action), withheld: action.detail ?? 'Not now' })),
    ...standingActions.map(toVerb),
    ...now.filter(({ danger }) => danger).map(toVerb),
  ];
}

function typeInto(id: string): PaletteVerb {
  return {
    ...{ id: 'type', title: 'Type into its terminal', icon: TextCursorInput },
    run: () => {
      selectAgent(id);
      show(id);
      wantTyping(id);
    },
  };
}

function message(id: string): PaletteVerb {
  return {
    ...{ id: 'message', title: 'Message', icon: MessagesSquare },
    run: () => navigate('messages', `agent/${id}`),
  };
}
