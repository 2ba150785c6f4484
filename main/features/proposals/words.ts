/** Events of proposals as text, for inboxes and the log. Untrusted words stay as they are. */
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { ConfigChange, StaleReason } from '../../../preload/contract/proposal-records.ts';
import type { proposals as contract } from '../../../preload/contract/proposals.ts';
import { sayProblems } from './require.ts';

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;

const toldChanges = 20;

const staleWords: Readonly<Record<StaleReason, string>> = {
  conflict: 'the file changed at the same place meanwhile',
  invalid: 'over what the file says now it would not be valid',
  same: 'the file says that by now',
};

export const describeProposals: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'config.found': ({ data }) =>
    `.musher/config.toml says something else than before: version ${short(data as Data<'config.found'>)}`,
  'proposal.made': ({ data }) => {
    const { proposal, why, commit, changes, changeCount } = data as Data<'proposal.made'>;
    const more = changeCount - Math.min(changeCount, toldChanges);
    return [
      `Proposal ${proposal} for the configuration: ${why}`,
      ...changes.slice(0, toldChanges).map(sayChange),
      ...(more > 0 ? [`and ${more} more`] : []),
      `See it with: musher config diff ${proposal}; apply it with: musher config apply ${proposal} ${commit.slice(0, 12)}`,
    ].join('\n');
  },
  'proposal.superseded': ({ data }) => {
    const { proposal, by } = data as Data<'proposal.superseded'>;
    return `Proposal ${proposal} was replaced by ${by}.`;
  },
  'proposal.withdrawn': ({ data }) =>
    `Proposal ${(data as Data<'proposal.withdrawn'>).proposal} was taken back.`,
  'proposal.carried': ({ data }) =>
    `Proposal ${(data as Data<'proposal.carried'>).proposal} is ${short(data as Data<'proposal.carried'>)} by now, over the file as it was changed meanwhile.`,
  'proposal.stale': ({ data }) => {
    const { proposal, reason, problems = [] } = data as Data<'proposal.stale'>;
    const what = problems.length === 0 ? '' : ` (${sayProblems(problems)})`;
    return `Proposal ${proposal} cannot be applied: ${staleWords[reason]}${what}. See \`musher config show\`, and propose again what is still wanted.`;
  },
  'proposal.approved': ({ data }) =>
    `Applied to the configuration: ${(data as Data<'proposal.approved'>).why}`,
  'proposal.applied': ({ data }) => {
    const { proposal, why } = data as Data<'proposal.applied'>;
    return `Proposal ${proposal} ("${why}") was applied: .musher/config.toml is ${short(data as Data<'proposal.applied'>)}.`;
  },
  'proposal.apply_failed': ({ data }) => {
    const { proposal, error } = data as Data<'proposal.apply_failed'>;
    return `Proposal ${proposal} could not be applied: ${error.message} ${error.mend}`;
  },
  'proposal.rejected': ({ data }) => {
    const { proposal, why, note } = data as Data<'proposal.rejected'>;
    return `Proposal ${proposal} ("${why}") was rejected${note === '' ? '.' : `: ${note}`}`;
  },
  'config.reverting': ({ data }) =>
    `Took the configuration back to ${(data as Data<'config.reverting'>).version.slice(0, 12)}`,
  'config.reverted': ({ data }) =>
    `.musher/config.toml says again what it said at ${(data as Data<'config.reverted'>).version.slice(0, 12)}.`,
  'config.revert_failed': ({ data }) => {
    const { error } = data as Data<'config.revert_failed'>;
    return `The configuration could not be taken back: ${error.message} ${error.mend}`;
  },
};

export function sayChange({ key, from, to, warning }: ConfigChange): string {
  const values = `${from ?? 'not set'} -> ${to ?? 'not set'}`;
  return `  ${key}: ${values}${warning === undefined ? '' : `  (! ${warning})`}`;
}

function short({ commit }: { readonly commit: string }): string {
  return commit.slice(0, 12);
}
