/** How a git that failed is told. */
import { toWireError } from '../../../preload/contract/errors.ts';
import { MusherError, musherError } from '../../base/result.ts';

export interface Ended {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly durationMs: number;
}

const maxStderrBytes = 4_096;
const maxReasonLength = 300;

/** GIT_FAILED with `details` {subcommand, reason, args, exitCode, durationMs, stderr}; GIT_MISSING when it could not start. */
export function gitFailure(args: readonly string[], ended: Ended): MusherError {
  if (/spawn git(\.exe)? ENOENT/.test(ended.stderr)) return musherError('GIT_MISSING');
  const subcommand = args[0] ?? '';
  const reason = reasonFrom(ended);
  const wire = toWireError('GIT_FAILED', { subcommand, reason });
  const { exitCode, durationMs } = ended;
  const stderr = ended.stderr.slice(0, maxStderrBytes);
  return new MusherError({
    ...wire,
    details: { subcommand, reason, args: [...args], exitCode, durationMs, stderr },
  });
}

/** True when the error is GIT_FAILED and git's own words match. */
export function isGitFailure(error: unknown, words: RegExp): boolean {
  return (
    error instanceof MusherError &&
    error.wire.code === 'GIT_FAILED' &&
    words.test(String(error.wire.details?.stderr))
  );
}

/** The lock file that was in git's way before it had begun; undefined when something else was. */
export function heldLock(error: unknown): string | undefined {
  if (!isGitFailure(error, /\.lock': File exists/)) return undefined;
  const { stderr } = (error as MusherError).wire.details ?? {};
  return /'([^'\n]+\.lock)': File exists/.exec(String(stderr))?.[1];
}

/** The first line that git calls fatal or an error, else the first line that is no hint or warning. */
function reasonFrom({ stderr, exitCode }: Ended): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const told = lines.filter((line) => line !== '' && !/^(hint|warning):/.test(line));
  const line = told.find((one) => /^(fatal|error):/.test(one)) ?? told[0];
  if (line === undefined)
    return exitCode === null ? 'it was ended by a signal' : `exit code ${exitCode}`;
  return line
    .replace(/^(fatal|error):\s*/, '')
    .replace(/\.+$/, '')
    .slice(0, maxReasonLength);
}
