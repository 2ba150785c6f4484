import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { presentAgent } from './present-agent.ts';

interface AgentDotProps {
  agent: AgentRecord;
  showWord?: boolean;
}

export function AgentDot({ agent, showWord }: AgentDotProps) {
  return <StatusDot {...presentAgent(agent)} showWord={showWord ?? false} />;
}
