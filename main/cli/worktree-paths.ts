/** `musher worktree adopt <path>`: the hub is somewhere else, so a path is said from the root of the disk. */
import { resolve } from 'node:path';
import type { Convenience } from './capability-run.ts';
import { plainly } from './plainly.ts';

export const adoptConvenience: Convenience = {
  run: (run) => {
    const path = resolve(run.session.io.folder, String(run.data.path));
    return plainly.run({ ...run, data: { ...run.data, path } });
  },
};
