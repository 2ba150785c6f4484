import { Ellipsis } from 'lucide-react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { type AgentAction, actionsOf, standingActions } from './agent-actions.ts';
import { useAgentAction } from './use-agent-action.ts';

export function AgentMenu({ agent }: { agent: AgentRecord }) {
  const act = useAgentAction();
  const toItem = ({ id, title, icon, danger }: AgentAction): MenuItem => ({
    label: title,
    icon,
    danger: danger ?? false,
    onSelect: () => act(id, agent),
  });
  const now = actionsOf(agent);
  const groups = [
    now.filter(({ danger }) => !danger),
    standingActions,
    now.filter(({ danger }) => danger),
  ];
  return (
    <Menu groups={groups.map((group) => group.map(toItem))}>
      <IconButton icon={Ellipsis} label={`More for ${agent.id}`} />
    </Menu>
  );
}
