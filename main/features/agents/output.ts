/**
 * What a program says on its terminal is a sign of life. Only that it said something is looked at, and only as often as
 * the age of an agent can change by it: its bytes never come near the log.
 */
import { reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import type { Terminals } from '../terminals/index.ts';
import type { Agent, AgentsState } from './slice.ts';
import { isNewlyHeard } from './slice.ts';

/** A look costs one pass over the running terminals, milliseconds. */
const lookMs = 5_000;

export function listenToOutput(
  terminals: Pick<Terminals, 'lastOutputs'>,
  life: Life<AgentsState>,
): void {
  let cancel = (): void => undefined;
  const look = async (): Promise<void> => {
    try {
      for (const { agent, heardMs } of heardIn(life.state(), await terminals.lastOutputs()))
        await life.system({ type: 'agent.heard', data: { agent, heardMs } });
    } catch (error) {
      if (!life.signal.aborted)
        life.logger.warn({ error: reasonOf(error) }, 'signs of life were not recorded');
    }
    if (!life.signal.aborted) cancel = life.clock.schedule(look, lookMs);
  };
  cancel = life.clock.schedule(look, lookMs);
  life.own(() => cancel());
}

function heardIn(
  { byId }: AgentsState,
  outputs: ReadonlyArray<{ readonly id: string; readonly atMs: number }>,
): Array<{ agent: string; heardMs: number }> {
  const heard = new Map(outputs.map(({ id, atMs }) => [id, atMs]));
  const isRunning = (agent: Agent) => agent.state === 'running';
  return byId
    .values()
    .filter(isRunning)
    .flatMap((agent) => {
      const heardMs = heard.get(agent.terminalId ?? '');
      return heardMs !== undefined && isNewlyHeard(agent, heardMs)
        ? [{ agent: agent.id, heardMs }]
        : [];
    });
}
