import { Ellipsis, Pin, PinOff } from 'lucide-react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { keymap } from '../../shell/keymap.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { type AgentAction, actionsOf, standingActions, withheldOf } from './agent-actions.ts';
import { toggled } from './layout/stored-layout.ts';
import { useLayout } from './layout/use-layout.ts';
import { useAgentAction } from './use-agent-action.ts';

export function AgentMenu({ agent }: { agent: AgentRecord }) {
  const act = useAgentAction();
  const toItem = ({ id, title, icon, detail, danger }: AgentAction): MenuItem => ({
    label: title,
    icon,
    ...(detail !== undefined && { detail }),
    danger: danger ?? false,
    onSelect: () => act(id, agent),
  });
  const withheld = withheldOf(agent).map((action) => ({ ...toItem(action), disabled: true }));
  const now = actionsOf(agent);
  const groups = [
    [...now.filter(({ danger }) => !danger).map(toItem), ...withheld],
    [usePinItem(agent.id), ...standingActions.map(toItem)],
    now.filter(({ danger }) => danger).map(toItem),
  ];
  return (
    <Menu groups={groups}>
      <IconButton icon={Ellipsis} label={`More for ${agent.id}`} />
    </Menu>
  );
}

function usePinItem(id: string): MenuItem {
  const [{ pins }, changeLayout] = useLayout();
  const isPinned = pins.includes(id);
  return {
    label: isPinned ? 'Unpin' : 'Pin first',
    icon: isPinned ? PinOff : Pin,
    shortcut: keymap.pin.keys,
    onSelect: () => changeLayout({ pins: toggled(pins, id) }),
  };
}
