/**
 * `musher selftest`: the whole way of a change, in a throwaway repository with a data folder of its own, by a Musher and an agent
 * that are started for it. Whatever becomes of it, all is ended and removed.
 */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from './base/clock.ts';
import { reasonOf } from './base/result.ts';
import { endTerminalHost, ownCommand } from './compose/self-test.ts';
import {
  lastLines,
  type SelfTestStep,
  selfTestSteps,
  type SelfTestWorld,
} from './demo/self-test-steps.ts';

export interface StepReport {
  readonly id: string;
  readonly title: string;
  readonly state: 'ok' | 'failed' | 'skipped';
  readonly tookMs: number;
  /** What it found, or what it failed with. */
  readonly said: string;
}

export interface SelfTestReport {
  readonly ok: boolean;
  readonly isInterrupted: boolean;
  readonly version: string;
  readonly tookMs: number;
  readonly steps: readonly StepReport[];
}

export interface SelfTestOptions {
  /** Calls it off; what was started is ended all the same. */
  readonly signal: AbortSignal;
  readonly onStep?: (step: StepReport) => void;
  /** How `musher` is run; default as this installation is. */
  readonly musherCommand?: readonly [program: string, ...args: string[]];
  /** For one step; default a minute. */
  readonly stepMs?: number;
}

const defaultStepMs = 60_000;

export async function selfTest(options: SelfTestOptions): Promise<SelfTestReport> {
  const startedMs = systemClock.elapsed();
  const over = endedBySignals(options.signal);
  const { version, musherCommand } = await ownCommand();
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'musher-selftest-')));
  const world: SelfTestWorld = {
    ...{ folder, root: folder, clock: systemClock, env: envIn(folder) },
    musherCommand: options.musherCommand ?? musherCommand,
  };
  const steps: StepReport[] = [];
  const told = (step: StepReport) => {
    steps.push(step);
    options.onStep?.(step);
  };
  try {
    for (const step of selfTestSteps) {
      const isOver = over.signal.aborted || steps.some(({ state }) => state !== 'ok');
      told(
        isOver ? skipped(step) : await runStep(step, world, { ...options, signal: over.signal }),
      );
    }
  } finally {
    told(await timed(ending, () => endAll(world)));
    over.dispose();
  }
  return {
    ok: steps.every(({ state }) => state === 'ok'),
    ...{ isInterrupted: over.signal.aborted, version, steps },
    tookMs: Math.round(systemClock.elapsed() - startedMs),
  };
}

const ending = { id: 'end', title: 'End all and remove the folder' };

async function runStep(
  step: SelfTestStep,
  world: SelfTestWorld,
  { signal, stepMs = defaultStepMs }: SelfTestOptions,
): Promise<StepReport> {
  const limit = AbortSignal.timeout(stepMs);
  const either = AbortSignal.any([signal, limit]);
  return timed(step, async () => {
    try {
      return await step.run(world, either);
    } catch (error) {
      if (signal.aborted) throw new Error('it was interrupted');
      if (limit.aborted)
        throw new Error(
          `it did not come about within ${stepMs / 1000} s${await shownBy(world, signal)}`,
        );
      throw error;
    }
  });
}

const shownMs = 2_000;

async function shownBy(world: SelfTestWorld, signal: AbortSignal): Promise<string> {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(shownMs)]);
  const lines = await lastLines(world, soon);
  return lines === '' ? '' : `; the agent's terminal shows: ${lines}`;
}

async function timed(
  { id, title }: Pick<StepReport, 'id' | 'title'>,
  run: () => Promise<string>,
): Promise<StepReport> {
  const startedMs = systemClock.elapsed();
  const took = () => Math.round(systemClock.elapsed() - startedMs);
  try {
    const said = await run();
    return { id, title, state: 'ok', tookMs: took(), said };
  } catch (error) {
    return { id, title, state: 'failed', tookMs: took(), said: reasonOf(error) };
  }
}

function skipped({ id, title }: SelfTestStep): StepReport {
  return { id, title, state: 'skipped', tookMs: 0, said: '' };
}

/** The Musher first, so that it starts nothing more; then all terminals, whoever had them; then what lies there. */
async function endAll({ own, started, folder }: SelfTestWorld): Promise<string> {
  const code = await own?.end();
  await endTerminalHost(path.join(folder, 'data'));
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  // One that was still starting has no order to end in.
  if (started !== undefined && code !== 0)
    throw new Error(`Musher ended with ${code ?? 'a signal'}`);
  return `${folder} is gone`;
}

/** Nothing of a Musher, an agent or a git hook around us. */
function envIn(folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(MUSHER_|GIT_)/.test(name));
  return { ...Object.fromEntries(kept), MUSHER_DATA: path.join(folder, 'data') };
}

/** Ctrl+C is told by `signal`; a closed terminal and a plain `kill` leave nothing behind either. */
function endedBySignals(signal: AbortSignal) {
  const over = new AbortController();
  const abort = () => over.abort();
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  for (const name of ['SIGTERM', 'SIGHUP'] as const) process.on(name, abort);
  return {
    signal: over.signal,
    dispose() {
      signal.removeEventListener('abort', abort);
      for (const name of ['SIGTERM', 'SIGHUP'] as const) process.off(name, abort);
    },
  };
}
