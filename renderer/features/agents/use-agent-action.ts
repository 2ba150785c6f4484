import { useCallback } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { runCommand } from '../../hub/use-command.ts';
import { navigate } from '../../shell/ui-state.ts';
import { type AgentActionId, warningOf } from './agent-actions.ts';
import { openAgentsDialog } from './agents-ui.ts';
import { copyText } from '../../ui/copy-text.ts';

type ActOn = (id: AgentActionId, agent: Pick<AgentRecord, 'id' | 'branch'>) => void;

/** Does an action, or asks first where work would leave sight. */
export function useAgentAction(): ActOn {
  const { bridge } = useHub();
  return useCallback<ActOn>(
    (id, agent) => {
      if (id === 'copy-branch') copyText(agent.branch);
      else if (id === 'show-recording') navigate('recordings', `agent/${agent.id}`);
      else if (id === 'set-limits') openAgentsDialog({ kind: 'limits', agent: agent.id });
      else if (id === 'show-inbox') openAgentsDialog({ kind: 'inbox', agent: agent.id });
      else if (warningOf(id, agent))
        openAgentsDialog({ kind: 'confirm', action: id, agent: agent.id });
      else void runCommand(bridge, id, { agent: agent.id });
    },
    [bridge],
  );
}
