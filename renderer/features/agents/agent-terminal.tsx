interface AgentTerminalProps {
  terminalId: string;
  agent: string;
}

/** The live terminal of an agent. */
export function AgentTerminal({ terminalId, agent }: AgentTerminalProps) {
  return (
    <section
      className="min-h-0 flex-1"
      data-terminal={terminalId}
      aria-label={`Terminal of ${agent}`}
    />
  );
}
