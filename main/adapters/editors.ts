/** Starts the operator's editor on a file that is really in its folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Editors } from '../features/editor/ports.ts';

export function createEditors(): Editors {
  return {
    async locate(folder, name) {
      try {
        const [root, file] = await Promise.all([
          realpath(folder),
          realpath(path.resolve(folder, name)),
        ]);
        // A link that an agent made may lead anywhere.
        const isInside = file.startsWith(root + path.sep);
        return isInside && (await stat(file)).isFile() ? file : undefined;
      } catch {
        return undefined;
      }
    },
    async start({ program, args, cwd, env }) {
      const child = spawn(program, [...args], { cwd, env, stdio: 'ignore', detached: true });
      // Without a listener a later error would end Musher.
      child.on('error', () => undefined);
      await once(child, 'spawn');
      child.unref();
    },
  };
}
