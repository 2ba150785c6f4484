/** What a folder takes on the disk, as the disk counts it. A thread walks it: a hundred thousand files would hold up the hub's loop. */
import { lstat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { TreeSize } from '../../../preload/contract/worktree-commands.ts';
import type { Clock } from '../../base/clock.ts';
import { threadEntry } from '../thread-entry.ts';
import type { RepositoryContext } from './repository-context.ts';
import { callableOff } from './run.ts';
import type { SizeAsk } from './tree-size-worker.ts';

/** After this it ends with what it has, milliseconds. */
const longestMs = 20_000;
/** A thread that waits for a disk which does not answer is left behind after this much more. */
const silenceMs = 5_000;

/** Undefined where no folder is. Rejects when called off. */
export async function sizeOfTree(
  context: RepositoryContext,
  path: string,
  signal?: AbortSignal,
): Promise<TreeSize | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isDirectory()) return undefined;
  const { clock } = context.git;
  const endsMs = clock.elapsed() + longestMs;
  const list = (...more: string[]) =>
    listNames({ ...context, git: callableOff(context.git, signal) }, path, more);
  const untracked = await list();
  const ignored = await list('--ignored');
  signal?.throwIfAborted();
  const withinMs = Math.max(0, endsMs - clock.elapsed());
  return measureInThread({ path, untracked, ignored, withinMs }, { clock, signal });
}

/** Whole folders by one name; nothing where git has no answer. As bytes: the thread takes them apart. */
async function listNames(
  { git }: RepositoryContext,
  cwd: string,
  more: readonly string[],
): Promise<Buffer> {
  const flags = ['--others', '--exclude-standard', '--directory', '-z'];
  const args = ['ls-files', ...flags, ...more];
  return git.run({ cwd, args, timeoutMs: longestMs }).then(
    ({ stdout }) => stdout,
    () => Buffer.alloc(0),
  );
}

async function measureInThread(
  ask: SizeAsk,
  { clock, signal }: { clock: Clock; signal: AbortSignal | undefined },
): Promise<TreeSize> {
  const worker = new Worker(threadEntry('tree-size-worker', import.meta.url), {
    workerData: ask,
    execArgv: [],
  });
  const { promise, resolve, reject } = Promise.withResolvers<TreeSize>();
  const callOff = () => reject(signal?.reason);
  const giveUp = clock.schedule(() => resolve(nothingSeen), ask.withinMs + silenceMs);
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`the thread that counts ended with ${code}`)));
  signal?.addEventListener('abort', callOff, { once: true });
  try {
    return await promise;
  } finally {
    giveUp();
    signal?.removeEventListener('abort', callOff);
    // Not waited for: it may hang in a call to the disk.
    void worker.terminate();
  }
}

const nothingSeen: TreeSize = {
  ...{ totalBytes: 0, ignoredBytes: 0, untrackedBytes: 0, sharedBytes: 0 },
  ...{ fileCount: 0, isPartial: true },
};
