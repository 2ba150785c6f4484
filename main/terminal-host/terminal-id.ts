/** `alpha` of `alpha.1`: errors speak of agents. */
export function agentOf(terminalId: string): string {
  const dot = terminalId.lastIndexOf('.');
  return dot > 0 ? terminalId.slice(0, dot) : terminalId;
}
