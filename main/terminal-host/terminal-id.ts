/** `alpha` of `alpha.1`, of `<project>/alpha.1`, and of `alpha~setup.1`: errors speak of agents. */
export function agentOf(terminalId: string): string {
  const name = terminalId.slice(terminalId.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const [agent = name] = (dot > 0 ? name.slice(0, dot) : name).split('~');
  return agent;
}
