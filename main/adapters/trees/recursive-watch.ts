/**
 * Watches one tree by one watch, where the system has such a thing: FSEvents on macOS, ReadDirectoryChangesW on Windows.
 * It tells of ignored folders too; whoever looks learns which those are. Windows drops events when too many come at
 * once, and then says so by an event without a name. A repository inside cannot be told from a folder here: where there is
 * one, everything is looked at.
 */
import { watch } from 'node:fs';
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { isRules, type TreeWatch, type TreeWatchAsk, toText } from './tree-watch.ts';

export function watchRecursively(ask: TreeWatchAsk): TreeWatch {
  let end = (): void => undefined;
  let hasInside = false;
  let isOver = false;
  const heard = (name: Buffer | string | null): void => {
    // Where Node itself walks the tree, it tells text, whatever it is asked for.
    const told = typeof name === 'string' ? name : (name ?? undefined) && toText(name as Buffer);
    const place = path.sep === '/' ? told : told?.replaceAll(path.sep, '/');
    if (place === '.git') ask.onRoot();
    else if (place?.startsWith('.git/')) return;
    else if (place === undefined || hasInside || isRules(path.posix.basename(place)))
      ask.onUnknown();
    else ask.onPath(place);
  };
  return {
    async start() {
      try {
        const modules = lstat(path.join(ask.root, '.gitmodules'));
        hasInside = await modules.then(
          () => true,
          () => false,
        );
        if (isOver) return;
        const watcher = watch(ask.root, { recursive: true, encoding: 'buffer' }, (_kind, name) =>
          heard(name as Buffer | string | null),
        );
        watcher.on('error', (error) => ask.onBlind(error));
        end = () => watcher.close();
      } catch (error) {
        ask.onBlind(error);
      }
    },
    review: () => Promise.resolve(),
    again: () => Promise.resolve(),
    dispose() {
      isOver = true;
      end();
    },
  };
}
