/**
 * What a program says on its terminal is a sign of life. Only that it said something is looked at, its bytes never come
 * near the log: the exact time is a live record, and an event comes as often as the age of an agent can change by it.
 */
import { reasonOf } from '../../base/result.ts';
import type { Output } from '../../../preload/contract/agent-reports.ts';
import type { Table } from '../../../preload/contract/table.ts';
import type { Life } from '../../hub/feature.ts';
import type { LiveRecords } from '../../hub/live.ts';
import type { Terminals } from '../terminals/index.ts';
import type { Agent, AgentsState } from './slice.ts';
import { isNewlyHeard } from './view.ts';

/** A look costs one pass over the running terminals, milliseconds. */
const lookMs = 5_000;

export function listenToOutput(
  terminals: Pick<Terminals, 'lastOutputs'>,
  life: Life<AgentsState>,
): void {
  let cancel = (): void => undefined;
  const look = async (): Promise<void> => {
    try {
      const outputs = outputsOf(life.state(), await terminals.lastOutputs());
      showOutputs(life.live, outputs);
      for (const { agent, heardMs } of outputs)
        if (isNewlyHeard(agent, heardMs))
          await life.system({ type: 'agent.heard', data: { agent: agent.id, heardMs } });
    } catch (error) {
      if (!life.signal.aborted)
        life.logger.warn({ error: reasonOf(error) }, 'signs of life were not recorded');
    }
    if (!life.signal.aborted) cancel = life.clock.schedule(look, lookMs);
  };
  cancel = life.clock.schedule(look, lookMs);
  life.own(() => cancel());
}

interface AgentOutput {
  readonly agent: Agent;
  readonly heardMs: number;
}

/** Of those whose program runs and has said something. */
function outputsOf(
  { byId }: AgentsState,
  outputs: ReadonlyArray<{ readonly id: string; readonly atMs: number }>,
): AgentOutput[] {
  const heard = new Map(outputs.map(({ id, atMs }) => [id, atMs]));
  return byId.values().flatMap((agent) => {
    const heardMs = agent.state === 'running' ? heard.get(agent.terminalId ?? '') : undefined;
    return heardMs === undefined ? [] : [{ agent, heardMs }];
  });
}

function showOutputs(live: LiveRecords, outputs: readonly AgentOutput[]): void {
  const gone = new Set(live.of('output').keys());
  for (const { agent, heardMs } of outputs) {
    gone.delete(agent.id);
    if (lastOutput(live.of('output'), agent.id) !== heardMs)
      live.put('output', agent.id, { atMs: heardMs } satisfies Output);
  }
  for (const agent of gone) live.remove('output', agent);
}

function lastOutput(outputs: Table<unknown>, agent: string): number | undefined {
  return (outputs.get(agent) as Output | undefined)?.atMs;
}

/** When anything that can be seen was last done by it, Unix ms. */
export function lastHeard({ id, lastSeenMs }: Agent, outputs: Table<unknown>): number | undefined {
  const outputMs = lastOutput(outputs, id);
  return outputMs === undefined ? lastSeenMs : Math.max(outputMs, lastSeenMs ?? 0);
}
