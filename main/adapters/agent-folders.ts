/** Each agent's private folder, under Musher's data in the git common dir: files of its profile, and nobody else's. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { musherError, reasonOf } from '../base/result.ts';
import type { AgentFolders } from '../features/agents/ports.ts';

/** `parent` holds one folder for each agent, by its id, which is a plain file name. */
export function createAgentFolders(parent: string): AgentFolders {
  const pathOf = (agent: string) => path.join(parent, agent);
  return {
    pathOf,
    async write(agent, files) {
      const folder = pathOf(agent);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        for (const [name, text] of Object.entries(files)) {
          const part = path.join(folder, `${name}.part`);
          await writeFile(part, text, { mode: 0o600 });
          await rename(part, path.join(folder, name));
        }
      } catch (error) {
        throw musherError('FILE_FAILED', { file: folder, reason: reasonOf(error) }, error);
      }
    },
    remove: (agent) => rm(pathOf(agent), { recursive: true, force: true }),
  };
}
