// What can happen to a hub with all features, as steps that a property test may put in any order.

import type { Table } from '../../preload/contract/table.ts';
import fc from 'fast-check';
import { musherError } from '../../main/base/result.ts';
import { selectAgents } from '../../main/features/agents/index.ts';
import { selectFindings } from '../../main/features/findings/index.ts';
import type { Box } from '../harness/hub.ts';
import { hex, type World } from '../harness/hub-ports.ts';
import { agent, anyone, command, name, operator, pick, type Step, text } from './command-step.ts';
import { conflictCommands } from './conflict-steps.ts';

const life = [...['start', 'stop', 'restart', 'pause', 'resume', 'destroy', 'revive', 'purge']].map(
  (verb) => `agent.${verb}`,
);
const policy = fc.constantFrom('never', 'on-failure', 'always');
const question = {
  text,
  options: fc.constantFrom([], ['x', 'y']),
  to: fc.constantFrom('operator', 'a', 'b'),
  timeoutMs: fc.constantFrom(undefined, 1_000, 60_000),
  default: fc.constantFrom(undefined, 'x', 'z'),
};
const said = fc.record({ choices: fc.constantFrom([], ['x']), text });
const commit = fc.constantFrom(hex('1'), hex('2'), hex('3'));
const commands = [
  command(operator, ['agent.add'], fc.record({ name, start: fc.boolean() })),
  command(operator, life, fc.record({ agent: name })),
  command(operator, ['agent.set_restart'], fc.record({ agent: name, policy })),
  command(
    agent,
    ['agent.report'],
    fc.record({ status: fc.constantFrom('working', 'done'), note: text }),
  ),
  command(
    agent,
    ['agent.hook'],
    fc.record({ event: fc.constantFrom('session', 'busy', 'idle', 'waiting', 'limit') }),
  ),
  command(
    anyone,
    ['message.send'],
    fc.record({ to: fc.constantFrom('a', 'b', '*', 'operator'), body: text }),
  ),
  command(anyone, ['learning.add'], fc.record({ text })),
  command(operator, ['learning.drop'], fc.constant({})),
  command(agent, ['inbox.ack'], fc.record({ upTo: fc.integer({ min: 1, max: 400 }) })),
  command(agent, ['question.ask'], fc.record(question)),
  command(anyone, ['question.answer', 'question.cancel'], said),
  command(agent, ['approval.request'], fc.record({ commit })),
  command(
    operator,
    ['approval.approve', 'approval.deny', 'approval.withdraw'],
    fc.record({ note: text }),
  ),
  ...conflictCommands,
];

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.oneof(...commands) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('exit' as const), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      ms: fc.constantFrom(999, 61_000, 31 * 60_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('fail' as const),
      deeds: fc.constantFrom('', 'provision', 'open', 'end', 'retire', 'merge', 'pin', 'replace'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: 'crash' as const }) },
);
const born: Step[] = ['a', 'b'].map((one) => ({
  ...{ does: 'command', type: 'agent.add', data: { name: one }, actor: 'operator', pick: 0 },
}));
/** Two agents, then anything. */
export const steps = fc
  .array(step, { maxLength: 60, size: 'max' })
  .map((rest) => [...born, ...rest]);

/** Takes a step that needs no new hub. Refusals are among what may happen. */
export async function take(box: Box, { outside }: World, one: Exclude<Step, { does: 'crash' }>) {
  if (one.does === 'wait') await box.advance(one.ms);
  else if (one.does === 'exit') await endTerminal(box, outside.running, one.pick);
  else if (one.does === 'fail')
    outside.before = (deed) => {
      if (one.deeds !== '' && deed.startsWith(one.deeds))
        throw musherError('GIT_FAILED', { subcommand: deed, reason: 'chance' });
    };
  else await box.dispatch(one.type, aimed(box, one), { actor: one.actor }).catch(() => undefined);
}

async function endTerminal(box: Box, running: Map<string, unknown>, at: number): Promise<void> {
  const terminalId = [...running.keys()][Math.floor(at * running.size)];
  if (terminalId === undefined) return;
  running.delete(terminalId);
  const told = box.hub.system({
    type: 'terminal.exited',
    data: { terminalId, exitCode: 1, signal: null },
  });
  await box.settle();
  await told;
}

/** Questions, approvals, notes and findings have names that only the hub knows. */
function aimed(box: Box, { type, data, pick: at }: Extract<Step, { does: 'command' }>): object {
  if (type === 'learning.drop') return { id: anyLearning(box, at) };
  const noun = type.split('.')[0] ?? '';
  if (noun === 'conflict') return { ...data, conflict: conflictAt(box, at) };
  if (/\.(ask|request)$/.test(type) || !['question', 'approval'].includes(noun)) return data;
  const slice = box.hub.state()[`${noun}s`] as {
    byId: Table<{ pin?: { commit: string } }>;
  };
  const ids = slice.byId.keys();
  const id = ids[Math.floor(at * ids.length)] ?? 'none-at-all';
  return { ...data, [noun]: id, commit: slice.byId.get(id)?.pin?.commit ?? hex('0') };
}

function conflictAt(box: Box, at: number): string {
  const { conflicts } = box.hub.state().conflicts as { conflicts: { byId: Table<unknown> } };
  const ids = conflicts.byId.keys();
  return ids[Math.floor(at * ids.length)] ?? 'none-at-all';
}

function anyLearning(box: Box, at: number): string {
  const { learnings } = box.hub.state() as { learnings: { byId: Table<unknown> } };
  const ids = [...learnings.byId.keys(), ...selectFindings(box.hub.state()).keys()];
  return ids[Math.floor(at * ids.length)] ?? 'none-at-all';
}

/** Agents by where they are, for a look at what a run came to. */
export function statesOf(box: Box): string[] {
  return selectAgents(box.hub.state())
    .byId.values()
    .map((agent) => agent.state);
}
