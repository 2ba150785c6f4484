/** The rules of proposals, each a small function: it returns what was asked for, or the refusal that says why not. */
import type { ConfigProblem } from '../../../preload/contract/config.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { ConfigVersion, ProposalRecord } from '../../../preload/contract/proposal-records.ts';
import { listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { KeyPath } from './changes.ts';
import { openOnes, type ProposalsState } from './slice.ts';

/** Of one agent within an hour. More is a loop, not a need. */
const perHour = 20;
const hourMs = 3_600_000;
const toldProblems = 5;

export function requireProposal(state: ProposalsState, id: string): Result<ProposalRecord> {
  const found = state.byId.get(id);
  if (found !== undefined) return ok(found);
  const known = listOrNone(openOnes(state).map((record) => record.id));
  return refuse('PROPOSAL_UNKNOWN', { proposal: id, known });
}

/** What is another agent's is unknown. */
export function requireVisible(
  state: ProposalsState,
  id: string,
  actor: Actor,
): Result<ProposalRecord> {
  const self = agentIdOf(actor);
  const found = requireProposal(state, id);
  if (!found.ok || self === undefined || found.value.agent === self) return found;
  const own = openOnes(state).filter(({ agent }) => agent === self);
  return refuse('PROPOSAL_UNKNOWN', { proposal: id, known: listOrNone(own.map((one) => one.id)) });
}

export function requireOpen(found: Result<ProposalRecord>): Result<ProposalRecord> {
  if (!found.ok || found.value.state === 'open') return found;
  return refuse('PROPOSAL_SETTLED', { proposal: found.value.id, state: found.value.state });
}

/** The yes is for the commit that was seen. */
export function requireSeen({ id, commit }: ProposalRecord, seen: string): Result<undefined> {
  return commit.startsWith(seen.toLowerCase())
    ? ok(undefined)
    : refuse('PROPOSAL_MOVED', { proposal: id, expected: commit, found: seen });
}

export function requireQuiet({ writing }: ProposalsState): Result<undefined> {
  return writing === undefined ? ok(undefined) : refuse('CONFIG_BUSY');
}

/** The profiles that keys are of, whatever is set for them. */
export function requireOwnProfile(
  { id: agent, profile: own }: { readonly id: string; readonly profile: string },
  paths: readonly KeyPath[],
): Result<undefined> {
  for (const path of paths) {
    const profile = profileOf(path);
    if (profile !== undefined && profile !== own)
      return refuse('PROPOSAL_PROFILE', { key: path.join('.'), profile, agent, own });
  }
  return ok(undefined);
}

function profileOf([table, ...rest]: KeyPath): string | undefined {
  if (table === 'profiles') return rest[0];
  return rest[0] === 'profiles' ? rest[1] : undefined;
}

export function requireRoom(
  state: ProposalsState,
  agent: string,
  nowMs: number,
): Result<undefined> {
  const isRecent = (record: ProposalRecord) =>
    record.agent === agent && record.proposedMs > nowMs - hourMs;
  return state.byId.values().filter(isRecent).length < perHour
    ? ok(undefined)
    : refuse('PROPOSAL_LIMIT', { agent, limit: perHour });
}

export function requireValid(problems: readonly ConfigProblem[]): Result<undefined> {
  return problems.length === 0
    ? ok(undefined)
    : refuse('CONFIG_INVALID', { problems: sayProblems(problems) });
}

export function sayProblems(problems: readonly ConfigProblem[]): string {
  const said = problems
    .slice(0, toldProblems)
    .map(({ line, key, message }) =>
      [
        line === undefined ? '' : `line ${line}, `,
        key === undefined ? '' : `${key}: `,
        message,
      ].join(''),
    );
  const more = problems.length - said.length;
  return [...said, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

export function requireVersion(state: ProposalsState, prefix: string): Result<ConfigVersion> {
  const fitting = state.versions.filter(({ commit }) => commit.startsWith(prefix.toLowerCase()));
  const [version, ...others] = fitting;
  return version !== undefined && others.length === 0
    ? ok(version)
    : refuse('CONFIG_VERSION_UNKNOWN', { version: prefix });
}
