/** Whether something may be stored as an action, and still may when it is done. Pure. */
import { z } from 'zod';
import type { ActionFault, ActionFields } from '../../../preload/contract/actions.ts';
import { type Action, actionOf, type CommandAction } from '../../../preload/contract/actions.ts';
import { type CommandDef, mayUse } from '../../../preload/contract/define.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import { commandDefs } from '../../../preload/contract/features.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { HubState } from '../../hub/feature.ts';
import { requireAgent, selectAgents } from '../agents/index.ts';
import { sayIssue } from '../../base/say-issue.ts';

interface Storing {
  /** Whose it will be. */
  readonly actor: Actor;
  readonly hub: HubState;
}

/** The action that these fields say, which the actor may have done in its name. */
export function requireAction(fields: ActionFields, { actor, hub }: Storing): Result<Action> {
  const found = actionOf(fields);
  if ('fault' in found) return faulty(found.fault);
  const { action } = found;
  if (action.kind === 'command') return requireCommand(action, actor);
  if (action.kind !== 'prompt' || action.agent === undefined) return ok(action);
  const agent = requireAgent(selectAgents(hub), action.agent);
  return agent.ok ? ok(action) : agent;
}

function faulty(fault: ActionFault) {
  if (fault === 'none') return refuse('ACTION_MISSING');
  const words: Readonly<Record<Exclude<ActionFault, 'none'>, string>> = {
    several: 'both a command and a prompt',
    command: 'a command',
    prompt: 'a prompt',
    data: 'data is for a command',
    to: 'an agent that is told is for a prompt',
    profile: 'a profile is for the agent that a prompt without --to starts',
  };
  return refuse('ACTION_AMBIGUOUS', { fault: words[fault] });
}

/** Its command, as the actor may use it now: commands change from one version to the next. */
export function requireCommand(action: CommandAction, actor: Actor): Result<CommandAction> {
  const { type, data } = action;
  const def = commandDefs.get(type);
  if (def === undefined || actor === 'system' || !mayUse(def, actor))
    return refuse('ACTION_UNKNOWN', { type, actor, nearest: nearest(type, actor) });
  if (def.byHand !== undefined) return refuse('ACTION_BY_HAND', { type, why: def.byHand });
  return requireData(action, def, data);
}

function requireData(
  action: CommandAction,
  { data: schema, cli }: CommandDef,
  data: unknown,
): Result<CommandAction> {
  const issue = z.safeParse(schema, data).error?.issues[0];
  if (issue === undefined) return ok(action);
  const path = issue.path.join('.');
  return refuse('ACTION_INVALID', {
    type: action.type,
    path: path === '' ? 'data' : path,
    reason: sayIssue(issue, data),
    words: cli?.name ?? action.type.replace('.', ' '),
  });
}

/** Those of the same noun, else those that have one of its words. */
function nearest(type: string, actor: Actor): string {
  const [noun = '', verb = ''] = type.toLowerCase().split(/[. ]/);
  const all = [...commandDefs]
    .filter(([, def]) => actor !== 'system' && mayUse(def, actor) && def.byHand === undefined)
    .map(([name]) => name);
  const same = all.filter((name) => name.startsWith(`${noun}.`));
  const like = same.length > 0 ? same : all.filter((name) => name.endsWith(`.${verb || noun}`));
  const sorted = like.toSorted((a, b) => shared(b, type) - shared(a, type));
  return sorted.slice(0, 4).join(', ') || 'none';
}

/** How many letters they begin with alike. */
function shared(name: string, type: string): number {
  let at = 0;
  while (at < name.length && name[at] === type[at]) at += 1;
  return at;
}
