/** Runs the gates of what agents ask for, while nobody has looked at it yet; and shows pages which gates there are. */
import type { GateDefinition } from '../../../preload/contract/gates.ts';
import { levelOf, reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import { selectApprovals } from '../approvals/index.ts';
import { inboxTopic } from '../messages/index.ts';
import type { Gate, GatesPorts } from './ports.ts';
import { type GatesState, newestCheck } from './slice.ts';

export function watchRequests(ports: GatesPorts, life: Life<GatesState>): void {
  /** What a merge of it comes to could not be said: it is not asked again and again. */
  let tried = new Set<string>();
  const look = (): void => {
    if (life.signal.aborted) return;
    const { byId } = selectApprovals(life.hub());
    const open = pendingWithout(ports, life).filter((id) => !tried.has(id));
    tried = new Set([...[...tried].filter((id) => byId.has(id)), ...open]);
    for (const approval of open) void plan(life, approval);
  };
  life.onTopics((topics) => topics.includes(inboxTopic('operator')) && look());
  life.own(
    ports.onSettings(() => {
      tried.clear();
      showGates(ports, life);
      look();
    }),
  );
  showGates(ports, life);
  look();
}

function pendingWithout(ports: GatesPorts, life: Life<GatesState>): string[] {
  const { gates, when } = ports.settings();
  if (gates.length === 0 || when === 'on-approve') return [];
  return selectApprovals(life.hub())
    .byId.values()
    .filter(({ state, id }) => {
      const isKnown = () => newestCheck(life.state(), (check) => check.approval === id);
      return state === 'pending' && isKnown() === undefined;
    })
    .map(({ id }) => id);
}

async function plan(life: Life<GatesState>, approval: string): Promise<void> {
  try {
    await life.system({ type: 'gate.plan', data: { approval } });
  } catch (error) {
    // That it conflicts, say, is told when it is approved.
    if (life.signal.aborted) return;
    const level = levelOf(error) === 'error' ? 'warn' : 'info';
    life.logger[level]({ approval, error: reasonOf(error) }, 'the gates of a request do not run');
  }
}

function showGates({ settings }: GatesPorts, { live }: Life<GatesState>): void {
  const { gates } = settings();
  const names = new Set(gates.map(({ name }) => name));
  for (const name of live.of('gate').keys()) if (!names.has(name)) live.remove('gate', name);
  for (const gate of gates) live.put('gate', gate.name, toDefinition(gate));
}

export function toDefinition({ env: _env, hash: _hash, ...gate }: Gate): GateDefinition {
  return { ...gate, command: [...gate.command], paths: [...gate.paths] };
}
