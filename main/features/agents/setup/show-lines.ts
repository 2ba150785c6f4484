/** The last line that a chore's command wrote, live, while one runs: nothing is read and no timer is held otherwise. */
import type { Life } from '../../../hub/feature.ts';
import type { AgentsPorts } from '../effects.ts';
import type { AgentsState } from '../slice.ts';
import { isRunning } from './chores.ts';

const lookMs = 1_000;
const mostChars = 200;

export function showChoreLines(
  { terminals }: Pick<AgentsPorts, 'terminals'>,
  life: Life<AgentsState>,
): void {
  let cancel: (() => void) | undefined;
  let known: unknown;
  const running = () =>
    life
      .state()
      .byId.values()
      .filter(({ chore }) => isRunning(chore));
  const look = async (): Promise<void> => {
    const agents = running();
    const ids = new Set(agents.map(({ id }) => id));
    for (const id of life.live.of('choreLine').keys())
      if (!ids.has(id)) life.live.remove('choreLine', id);
    for (const { id, chore } of agents) {
      const shown = await lastLine(terminals, chore?.terminalId);
      const before = life.live.of('choreLine').get(id) as { line: string } | undefined;
      if (life.signal.aborted) return;
      if (shown !== undefined && shown !== before?.line)
        life.live.put('choreLine', id, { line: shown });
    }
    cancel = ids.size === 0 ? undefined : life.clock.schedule(look, lookMs);
  };
  const begin = (): void => {
    const { byId } = life.state();
    if (byId === known || life.signal.aborted) return;
    known = byId;
    if (cancel !== undefined || running().length === 0) return;
    cancel = life.clock.schedule(look, lookMs);
  };
  life.onTopics(begin);
  begin();
  life.own(() => cancel?.());
}

/** Undefined where it cannot be read now: it is looked at again. */
async function lastLine(
  { text }: Pick<AgentsPorts['terminals'], 'text'>,
  terminalId: string | undefined,
): Promise<string | undefined> {
  if (terminalId === undefined) return undefined;
  const screen = await text(terminalId).catch(() => undefined);
  const lines = screen?.text.split('\n').map((line) => line.trim()) ?? [];
  return lines.findLast((line) => line !== '')?.slice(0, mostChars);
}
