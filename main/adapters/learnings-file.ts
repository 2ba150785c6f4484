/** `.musher/learnings.md` in the operator's checkout. Written beside and renamed, so that it is never half. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LearningRecord } from '../../preload/contract/learnings.ts';
import { agentIdOf } from '../../preload/contract/envelope.ts';
import { musherError, reasonOf } from '../base/result.ts';
import type { LearningsFile } from '../features/learnings/ports.ts';

const heading = '# Learnings\n\nWhat agents and the operator found out about this repository.\n\n';

/** `root`: of the operator's checkout. */
export function createLearningsFile(root: string): LearningsFile {
  const file = path.join(root, '.musher', 'learnings.md');
  return {
    async append(learning) {
      try {
        const before = await readOrEmpty(file);
        if (before.includes(markOf(learning))) return;
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(
          `${file}.part`,
          `${before === '' ? heading : endWithLine(before)}${toItem(learning)}`,
        );
        await rename(`${file}.part`, file);
      } catch (error) {
        throw musherError('FILE_FAILED', { file, reason: reasonOf(error) }, error);
      }
    },
  };
}

async function readOrEmpty(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function endWithLine(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** Invisible in rendered markdown; tells after a crash that the item is there. */
function markOf({ id }: LearningRecord): string {
  return `<!-- ${id} -->`;
}

/** One list item. Markup that an agent wrote stays text: it could close the comment or open one over what follows. */
function toItem(learning: LearningRecord): string {
  const day = new Date(learning.atMs).toISOString().slice(0, 10);
  const text = learning.text.replaceAll('<', '&lt;').replaceAll(/\r?\n/g, '\n  ');
  return `- ${text} (${agentIdOf(learning.by) ?? learning.by}, ${day}) ${markOf(learning)}\n`;
}
