/** Which project may register, and which no longer. Pure. */
import type { CommandData, CommandResult } from '../../../preload/contract/define.ts';
import {
  gateway as contract,
  openProjects,
  openTokens,
} from '../../../preload/contract/gateway.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { DecideContext, Decision } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import type { GatewayProject, GatewayState, Token } from './slice.ts';

type Ctx = DecideContext<GatewayState>;
type Type = keyof (typeof contract)['commands'] & string;
type Data<K extends Type> = CommandData<typeof contract, K>;
type Decided<K extends Type> = Result<Decision<CommandResult<typeof contract, K>>>;

export function decideInvite(
  { state, nowMs, newId }: Ctx,
  { hash, name, forMs }: Data<'project.invite'>,
): Decided<'project.invite'> {
  const waiting = state.tokens.values();
  const known = waiting.find((one) => one.hash === hash);
  if (known !== undefined) return decided(toTokenRow(known), []);
  const over = waiting.filter(({ expiresMs }) => expiresMs <= nowMs);
  const count = waiting.length - over.length;
  if (count >= openTokens) return refuse('REGISTER_TOKEN_LIMIT', { count, limit: openTokens });
  const one: Token = {
    ...{ invite: newId('t'), hash, expiresMs: nowMs + forMs },
    ...(name !== undefined && { name }),
  };
  return decided(toTokenRow(one), [
    // Those that are over make room: they open nothing any more.
    ...over.map(({ invite }) => newEvent(contract, 'project.uninvited', { invite })),
    newEvent(contract, 'project.invited', one),
  ]);
}

export function toTokenRow({ hash: _hash, ...row }: Token): Omit<Token, 'hash'> {
  return row;
}

export function decideUninvite(
  { state }: Ctx,
  { invite }: Data<'project.uninvite'>,
): Decided<'project.uninvite'> {
  if (!state.tokens.has(invite)) return refuse('REGISTER_TOKEN_UNKNOWN', { invite });
  return decided({ invite }, [newEvent(contract, 'project.uninvited', { invite })]);
}

/** `address`: where its page answered; undefined where none was named. */
export function decideJoin(
  ctx: Ctx,
  data: Data<'project.join'>,
  address: string | undefined,
): Decided<'project.join'> {
  const { state } = ctx;
  const { project, repository, mcp, key } = data;
  // Who did not hear the answer asks again.
  const heard = state.byId.values().find((one) => one.key === key && one.project === project);
  if (heard !== undefined && state.used.includes(data.invite))
    return decided({ id: heard.id, name: heard.name }, []);
  const token = requireToken(ctx, data.invite);
  if (!token.ok) return token;
  const same = state.byId.values().find((one) => one.project === project);
  // Its name is its own: who shows no key of it takes neither its place nor its link.
  if (same !== undefined && same.key !== data.before)
    return refuse('PROJECT_REGISTERED', { name: same.name });
  if (same === undefined && state.byId.size >= openProjects)
    return refuse('PROJECT_LIMIT', { count: state.byId.size, limit: openProjects });
  const id = same?.id ?? `g-${state.next}`;
  const wish = token.value.name ?? data.name ?? same?.name ?? (nameOf(repository) || id);
  const name = freeName(state, wish, id);
  return decided({ id, name }, [
    newEvent(contract, 'project.joined', {
      ...{ id, name, project, repository, mcp, key },
      invite: token.value.invite,
      ...(address !== undefined && { address }),
    }),
  ]);
}

/** What is wrong is told to who holds the token: it was made for them. */
export function requireToken({ state, nowMs }: Ctx, hash: string): Result<Token> {
  const token = state.tokens.values().find((one) => one.hash === hash);
  if (token !== undefined && token.expiresMs > nowMs) return ok(token);
  const late = token === undefined ? 'nobody made it, or it was taken back' : 'it has expired';
  const reason = state.used.includes(hash) ? 'it was used already' : late;
  return refuse('REGISTER_TOKEN_INVALID', { reason });
}

/** What its folder is called, as a name may be written. */
function nameOf(repository: string): string {
  const folder = repository.split(/[\\/]/).findLast((part) => part !== '') ?? '';
  return folder
    .replace(/[^A-Za-z0-9 ._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 40);
}

/** Two projects of one name are told apart. */
function freeName(state: GatewayState, wish: string, id: string): string {
  const others = state.byId.values().filter((one) => one.id !== id);
  const taken = new Set(others.flatMap((one) => [one.name, one.id]));
  for (let n = 1; ; n++) {
    const name = n === 1 ? wish : `${wish.slice(0, 36)} ${n}`;
    if (!taken.has(name)) return name;
  }
}

/** By its id, or by its name. */
export function findProject(state: GatewayState, named: string): GatewayProject | undefined {
  return state.byId.get(named) ?? state.byId.values().find(({ name }) => name === named);
}

function requireProject({ state }: Ctx, named: string): Result<GatewayProject> {
  const found = findProject(state, named);
  if (found !== undefined) return ok(found);
  const names = state.byId.values().map(({ name }) => name);
  const known = names.length === 0 ? 'none yet' : names.join(', ');
  return refuse('GATEWAY_PROJECT_UNKNOWN', { project: named, known });
}

export function decideRename(ctx: Ctx, data: Data<'project.rename'>): Decided<'project.rename'> {
  const found = requireProject(ctx, data.project);
  if (!found.ok) return found;
  const { id } = found.value;
  const name = freeName(ctx.state, data.name, id);
  const isSame = name === found.value.name;
  return decided({ id, name }, isSame ? [] : [newEvent(contract, 'project.renamed', { id, name })]);
}

export function decideRemove(ctx: Ctx, data: Data<'project.remove'>): Decided<'project.remove'> {
  const found = requireProject(ctx, data.project);
  if (!found.ok) return found;
  const { id, name } = found.value;
  return decided({ id, name }, [
    newEvent(contract, 'project.removed', { id, name, byItself: false }),
  ]);
}

/** One that went already is gone. */
export function decideLeave(
  { state }: Ctx,
  { id }: Data<'project.leave'>,
): Decided<'project.leave'> {
  const found = state.byId.get(id);
  if (found === undefined) return decided({}, []);
  const { name } = found;
  return decided({}, [newEvent(contract, 'project.removed', { id, name, byItself: true })]);
}
