/** Terminals: what the log knows of ptys. Their bytes have a way of their own, and who owns one reaches into it. */
import { terminals as contract } from '../../../preload/contract/terminals.ts';
import type { Result } from '../../base/result.ts';
import { reasonOf } from '../../base/result.ts';
import type { DecideContext, Decision, Feature, Life, Nothing } from '../../hub/feature.ts';
import { decided, feature, newEvent } from '../../hub/feature.ts';
import type { TerminalExit, Terminals } from './ports.ts';
import type { TerminalsState } from './slice.ts';
import { initialTerminals, ownerOf, reduceTerminals } from './slice.ts';

export type {
  CommandEnd,
  CommandRuns,
  RestoredScreen,
  TerminalAttachment,
  TerminalExit,
  Terminals,
  TerminalViewer,
} from './ports.ts';
export { terminalIdOf } from './slice.ts';

export function terminalsFeature(ports: {
  readonly terminals: Pick<Terminals, 'onExit'>;
}): Feature {
  return feature(contract, {
    initial: initialTerminals,
    version: 5,
    commands: { 'terminal.exited': { decide: decideExited } },
    queries: {},
    reduce: reduceTerminals,
    views: { terminal: { items: (state: TerminalsState) => state.byId } },
    topics: (event) => [`terminal/${(event.data as { terminalId: string }).terminalId}`],
    search: { 'terminal.exited': { text: ['agent'] } },
    describe: {
      'terminal.exited': ({ data }) => {
        const { agent, exitCode, signal } = data as {
          agent: string;
          exitCode: number | null;
          signal: string | null;
        };
        return `The program of ${agent} ended (${signal ?? `exit code ${exitCode ?? 'unknown'}`}).`;
      },
    },
    start: (life) => reportExits(ports.terminals, life),
  });
}

/** Told once by the host: what the log cannot take now (a full disk) is said again until it does. */
const reportAgainMs = 5_000;

function reportExits(terminals: Pick<Terminals, 'onExit'>, life: Life<TerminalsState>): void {
  const waiting = new Set<() => void>();
  const report = ({ id, exitCode, signal }: TerminalExit): void => {
    life
      .system({ type: 'terminal.exited', data: { terminalId: id, exitCode, signal } })
      .catch((error: unknown) => {
        life.logger.info(
          { terminal: id, error: reasonOf(error) },
          'the end of a terminal was not recorded; it is tried again, at last by recovery',
        );
        if (life.signal.aborted) return;
        const cancel = life.clock.schedule(() => {
          waiting.delete(cancel);
          report({ id, exitCode, signal });
        }, reportAgainMs);
        waiting.add(cancel);
      });
  };
  const undo = terminals.onExit(report);
  life.own(() => {
    undo();
    for (const cancel of waiting) cancel();
  });
}

function decideExited(
  { state }: DecideContext<TerminalsState>,
  data: { terminalId: string; exitCode: number | null; signal: string | null },
): Result<Decision<Nothing>> {
  const agent = ownerOf(state, data.terminalId);
  const isTold =
    state.byId.get(data.terminalId)?.state === 'exited' || state.early.has(data.terminalId);
  if (agent === undefined || isTold) return decided({}, []);
  return decided({}, [
    newEvent(contract, 'terminal.exited', { ...data, agent, expected: state.ending.has(agent) }),
  ]);
}
