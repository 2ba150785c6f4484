/** What the commands of claims lead to: a node's own bookkeeping, and the one decision of a rendezvous that counts. Pure. */
import { cluster as contract } from '../../../../preload/contract/cluster.ts';
import type { CommandData, CommandResult } from '../../../../preload/contract/define.ts';
import { openClaims, type ClaimRecord } from '../../../../preload/contract/claim-facts.ts';
import type { Result } from '../../../base/result.ts';
import { ok, refuse } from '../../../base/result.ts';
import type { DecideContext, Decision, Nothing } from '../../../hub/feature.ts';
import { decided, newEvent } from '../../../hub/feature.ts';
import { selectAgents } from '../../agents/index.ts';
import { selectStories, type Story, storyOf } from '../../stories/index.ts';
import type { ClusterState } from '../slice.ts';
import { broughtKey, type Taken } from './claim-slice.ts';

type Ctx = DecideContext<ClusterState>;
type Type = keyof (typeof contract)['commands'] & string;
type Data<K extends Type> = CommandData<typeof contract, K>;
type Outcome = CommandResult<typeof contract, 'claim.report'>['outcome'];

export const claimHandlers = {
  'claim.ask': { decide: decideAsk },
  'claim.begin': { decide: decideBegin },
  'claim.verify': { decide: decideVerify },
  'claim.release': { decide: decideRelease },
  'claim.end': { decide: decideEnd },
  'claim.report': { decide: decideReport },
};

const nothing = decided({}, []);

/** A story is claimed once, and so many at most. */
function decideAsk(
  { state }: Ctx,
  { story, node, title }: Data<'claim.ask'>,
): Result<Decision<Nothing>> {
  const { claims, nextClaim: claim } = state;
  if (claims.has(story)) return nothing;
  if (claims.size >= openClaims) return refuse('CLAIM_LIMIT', { count: claims.size });
  return decided({}, [newEvent(contract, 'claim.asked', { story, node, title, claim })]);
}

type Of = { readonly story: string; readonly claim: number };

function requireClaim({ state }: Ctx, { story, claim }: Of): Result<ClaimRecord> {
  const found = state.claims.get(story);
  return found?.claim === claim ? ok(found) : refuse('CLAIM_UNKNOWN', { story, claim });
}

function decideBegin(ctx: Ctx, { local, ...of }: Data<'claim.begin'>): Result<Decision<Nothing>> {
  const found = requireClaim(ctx, of);
  if (!found.ok) return found;
  const { title, state } = found.value;
  if (state !== 'asked') return nothing;
  return decided({}, [newEvent(contract, 'claim.begun', { ...of, title, local })]);
}

function decideVerify(
  ctx: Ctx,
  { commit, ...of }: Data<'claim.verify'>,
): Result<Decision<Nothing>> {
  const found = requireClaim(ctx, of);
  if (!found.ok) return found;
  const { title, state } = found.value;
  if (state !== 'begun') return nothing;
  return decided({}, [newEvent(contract, 'claim.verified', { ...of, title, commit })]);
}

function decideRelease(
  ctx: Ctx,
  { reason, isStuck, ...of }: Data<'claim.release'>,
): Result<Decision<Nothing>> {
  const found = requireClaim(ctx, of);
  if (!found.ok) return found;
  const { title, state } = found.value;
  if (state !== 'asked' && state !== 'begun') return nothing;
  return decided({}, [newEvent(contract, 'claim.released', { ...of, title, reason, isStuck })]);
}

function decideEnd(ctx: Ctx, { how, ...of }: Data<'claim.end'>): Result<Decision<Nothing>> {
  const found = requireClaim(ctx, of);
  if (!found.ok) return found;
  const { title } = found.value;
  return decided({}, [newEvent(contract, 'claim.ended', { ...of, title, how })]);
}

/** The first that is brought while a node has the story is taken. Whatever comes after it is late, and kept. */
function decideReport(
  ctx: Ctx,
  { story: id, node, claim, commit, ref }: Data<'claim.report'>,
): Result<Decision<{ outcome: Outcome }>> {
  const { state, hub } = ctx;
  const known = state.brought.byId.get(broughtKey(node, id));
  if (known?.claim === claim) return decided({ outcome: known.outcome }, []);
  const story = storyOf(selectStories(hub), id);
  const one = { story: id, title: story?.title ?? id, node, claim, commit, ref };
  const holder = story?.node;
  if (story === undefined || holder === undefined || landedBy(state, story) !== undefined)
    return decided({ outcome: 'late' as const }, [newEvent(contract, 'claim.late', one)]);
  const agent = freeName(ctx, `${node}-${id}`);
  return decided({ outcome: 'taken' as const }, [
    newEvent(contract, 'claim.taken', { ...one, holder, agent }),
  ]);
}

function freeName({ hub }: Ctx, wish: string): string {
  const { byId } = selectAgents(hub);
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? wish : `${wish}-${n}`;
    if (!byId.has(name)) return name;
  }
}

/** What was taken for this story as a node has it now: it is on its way to be landed. */
export function landedBy(
  { taken }: Pick<ClusterState, 'taken'>,
  { id, node }: Pick<Story, 'id' | 'node'>,
): Taken | undefined {
  const found = taken.get(id);
  const isOfNow = found?.holder.id === node?.id && found?.holder.claim === node?.claim;
  return isOfNow ? found : undefined;
}
