/** Commits in words. */
import type { commits as contract } from '../../../preload/contract/commits.ts';
import type { StrayCommit } from '../../../preload/contract/commit-facts.ts';
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;

const short = (commit: string) => commit.slice(0, 8);

function placeOf({ branch }: StrayCommit): string {
  return branch === undefined ? 'no branch' : branch;
}

/** One line for the operator. */
export function sayStray({ expected, commits }: Data<'commit.strayed'>): string {
  const places = [...new Set(commits.map(placeOf))].join(', ');
  const what = commits.length === 1 ? 'A commit' : `${commits.length} commits`;
  return `${what} on ${places} instead of ${expected}`;
}

/** What the agent reads in its inbox. */
function tellStray(data: Data<'commit.strayed'>): string {
  const ids = data.commits.map(({ commit }) => commit);
  return [
    `${sayStray(data)}: ${ids.map(short).join(', ')}.`,
    `Your work belongs on ${data.expected}. Bring it over: git switch ${data.expected} && git cherry-pick ${ids.join(' ')}`,
  ].join('\n');
}

export const describeCommits: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'commit.made': ({ data }) => {
    const { agent, branch, commit, subject, fileCount, additions, deletions } =
      data as Data<'commit.made'>;
    const files = fileCount === 1 ? '1 file' : `${fileCount} files`;
    return `${agent} committed ${short(commit)} on ${branch}: ${subject} (${files}, +${additions} -${deletions})`;
  },
  'commit.rewound': ({ data }) => {
    const { agent, branch, from, to, lost } = data as Data<'commit.rewound'>;
    const left = lost.count === 1 ? 'the commit' : `the ${lost.count} commits`;
    return `${agent} rewrote ${branch} from ${short(from)} to ${short(to)}; ${left} left behind is kept at ${lost.keptRef}`;
  },
  'commit.strayed': ({ data }) => tellStray(data as Data<'commit.strayed'>),
};
