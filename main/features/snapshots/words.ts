/** What events about snapshots say to a reader. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { snapshots as contract } from '../../../preload/contract/snapshots.ts';

type Told<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;

export const describeSnapshots: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'snapshot.taken': ({ data }) => taken(data as Told<'snapshot.taken'>),
  'snapshot.failed': ({ data }) => {
    const { agent, error } = data as Told<'snapshot.failed'>;
    return `Of ${agent}: ${error.message} ${error.mend}`;
  },
  'snapshot.restored': ({ data }) => {
    const { path, files, commit } = data as Told<'snapshot.restored'>;
    return `${files} files of snapshot ${commit.slice(0, 12)} are back in ${path}`;
  },
  'snapshot.forgotten': ({ data }) => {
    const { snapshots } = data as Told<'snapshot.forgotten'>;
    return `Let go of ${snapshots.length} snapshots: ${snapshots.map(({ ref, why }) => `${ref} (${why})`).join(', ')}`;
  },
};

function taken({ agent, ref, why, files, isNew }: Told<'snapshot.taken'>): string {
  if (!isNew) return `The files of ${agent} are in ${ref} already`;
  return `The files of ${agent} are kept (${why}), ${files ?? 'some'} of them changed: ${ref}`;
}
