import { ListChecks } from 'lucide-react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { iconOf } from '../agent-actions.ts';
import { ableOf, type BulkAction, bulkActions, bulkVerbs, bulkWarning } from './bulk.ts';
import { useBulk } from './use-bulk.ts';

/** What can be done with all that are chosen, and with how many of them. */
export function BulkMenu({ agents }: { agents: readonly AgentRecord[] }) {
  const run = useBulk();
  const toItem = (action: BulkAction) => {
    const { able } = ableOf(agents, action);
    const warning = bulkWarning(action, able);
    return {
      label: `${bulkVerbs[action]} ${able.length}${warning ? '…' : ''}`,
      icon: iconOf(action),
      danger: warning !== undefined,
      disabled: able.length === 0,
      // All that are chosen: who is left out is told why.
      onSelect: () => run(action, warning ? able : agents.map(({ id }) => id)),
    };
  };
  const isAsked = (action: BulkAction) => bulkWarning(action, []) !== undefined;
  const groups = [
    bulkActions.filter((action) => !isAsked(action)).map(toItem),
    bulkActions.filter(isAsked).map(toItem),
  ];
  return (
    <Menu groups={groups}>
      <Button look="quiet" icon={ListChecks}>
        Actions
      </Button>
    </Menu>
  );
}
