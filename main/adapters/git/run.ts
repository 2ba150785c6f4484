/**
 * Runs git through simple-git, one instance per call. Its plugins give all we need but four things, two of them mended here:
 * - its answers are decoded text, and a nonzero exit without a word on stderr is a success to it; bytes are
 *   taken before it decodes them, and the exit code is judged below;
 * - its timeout starts anew with each byte; ours bounds the whole call.
 * The other two are mended in spawn-git.ts.
 */
import type { Clock } from '../../base/clock.ts';
import { sleep } from '../../base/clock.ts';
import { type MusherError, musherError } from '../../base/result.ts';
import { type Ended, gitFailure, heldLock } from './git-failure.ts';
import { gitEnvironment } from './git-settings.ts';
import { createLanes } from './lanes.ts';
import { watchEnd } from './watch-end.ts';
import { type GitAsk, spawnGit } from './spawn-git.ts';

export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly durationMs: number;
}

export interface Git {
  /** Throws GIT_FAILED, GIT_LOCKED, GIT_TIMEOUT or GIT_MISSING; when aborted, the signal's reason. */
  run(ask: GitAsk): Promise<GitAnswer>;
  /** Work under one key runs one after another, in the order it came, within this process. */
  exclusive<T>(key: string, work: () => Promise<T>): Promise<T>;
  readonly clock: Clock;
}

export interface GitDeps {
  readonly clock: Clock;
  /** Inherited environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Long enough for a checkout of a large repository on a slow disk; a hang is told within a minute. */
const defaultTimeoutMs = 60_000;

/** The one way to git for all adapters of this process. */
export function createGit({ clock, env }: GitDeps): Git {
  return {
    clock,
    exclusive: createLanes(),
    async run(ask) {
      const startedMs = clock.elapsed();
      for (let delayMs = firstLockDelayMs; ; delayMs *= 2) {
        try {
          return await runOnce({ clock, env }, ask);
        } catch (error) {
          const lock = heldLock(error);
          if (lock === undefined) throw error;
          const waitedMs = clock.elapsed() - startedMs;
          if (waitedMs + delayMs > lockPatienceMs)
            throw lockedError(ask, { lock, waitedMs, error });
          await sleep(clock, delayMs, ask.signal);
        }
      }
    },
  };
}

/** The same way to git for work that somebody can call off: whatever it runs ends with the signal. */
export function callableOff(git: Git, signal: AbortSignal | undefined): Git {
  return signal === undefined ? git : { ...git, run: (ask) => git.run({ signal, ...ask }) };
}

/** An editor or another agent's git holds an index for moments; whoever holds it longer is told by name. */
const lockPatienceMs = 3_000;
const firstLockDelayMs = 50;

function lockedError(
  { args }: GitAsk,
  { lock, waitedMs, error }: { lock: string; waitedMs: number; error: unknown },
): MusherError {
  const seconds = Math.round(waitedMs / 100) / 10;
  return musherError('GIT_LOCKED', { subcommand: args[0] ?? '', lock, seconds }, error);
}

async function runOnce({ clock, env }: GitDeps, ask: GitAsk): Promise<GitAnswer> {
  const timeoutMs = ask.timeoutMs ?? defaultTimeoutMs;
  const watch = watchEnd(clock, { timeoutMs, signal: ask.signal });
  const startedMs = clock.elapsed();
  try {
    const ended = await Promise.race([
      spawnGit(ask, gitEnvironment(env, ask.env), watch.signal),
      watch.overdue,
    ]);
    watch.throwIfAborted();
    return judge(ask, { ...ended, durationMs: clock.elapsed() - startedMs });
  } catch (error) {
    watch.throwIfAborted();
    if (watch.timedOut()) {
      throw musherError('GIT_TIMEOUT', {
        subcommand: ask.args[0] ?? '',
        seconds: timeoutMs / 1000,
      });
    }
    throw error;
  } finally {
    watch.dispose();
  }
}

function judge(ask: GitAsk, ended: Ended): GitAnswer {
  const { exitCode } = ended;
  if (exitCode === null || !(ask.okCodes ?? [0]).includes(exitCode)) {
    throw gitFailure(ask.args, ended);
  }
  return { ...ended, exitCode };
}
