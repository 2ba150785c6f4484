/** Agents without a program, and programs without an agent. Pure. */

export interface RunningAgent {
  readonly id: string;
  readonly session: number;
  readonly state: string;
  readonly terminalId?: string | undefined;
}

/** In these a terminal of its newest session may run. */
const mayRun: ReadonlySet<string> = new Set([
  ...['starting', 'running', 'stopping', 'restarting', 'destroying'],
]);

/**
 * Ids of terminals whose program is gone and of whose end nobody has heard. `before`: agents as they were when the host was asked
 * what runs; who was only starting then is not missed. `now`: what is so since counts as well.
 */
export function findEnded(
  {
    before,
    now,
  }: { readonly before: readonly RunningAgent[]; readonly now: readonly RunningAgent[] },
  runs: ReadonlySet<string>,
): string[] {
  const stillRuns = new Set(now.filter(isRunning).map(({ terminalId }) => terminalId));
  return before
    .filter(isRunning)
    .map(({ terminalId = '' }) => terminalId)
    .filter((id) => id !== '' && !runs.has(id) && stillRuns.has(id));
}

const isRunning = ({ state }: RunningAgent) => state === 'running';

/** Of terminals that run: those of no agent that may have one. */
export function findUnclaimed(
  agents: readonly RunningAgent[],
  runs: ReadonlySet<string>,
  terminalIdOf: (agent: string, session: number) => string,
): string[] {
  const claimed = new Set(
    agents.filter(({ state }) => mayRun.has(state)).map((one) => terminalIdOf(one.id, one.session)),
  );
  return [...runs].filter((id) => !claimed.has(id));
}
