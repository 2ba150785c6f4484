import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { TerminalRecord } from '../../../preload/contract/terminals.ts';
import { useConnection } from '../../hub/connection.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { isAppKey } from '../../shell/use-shortcuts.ts';
import { TerminalView } from '../terminals/terminal-view.tsx';
import { endingOf } from './present-agent.ts';
import { useAgentAction } from './use-agent-action.ts';

interface AgentTerminalProps {
  agent: AgentRecord;
  terminal: TerminalRecord;
  /** It has the view for itself, so it takes the keyboard when it is opened. */
  isAlone: boolean;
}

/** The live terminal of an agent. */
export function AgentTerminal({ agent, terminal, isAlone }: AgentTerminalProps) {
  const { bridge } = useHub();
  const act = useAgentAction();
  const isLive = useConnection().state === 'live';
  return (
    <TerminalView
      key={terminal.id}
      agentTerminalId={terminal.id}
      bridge={bridge}
      label={`Terminal of ${terminal.agent}`}
      runKey={terminal.pid}
      focusOnMount={isAlone}
      isReconnecting={!isLive}
      ending={endingOf(agent)}
      isAppKey={isAppKey}
      onRestart={() => act('agent.start', agent)}
    />
  );
}
