/**
 * One process of git, by simple-git. Two things of its plugins are mended here:
 * - it may answer 50 ms after `exit` though the pipes are not empty; only `close` counts here;
 * - it waits 50 ms more after a command that said nothing, which most of ours do (see `endSilence`).
 */
import { simpleGit, type SimpleGitOptions } from 'simple-git';
import { must } from '../../base/assert.ts';
import type { Ended } from './git-failure.ts';
import { fixedConfig } from './git-settings.ts';

export interface GitAsk {
  /** Folder to run in; must exist. */
  readonly cwd: string;
  /** Subcommand first. Names that others chose come after `--`, `--end-of-options` or a prefix such as `refs/heads/`. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** For stdin. Must not be empty: simple-git would then leave stdin open. */
  readonly input?: string | Buffer;
  /** Default 60 s. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** Exit codes that are answers and not failures. Default 0 alone. */
  readonly okCodes?: readonly number[];
}

type Outcome = Omit<Ended, 'durationMs'>;

export async function spawnGit(
  ask: GitAsk,
  env: Record<string, string>,
  signal: AbortSignal,
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  const git = simpleGit({
    ...optionsFor(ask, env, signal),
    // Returning nothing makes every end a success to simple-git.
    errors(_error, { exitCode, stdOut, stdErr }) {
      const stderr = Buffer.concat(stdErr).toString('utf8');
      outcomes.push({ exitCode, stdout: Buffer.concat(stdOut), stderr });
      return undefined;
    },
  }).env(env);
  git.outputHandler((_command, _stdout, stderr) => endSilence(stderr));
  await git.raw([...ask.args]);
  return must(outcomes[0], 'simple-git ended without an outcome');
}

function optionsFor(
  ask: GitAsk,
  env: Record<string, string>,
  signal: AbortSignal,
): Partial<SimpleGitOptions> {
  return {
    baseDir: ask.cwd,
    abort: signal,
    config: [...fixedConfig],
    completion: { onClose: true, onExit: false },
    input: () => ask.input,
    allowEnvironment: Object.keys(env),
    // Its guard is for callers that pass on options of strangers; ours are fixed in this folder, and set these to safe values.
    unsafe: {
      allowUnsafeHooksPath: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeEditor: true,
      allowUnsafeExec: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeConfigEnvCount: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafePack: true,
      allowUnsafeSshCommand: true,
      allowAbbreviatedOptions: true,
    },
  };
}

/** simple-git takes a data event, even an empty one, as a sign that nothing more needs to be waited for. */
function endSilence(stream: NodeJS.ReadableStream): void {
  stream.once('end', () => stream.emit('data', Buffer.alloc(0)));
}
