/** What the operator is told in the inbox: what no agent can settle alone, and a claim that was passed over. Nobody waits for an answer. */
import { isBranchSide, sideName } from '../../../preload/contract/conflict-sides.ts';
import type { conflicts as contract } from '../../../preload/contract/conflicts.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import type { WaitChange, Waits } from '../../hub/feature.ts';

type Found = EventData<typeof contract, 'conflict.found'>;

const kind = 'conflict';

export const conflictWaits: Waits = {
  'conflict.found': ({ data }) => (isGrave(data as Found) ? [opens(data as Found)] : []),
  'conflict.changed': ({ data }) => {
    const changed = data as Found;
    if (!isGrave(changed)) return settles(changed);
    // It stays as it is, dismissed or not, unless there is something new.
    return changed.recipients.length > 0 ? [opens(changed)] : [];
  },
  'conflict.cleared': ({ data }) => settles(data as Found),
  'conflict.dismissed': ({ data }) => settles(data as Found),
};

function isGrave({ kind: what, severity }: Found): boolean {
  return severity === 'high' || (what === 'ownership' && severity === 'medium');
}

function opens({ conflict: subject, kind: what, agents, files, fileCount }: Found): WaitChange {
  const [first, second] = agents;
  const [file] = files;
  const where = `${file?.path ?? 'files'}${fileCount > 1 ? ` and ${fileCount - 1} more` : ''}`;
  const title =
    what === 'ownership'
      ? `${second} writes what ${first} has claimed: ${where}`
      : `${sideName(first)} and ${second} cannot be merged by git: ${where}`;
  const agent = what === 'ownership' || isBranchSide(first) ? second : first;
  return { opens: { kind, subject, to: 'operator', agent, title, isBlocking: false } };
}

function settles({ conflict }: Pick<Found, 'conflict'>): WaitChange[] {
  return [{ settles: `${kind}/${conflict}` }];
}
