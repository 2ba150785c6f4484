/** A conflict as the Inbox has it, behind the name of the agent that it waits with. Pure. */
import type { ConflictRecord } from '../../../../preload/contract/conflict-records.ts';
import { sideName } from '../../../../preload/contract/conflict-sides.ts';

type Told = Pick<ConflictRecord, 'kind' | 'agents' | 'files' | 'fileCount'>;

/** `collides with docs`. */
export function verbOf({ kind, agents: [first, second] }: Told, agent: string): string {
  const other = sideName(agent === first ? second : first);
  return kind === 'ownership' && agent === second
    ? `writes what ${other} has claimed`
    : `collides with ${other}`;
}

/** `collides with docs: README.md and 3 more`. */
export function sayConflict(record: Told, agent: string): string {
  const { files, fileCount } = record;
  const [first] = files;
  const more = fileCount > 1 ? ` and ${fileCount - 1} more` : '';
  return `${verbOf(record, agent)}: ${first === undefined ? 'files' : `${first.path}${more}`}`;
}
