import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { TerminalRecord } from '../../../preload/contract/terminals.ts';
import { useConnection } from '../../hub/connection.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { isAppKey } from '../../shell/use-shortcuts.ts';
import { TerminalView } from '../terminals/index.ts';
import { useAgentsUi, wantTyping } from './agents-ui.ts';
import { endingOf } from './present-agent.ts';
import { useAgentAction } from './use-agent-action.ts';
import { useOpenFile } from './use-open-file.ts';

interface AgentTerminalProps {
  agent: AgentRecord;
  terminal: TerminalRecord;
}

/** The live terminal of an agent. It has the keyboard when the operator asked for that, and never by being shown. */
export function AgentTerminal({ agent, terminal }: AgentTerminalProps) {
  const { bridge } = useHub();
  const act = useAgentAction();
  const openFile = useOpenFile(agent);
  const isLive = useConnection().state === 'live';
  const wantsTyping = useAgentsUi((state) => state.wantsTyping === agent.id);
  return (
    <TerminalView
      key={terminal.id}
      agentTerminalId={terminal.id}
      bridge={bridge}
      label={`Terminal of ${terminal.agent}`}
      runKey={terminal.pid}
      active={wantsTyping}
      onFocused={() => wantTyping(undefined)}
      isReconnecting={!isLive}
      ending={endingOf(agent)}
      isAppKey={isAppKey}
      onOpenFile={openFile}
      onRestart={() => act('agent.start', agent)}
    />
  );
}
