/** A hub with gates, over a played outside: what runs, and how it ends, is the test's to say. */
import { selectApprovals } from '../../main/features/approvals/index.ts';
import { selectGates } from '../../main/features/gates/slice.ts';
import { configSchema } from '../../preload/contract/config.ts';
import type { GateCheck, GateRun } from '../../preload/contract/gates.ts';
import { type Box, openBox } from './hub.ts';
import { hex, type Outside, world } from './hub-ports.ts';

export const testGate = { name: 'test', command: ['npm', 'test'] };
export const lint = { name: 'lint', command: ['npm', 'run', 'lint'], required: false };
export const commit = hex('a');
export const agent = { actor: 'agent:a' as const };

interface Open {
  readonly gates?: readonly object[];
  readonly review?: object;
}

export async function openWithGates({ gates = [testGate], review = {} }: Open = {}) {
  const played = world();
  const { outside } = played;
  outside.configs = [configSchema.parse({ gates, review })];
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a' });
  await box.settle();
  return { box, outside, ...looksOf(box, outside) };
}

export function looksOf(box: Box, outside: Outside) {
  const state = () => selectGates(box.hub.state());
  const terminalOf = (gate: string) =>
    [...outside.running.keys()].find((id) => id.startsWith(`gate--${gate}.`)) ?? 'none';
  return {
    runs: (): GateRun[] => state().runs.byId.values(),
    states: (): string[] =>
      state()
        .runs.byId.values()
        .map((run) => `${run.gate} ${run.state}`),
    checks: (): GateCheck[] => state().checks.values(),
    running: () => [...outside.running.keys()].filter((id) => id.startsWith('gate--')),
    terminalOf,
    async request(of = commit) {
      const { result } = await box.dispatch('approval.request', { commit: of }, agent);
      await box.settle();
      return (result as { approval: string }).approval;
    },
    async exits(gate: string, exitCode: number | null = 0, signal: string | null = null) {
      outside.exit({ id: terminalOf(gate), exitCode, signal });
      await box.settle();
    },
    async approve(approval: string, data: object = {}) {
      await box.dispatch('approval.approve', { approval, commit, ...data });
      await box.settle();
    },
    approval: (id: string) => selectApprovals(box.hub.state()).byId.get(id),
  };
}
