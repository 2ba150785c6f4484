/** The hub is somewhere else, so a folder is said from the root of the disk. */
import { resolve } from 'node:path';
import { agentIdPattern } from '../../preload/contract/agent-id.ts';
import type { Convenience } from './capability-run.ts';
import type { Io } from './io.ts';
import { plainly } from './plainly.ts';

export const adoptConvenience: Convenience = {
  run: (run) => {
    const path = resolve(run.session.io.folder, String(run.data.path));
    return plainly.run({ ...run, data: { ...run.data, path } });
  },
};

/** An agent's name, or a folder: `./name` where a folder is called like an agent. */
export function toTarget(word: string, { folder }: Io): string {
  return agentIdPattern.test(word) ? word : resolve(folder, word);
}
