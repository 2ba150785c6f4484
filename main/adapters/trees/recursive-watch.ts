/**
 * Watches one tree by one watch, where the system has such a thing: FSEvents on macOS, ReadDirectoryChangesW on Windows.
 * It tells of ignored folders too; whoever scans learns which those are. Windows drops events when too many come at
 * once, and then says so by an event without a name.
 */
import { watch } from 'node:fs';
import path from 'node:path';
import { type TreeWatch, type TreeWatchAsk, toText } from './tree-watch.ts';

export function watchRecursively({ root, onPath, onUnknown, onBlind }: TreeWatchAsk): TreeWatch {
  try {
    const watcher = watch(root, { recursive: true, encoding: 'buffer' }, (_kind, name) => {
      const told = name === null ? undefined : toText(name as unknown as Buffer);
      const place = path.sep === '/' ? told : told?.replaceAll(path.sep, '/');
      if (place === undefined) onUnknown();
      else if (place !== '.git' && !place.startsWith('.git/')) onPath(place);
    });
    watcher.on('error', onBlind);
    return { ready: Promise.resolve(), dispose: () => watcher.close() };
  } catch (error) {
    onBlind(error);
    return { ready: Promise.resolve(), dispose: () => undefined };
  }
}
