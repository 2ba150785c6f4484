/** Files that stories are made of, read and checked by a thread: ten megabytes of YAML would hold up the hub's loop for seconds. */
import { Worker } from 'node:worker_threads';
import { importedBytes, importedStories } from '../../../preload/contract/story-import.ts';
import { musherError } from '../../base/result.ts';
import type { StoryFiles } from '../../features/stories/ports.ts';
import { threadEntry } from '../thread-entry.ts';
import type { FilesAnswer, FilesAsk } from './story-files-worker.ts';

export function storyFiles(root: string): StoryFiles {
  return {
    async read(paths, signal) {
      const answer = await inThread({ paths, root }, signal);
      if ('read' in answer) return answer.read;
      const bounds = { stories: importedStories, bytes: importedBytes };
      throw musherError('STORY_IMPORT_UNREADABLE', { ...answer.unreadable, ...bounds });
    },
  };
}

async function inThread(ask: FilesAsk, signal: AbortSignal): Promise<FilesAnswer> {
  signal.throwIfAborted();
  const worker = new Worker(threadEntry('story-files-worker', import.meta.url), {
    workerData: ask,
    execArgv: [],
  });
  const { promise, resolve, reject } = Promise.withResolvers<FilesAnswer>();
  const callOff = () => reject(signal.reason);
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) =>
    reject(new Error(`the thread that reads stories ended with ${code}`)),
  );
  signal.addEventListener('abort', callOff, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', callOff);
    // Not waited for: it may hang in a call to the disk.
    void worker.terminate();
  }
}
