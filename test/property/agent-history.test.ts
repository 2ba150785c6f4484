// Whatever happens to agents, their history is what their records said, in that order, whichever way it is read.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import { type Box, openBox } from '../harness/hub.ts';
import { type MemoryStore, memoryStore } from '../harness/hub-memory-store.ts';
import { type World, world } from '../harness/hub-ports.ts';
import type { Step } from './command-step.ts';
import { steps, take } from './hub-steps.ts';
import { rounds } from '../harness/rounds.ts';

interface Change {
  readonly seq: number;
  readonly state: string;
  readonly status: AgentRecord['status'];
  readonly liveness: string;
}

interface Run {
  readonly played: World;
  readonly store: MemoryStore;
  box: Box;
  /** By agent: what its record said after each step, oldest first. */
  readonly seen: Map<string, string[]>;
}

const say = ({ state, status, liveness }: Omit<Change, 'seq'>): string =>
  `${state}: ${status.value} by ${status.source} (${status.note ?? ''}), ${liveness}`;

async function recordsOf(box: Box): Promise<AgentRecord[]> {
  return ((await box.ask('agent.list', { all: true })) as { agents: AgentRecord[] }).agents;
}

async function look({ box, seen }: Run): Promise<void> {
  const records = await recordsOf(box);
  const there = new Set(records.map(({ id }) => id));
  for (const id of seen.keys()) if (!there.has(id)) seen.delete(id);
  for (const record of records) {
    const told = seen.get(record.id) ?? [];
    const now = say(record);
    if (told.at(-1) !== now) seen.set(record.id, [...told, now]);
  }
}

async function historyOf(box: Box, agent: string, limit: number): Promise<Change[]> {
  const all: Change[] = [];
  let before: number | undefined;
  do {
    const page = (await box.ask('agent.history', {
      ...{ agent, limit },
      ...(before && { before }),
    })) as { changes: Change[]; next?: number };
    all.push(...page.changes);
    before = page.next;
  } while (before !== undefined);
  return all.reverse();
}

/** What was seen after each step is in it, in that order. */
function expectInOrder(seen: readonly string[], told: readonly string[]): void {
  let from = 0;
  for (const one of seen) {
    const at = told.indexOf(one, from);
    expect(at, `${one} in\n${told.slice(from).join('\n')}`).toBeGreaterThanOrEqual(0);
    from = at;
  }
}

async function next(run: Run, step: Step): Promise<void> {
  if (step.does === 'crash') {
    run.box.crash();
    run.box = await openBox({ features: run.played.features, store: run.store });
  } else await take(run.box, run.played, step);
  await run.box.settle();
}

it('history is what was shown, by page and whole', async () => {
  let changes = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const played = world();
      const store = memoryStore();
      const box = await openBox({ features: played.features, store });
      const run: Run = { played, store, box, seen: new Map() };
      for (const step of all) {
        await next(run, step);
        await look(run);
      }
      for (const { id, ...now } of await recordsOf(run.box)) {
        const history = await historyOf(run.box, id, 500);
        const told = history.map(say);
        expect(told.at(-1)).toBe(say(now));
        expectInOrder(run.seen.get(id) ?? [], told);
        const paged = await historyOf(run.box, id, 3);
        expect(paged).toEqual(history);
        changes += told.length;
      }
      await run.box.hub.stop();
    }),
    { numRuns: rounds(20, 2_000) },
  );
  expect(changes).toBeGreaterThan(rounds(60, 10_000));
});
