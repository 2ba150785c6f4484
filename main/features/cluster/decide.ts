/** Who may join, and who no longer. Pure. */
import { cluster as contract, openInvites, openNodes } from '../../../preload/contract/cluster.ts';
import type { CommandData, CommandResult } from '../../../preload/contract/define.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { DecideContext, Decision } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { type ClusterNode, type ClusterState, type Invite, joinedNodes } from './slice.ts';

type Ctx = DecideContext<ClusterState>;
type Type = keyof (typeof contract)['commands'] & string;
type Data<K extends Type> = CommandData<typeof contract, K>;
type Decided<K extends Type> = Result<Decision<CommandResult<typeof contract, K>>>;

export const clusterHandlers = {
  'node.invite': { decide: decideInvite },
  'node.uninvite': { decide: decideUninvite },
  'node.join': { decide: decideJoin },
  'node.rename': { decide: decideRename },
  'node.revoke': { decide: decideRevoke },
};

function decideInvite(
  { state, nowMs, newId }: Ctx,
  { hash, label, forMs }: Data<'node.invite'>,
): Decided<'node.invite'> {
  const waiting = state.invites.values();
  const known = waiting.find((one) => one.hash === hash);
  if (known !== undefined) return decided(toRow(known), []);
  const over = waiting.filter(({ expiresMs }) => expiresMs <= nowMs);
  if (waiting.length - over.length >= openInvites)
    return refuse('INVITE_LIMIT', { count: waiting.length - over.length, limit: openInvites });
  const one: Invite = {
    invite: newId('j'),
    hash,
    ...(label !== undefined && { label }),
    expiresMs: nowMs + forMs,
  };
  return decided(toRow(one), [
    // Those that are over make room: they open nothing any more.
    ...over.map(({ invite }) => newEvent(contract, 'node.uninvited', { invite })),
    newEvent(contract, 'node.invited', one),
  ]);
}

export function toRow({ hash: _hash, ...row }: Invite): Omit<Invite, 'hash'> {
  return row;
}

function decideUninvite(
  { state }: Ctx,
  { invite }: Data<'node.uninvite'>,
): Decided<'node.uninvite'> {
  if (!state.invites.has(invite)) return refuse('INVITE_UNKNOWN', { invite });
  return decided({ invite }, [newEvent(contract, 'node.uninvited', { invite })]);
}

function decideJoin(ctx: Ctx, data: Data<'node.join'>): Decided<'node.join'> {
  const { state } = ctx;
  // Who did not hear the answer asks again.
  const same = joinedNodes(state).find(({ key }) => key === data.key);
  if (same?.invite === data.invite) return decided({ node: same.id, label: same.label }, []);
  const invite = requireInvite(ctx, data.invite);
  if (!invite.ok) return invite;
  const count = joinedNodes(state).length;
  if (count >= openNodes) return refuse('NODE_LIMIT', { count, limit: openNodes });
  const node = `n-${state.next}`;
  const { key, peerKey, host, platform } = data;
  const label = freeLabel(state, invite.value.label ?? data.label ?? (labelOf(host) || node));
  return decided({ node, label }, [
    newEvent(contract, 'node.joined', {
      ...{ node, label, host, platform, key, ...(peerKey !== undefined && { peerKey }) },
      invite: invite.value.invite,
    }),
  ]);
}

/** What is wrong is told to who holds the token: it was made for them. */
function requireInvite({ state, nowMs }: Ctx, hash: string): Result<Invite> {
  const invite = state.invites.values().find((one) => one.hash === hash);
  if (invite !== undefined && invite.expiresMs > nowMs) return ok(invite);
  const isUsed = state.byId.values().some((node) => node.invite === hash);
  const late = invite === undefined ? 'nobody made it, or it was taken back' : 'it has expired';
  return refuse('JOIN_TOKEN_INVALID', { reason: isUsed ? 'it was used already' : late });
}

/** What a machine calls itself, as a label may be written. */
function labelOf(host: string): string {
  return host
    .replace(/\.local$/, '')
    .replace(/[^A-Za-z0-9 ._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 40);
}

/** Two machines of one name are told apart. */
function freeLabel(state: ClusterState, wish: string): string {
  const taken = new Set(joinedNodes(state).map(({ label }) => label));
  for (let n = 1; ; n++) {
    const label = n === 1 ? wish : `${wish.slice(0, 36)} ${n}`;
    if (!taken.has(label)) return label;
  }
}

function requireNode({ state }: Ctx, node: string): Result<ClusterNode> {
  const found = state.byId.get(node);
  return found === undefined ? refuse('NODE_UNKNOWN', { node }) : ok(found);
}

function decideRename(ctx: Ctx, { node, label }: Data<'node.rename'>): Decided<'node.rename'> {
  const found = requireNode(ctx, node);
  if (!found.ok) return found;
  if (found.value.label === label) return decided({ node }, []);
  const unique = freeLabel(ctx.state, label);
  return decided({ node }, [newEvent(contract, 'node.renamed', { node, label: unique })]);
}

function decideRevoke(ctx: Ctx, { node }: Data<'node.revoke'>): Decided<'node.revoke'> {
  const found = requireNode(ctx, node);
  if (!found.ok) return found;
  const { label, state } = found.value;
  if (state === 'revoked') return decided({ node }, []);
  return decided({ node }, [newEvent(contract, 'node.revoked', { node, label })]);
}
