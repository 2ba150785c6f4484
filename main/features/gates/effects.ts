/**
 * The work behind one run, from its checkout to its last lines. It may come again after a crash at any point: what runs is waited for, what has
 * ended is asked for, and what never began begins.
 */
import { musherError, wireOf } from '../../base/result.ts';
import type { EffectContext, EffectHandler, SystemCommand } from '../../hub/feature.ts';
import type { Board } from './board.ts';
import type { RunData } from './decide.ts';
import { type Exit, findTerminal, watchExit } from './exits.ts';
import type { Gate, GatesPorts } from './ports.ts';
import type { Seats } from './seats.ts';

/** How long a program may take to end by itself before it is killed, milliseconds. */
const endGraceMs = 5_000;
/** They wait for seats, of which there are few; more than can be queued. */
const atOnce = 100;
/** Wide enough for what tests print. */
const size = { cols: 120, rows: 32 };

export interface GateParts {
  readonly ports: GatesPorts;
  readonly board: Board;
  readonly seats: Seats;
}

export function gateEffects(parts: GateParts): Readonly<Record<string, EffectHandler<never>>> {
  const { gateTerminals } = parts.ports;
  const run: EffectHandler<RunData> = {
    atOnce,
    async run(data, ctx) {
      const slot = await parts.seats.take(data.run, ctx.signal);
      if (slot === undefined) return undefined;
      try {
        return await runOn(parts, { ...data, slot }, ctx);
      } catch (error) {
        // Whoever has the checkout next is alone in it.
        if (!ctx.signal.aborted)
          await gateTerminals.end(data.terminalId, endGraceMs).catch(() => undefined);
        throw error;
      } finally {
        parts.seats.leave(slot);
      }
    },
    failed: ({ run: id }, error) => ended(id, { error: wireOf(error) }),
  };
  const end: EffectHandler<{ run: string; terminalId: string }> = {
    atOnce,
    async run({ terminalId }) {
      // One that waits for its turn has no terminal.
      parts.board.wake();
      await gateTerminals.end(terminalId, endGraceMs);
      return undefined;
    },
    failed: ({ run: id }, error) => ended(id, { error: wireOf(error) }),
  };
  return { 'gate.run': run, 'gate.end': end } as Record<string, EffectHandler<never>>;
}

interface Ended {
  readonly exit?: Exit;
  readonly lastLines?: string[];
  readonly error?: ReturnType<typeof wireOf>;
  readonly isLate?: boolean;
}

function ended(run: string, data: Ended): SystemCommand {
  return { type: 'gate.ended', data: { run, ...data } };
}

type Seated = RunData & { readonly slot: number };

async function runOn(parts: GateParts, data: Seated, ctx: EffectContext): Promise<SystemCommand> {
  const { ports, board } = parts;
  const { run, terminalId, slot } = data;
  const known = board.run(run);
  const watch = watchExit(ports.gateTerminals, terminalId, ctx.signal);
  try {
    if (known?.state === 'queued')
      await ctx.dispatch({ type: 'gate.started', data: { run, slot } });
    const found =
      known?.slot === undefined ? undefined : await findTerminal(ports.gateTerminals, terminalId);
    if (found?.is === 'over') return await over(parts, data, { exit: found.exit, isLate: true });
    const isGone = found?.is === 'gone' && known?.startedMs !== undefined;
    if (isGone) return await over(parts, data, { isLate: true });
    if (found?.is !== 'running' && !(await open(parts, data, ctx))) return ended(run, {});
    if (known?.startedMs === undefined) await ctx.dispatch({ type: 'gate.opened', data: { run } });
    // It was to end before there was anything to end.
    if (board.run(run)?.ending !== undefined) await ports.gateTerminals.end(terminalId, endGraceMs);
    return await over(parts, data, { exit: await watch.exit });
  } finally {
    watch.dispose();
  }
}

/** False when it is to end before it began. */
async function open(
  { ports, board }: GateParts,
  data: Seated,
  ctx: EffectContext,
): Promise<boolean> {
  const { run, gate, commit, slot, terminalId } = data;
  const cwd = await ports.gateTrees.checkOut({ slot, commit, signal: ctx.signal });
  const start = await requireProgram(ports, gate, cwd);
  if (board.run(run)?.ending !== undefined) return false;
  await ports.gateTerminals.open({
    id: terminalId,
    program: start.program,
    args: [...start.args, ...gate.command.slice(1)],
    cwd,
    env: {
      ...ports.programs.baseEnv,
      ...{ CI: 'true', ...gate.env },
      ...{ MUSHER_GATE: gate.name, MUSHER_GATE_COMMIT: commit },
    },
    ...size,
  });
  return true;
}

async function requireProgram({ programs }: GatesPorts, { name, command }: Gate, cwd: string) {
  const [program = ''] = command;
  const found = await programs.find(program, cwd);
  if (found === undefined) throw musherError('GATE_PROGRAM_MISSING', { gate: name, program });
  return found;
}

/** Its recording has all of it; what it showed last goes into the log, and the screen goes. */
async function over(
  { ports }: GateParts,
  { run, terminalId }: Seated,
  how: Pick<Ended, 'exit' | 'isLate'>,
): Promise<SystemCommand> {
  const lastLines = [...(await ports.lastLines(terminalId))];
  await ports.gateTerminals.forget(terminalId).catch(() => undefined);
  return ended(run, { ...how, lastLines });
}
