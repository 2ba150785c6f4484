/** What holds a merge back until its required gates have passed on exactly the tree that it leads to. */
import { runOfGate, neededGates, verdictOf } from '../../../preload/contract/gate-verdict.ts';
import type { GateCheck } from '../../../preload/contract/gates.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import { MusherError, musherError } from '../../base/result.ts';
import type { MergeGates, MergeResult, PassAsk } from '../approvals/index.ts';
import type { Board } from './board.ts';
import { concerns } from './choose.ts';
import type { GatesPorts, UnmetGate } from './ports.ts';
import { newestCheck, newestRun, runIn } from './slice.ts';

/** A target that somebody else moves again and again is left to them. */
const mostRounds = 5;

/** Not an error of anybody's: the merge is tried again once its gates have run. */
class GatesOpen extends Error {}

export function createMergeGates(ports: GatesPorts, board: Board): MergeGates {
  return {
    async pass(ask, work) {
      for (let round = 1; round <= mostRounds; round++) {
        let open: { result: MergeResult; tree: string } | undefined;
        try {
          return await work(async (result) => {
            const tree = await openTree({ ports, board, signal: ask.ctx.signal }, result);
            if (tree === undefined) return;
            open = { result, tree };
            throw new GatesOpen();
          });
        } catch (error) {
          if (!(error instanceof GatesOpen) || open === undefined) throw error;
        }
        await runAll(board, ask, open);
      }
      throw musherError('GATES_OVERTAKEN', { target: ask.target, count: mostRounds });
    },
  };
}

/** The tree on which a required gate has not passed; undefined when all have. */
async function openTree(
  { ports, board, signal }: { ports: GatesPorts; board: Board; signal: AbortSignal },
  { commit, from }: MergeResult,
): Promise<string | undefined> {
  const { gates, unreadable } = ports.settings();
  if (unreadable !== undefined) throw musherError('GATES_UNREADABLE', { path: unreadable });
  const required = gates.filter((gate) => gate.required);
  // The usual case costs nothing.
  if (required.length === 0) return undefined;
  const { tree, files } = await ports.gateTrees.look({ commit, from, signal });
  const isOpen = required.some(
    (gate) =>
      concerns(gate, files) &&
      newestRun(board.state(), { gate: gate.name, hash: gate.hash, tree })?.state !== 'passed',
  );
  return isOpen ? tree : undefined;
}

/** Resolves once all required ones have passed; throws GATES_FAILED when the last of them has ended otherwise. */
async function runAll(
  board: Board,
  { approval, target, ctx }: PassAsk,
  { result, tree }: { result: MergeResult; tree: string },
): Promise<void> {
  await ctx.dispatch({ type: 'gate.require', data: { approval, ...result } });
  const isMeant = (check: GateCheck) =>
    check.approval === approval && check.purpose === 'merge' && check.tree === tree;
  for (;;) {
    const state = board.state();
    const check = newestCheck(state, isMeant);
    const verdict = check === undefined ? 'red' : verdictOf(check, runIn(state));
    if (verdict === 'green') return;
    if (verdict === 'red') throw gatesFailed({ approval, target }, unmet(check, runIn(state)));
    await board.changed(ctx.signal);
  }
}

function unmet(check: GateCheck | undefined, runOf: ReturnType<typeof runIn>): UnmetGate[] {
  return neededGates(check ?? { gates: [] })
    .map((gate) => ({ gate: gate.gate, run: runOfGate(gate, runOf) }))
    .filter(({ run }) => run?.state !== 'passed')
    .map(({ gate, run }) => ({
      gate,
      state: run?.state ?? 'lost',
      exitCode: run?.exitCode,
      error: run?.error,
    }));
}

function gatesFailed(
  about: { approval: string; target: string },
  gates: readonly UnmetGate[],
): MusherError {
  const said = gates.map(sayUnmet).join(', ') || 'none is known';
  const wire = toWireError('GATES_FAILED', { ...about, gates: said });
  const rows = gates.map(({ gate, state, exitCode }) => ({ gate, state, exitCode }));
  return new MusherError({ ...wire, details: { ...about, gates: rows } });
}

function sayUnmet({ gate, state, exitCode }: UnmetGate): string {
  const code = typeof exitCode === 'number' && state === 'failed' ? ` (exit code ${exitCode})` : '';
  return `${gate} ${state.replace('_', ' ')}${code}`;
}
