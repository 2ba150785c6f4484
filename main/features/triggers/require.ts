/** The rules of triggers, each a small function: it returns what was asked for, or the refusal that says what to do. */
import { eventDefs } from '../../../preload/contract/features.ts';
import type { Matcher } from '../../../preload/contract/trigger-facts.ts';
import { triggersKept } from '../../../preload/contract/trigger-facts.ts';
import { nearest } from '../../base/nearest.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { DecideContext } from '../../hub/feature.ts';
import { asPattern, normalPath, pathProblem } from '../conflicts/index.ts';
import { fitsType } from './match.ts';
import type { ExpressionFault } from './ports.ts';
import type { Trigger, TriggersState } from './slice.ts';

export type Ctx = DecideContext<TriggersState>;

export function requireTrigger({ byId }: TriggersState, id: string): Result<Trigger> {
  const found = byId.get(id);
  return found === undefined
    ? refuse('TRIGGER_UNKNOWN', { trigger: id, kept: triggersKept.spent })
    : ok(found);
}

export function requireRoom({ byId, settled }: TriggersState): Result<undefined> {
  const count = byId.size - settled.length;
  return count < triggersKept.live
    ? ok(undefined)
    : refuse('TRIGGER_LIMIT', { count, limit: triggersKept.live });
}

/** What it asks of events, as it is kept. `fault`: of its expression. */
export function requireMatcher(
  matcher: Matcher,
  fault: ExpressionFault | undefined,
): Result<Matcher> {
  const unknown = matcher.on.find((pattern) => !isKnown(pattern));
  if (unknown !== undefined)
    return refuse('TRIGGER_EVENT_UNKNOWN', { type: unknown, ...near(unknown) });
  const { path } = matcher;
  const problem = path === undefined ? undefined : pathProblem(path);
  if (path !== undefined && problem !== undefined)
    return refuse('TRIGGER_PATH_INVALID', { path, reason: problem });
  if (fault !== undefined) return refuse('TRIGGER_EXPRESSION_INVALID', { ...fault });
  const kept = { ...matcher, on: [...new Set(matcher.on)] };
  return ok(path === undefined ? kept : { ...kept, path: asPattern(normalPath(path)) });
}

function isKnown(pattern: string): boolean {
  if (!pattern.endsWith('*')) return eventDefs.has(pattern);
  return [...eventDefs.keys()].some((type) => fitsType([pattern], type));
}

function near(pattern: string): { nearest: string } {
  const types = [...eventDefs.keys()];
  const [noun = ''] = pattern.split('.');
  const same = types.filter((type) => type.startsWith(`${noun}.`));
  if (pattern.endsWith('*')) {
    const nouns = [...new Set(types.map((type) => type.split('.', 1)[0] ?? ''))];
    const one = nearest(noun, nouns);
    return { nearest: one === undefined ? 'story.*, agent.* or *' : `${one}.*` };
  }
  return { nearest: nearest(pattern, types) ?? (same.slice(0, 6).join(', ') || `${types[0]}`) };
}
