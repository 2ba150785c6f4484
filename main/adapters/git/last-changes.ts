/** When anything in a worktree was last changed or committed. A look at one that seems to stand still, never a poll of all. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { WatchdogPorts } from '../../features/watchdog/ports.ts';
import { splitNul } from './ask.ts';
import type { Git } from './run.ts';

/** Files that are looked at, of those that differ; the others say the same. */
const mostFiles = 500;
const timeoutMs = 20_000;

export function lastChanges(git: Git): WatchdogPorts['changes'] {
  return {
    async lastMs(cwd, signal) {
      try {
        const ask = { cwd, signal, timeoutMs };
        const commit = await git.run({ ...ask, args: ['log', '-1', '--format=%ct'] });
        const status = await git.run({
          ...ask,
          args: ['status', '--porcelain', '-z', '--no-renames'],
        });
        const names = splitNul(status.stdout).map((row) => row.toString('utf8').slice(3));
        const files = await Promise.all(
          names.slice(0, mostFiles).map((name) => changedMs(path.join(cwd, name))),
        );
        return Math.max(Number(commit.stdout.toString('utf8')) * 1_000, ...files);
      } catch {
        // A worktree that cannot be asked says nothing.
        return undefined;
      }
    },
  };
}

/** 0 of one that is not there any more. */
async function changedMs(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
