/** Writing, editing, ticking and giving away stories. Pure. */
import type { CommandData } from '../../../preload/contract/define.ts';
import { stories as contract } from '../../../preload/contract/stories.ts';
import {
  type StoryCause,
  type StoryField,
  storyFields,
} from '../../../preload/contract/story-facts.ts';
import { isOver } from '../../../preload/contract/story-stages.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Decision } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { requireAgent, selectAgents } from '../agents/index.ts';
import { isReachable } from '../agents/index.ts';
import { requireDependencies } from './dependencies.ts';
import { changesOf, type Fields, numbered } from './fields.ts';
import {
  type Ctx,
  isInWork,
  requireFree,
  requireOwned,
  requireRoom,
  requireStory,
} from './require.ts';
import type { Story } from './slice.ts';

type Data<K extends keyof (typeof contract)['commands'] & string> = CommandData<typeof contract, K>;
type Edited = Result<Decision<{ story: string; version: number }>>;

export function decideAdd(
  ctx: Ctx,
  { profile = '', criteria, labels, agent, ...data }: Data<'story.add'>,
): Edited {
  const room = requireRoom(ctx.state, 1);
  if (!room.ok) return room;
  const story = `s-${ctx.state.next}`;
  const dependsOn = [...new Set(data.dependsOn)];
  const met = requireDependencies(ctx.state, story, dependsOn);
  if (!met.ok) return met;
  const owner = agent === undefined ? ok(undefined) : requireAssignable(ctx, agent);
  if (!owner.ok) return owner;
  const written = { ...data, profile, dependsOn, labels: [...new Set(labels)] };
  const added = { story, ...written, criteria: numbered([...new Set(criteria)]) };
  const given = { story, title: data.title, cause: { kind: 'command' } };
  return decided({ story, version: 1 }, [
    newEvent(contract, 'story.added', added),
    ...(agent === undefined ? [] : [newEvent(contract, 'story.assigned', { ...given, agent })]),
  ]);
}

/** Another's story: it is written once, whoever asks again. */
export function decideAdopt(
  { state }: Ctx,
  { source, criteria, profile = '', ...said }: Data<'story.adopt'>,
): Edited {
  const known = state.bySource.get(source.key);
  if (known !== undefined) return decided({ story: known, version: 1 }, []);
  const room = requireRoom(state, 1);
  if (!room.ok) return room;
  const story = `s-${state.next}`;
  const written = { ...said, profile, dependsOn: [], labels: [], review: 'gates' as const };
  return decided({ story, version: 1 }, [
    newEvent(contract, 'story.added', {
      ...{ story, ...written, criteria: numbered([...new Set(criteria)]), source },
    }),
  ]);
}

export function decideEdit(
  ctx: Ctx,
  { story: id, clear, ifVersion, ...wanted }: Data<'story.edit'>,
): Edited {
  const found = requireStory(ctx.state, id);
  if (!found.ok) return found;
  const story = found.value;
  const fields = requireFields(story, wanted, clear);
  if (!fields.ok) return fields;
  const unchanged = requireUnchanged(story, fields.value, ifVersion);
  if (!unchanged.ok) return unchanged;
  if (fields.value.dependsOn !== undefined) {
    const met = requireDependencies(ctx.state, id, fields.value.dependsOn);
    if (!met.ok) return met;
  }
  const changes = changesOf(story, fields.value);
  if (Object.keys(changes).length === 0) return decided({ story: id, version: story.version }, []);
  const { title, agent } = story;
  return decided({ story: id, version: story.version + 1 }, [
    newEvent(contract, 'story.edited', {
      ...{ story: id, title: changes.title ?? title, fields: changes },
      ...(agent !== undefined && { agent }),
    }),
  ]);
}

const emptied: Readonly<Record<Data<'story.edit'>['clear'][number], Fields>> = {
  body: { body: '' },
  labels: { labels: [] },
  criteria: { criteria: [] },
  dependsOn: { dependsOn: [] },
  profile: { profile: '' },
};

function requireFields(
  story: Story,
  wanted: Fields,
  clear: Data<'story.edit'>['clear'],
): Result<Fields> {
  const twice = clear.find((field) => wanted[field] !== undefined);
  if (twice !== undefined) return refuse('STORY_EDIT_TWICE', { story: story.id, field: twice });
  const fields: Fields = Object.assign({}, wanted, ...clear.map((field) => emptied[field]));
  const isNamed = storyFields.some((field) => fields[field] !== undefined);
  return isNamed ? ok(fields) : refuse('STORY_EDIT_EMPTY', { story: story.id });
}

/** Two who edit different fields are not in each other's way. */
function requireUnchanged(
  story: Story,
  fields: Fields,
  ifVersion: number | undefined,
): Result<undefined> {
  if (ifVersion === undefined) return ok(undefined);
  const meanwhile = storyFields.filter(
    (field: StoryField) => fields[field] !== undefined && (story.changed[field] ?? 1) > ifVersion,
  );
  const { id, version } = story;
  const isAhead = ifVersion > version;
  if (meanwhile.length === 0 && !isAhead) return ok(undefined);
  const said = isAhead ? 'nothing, for there is no such version yet' : meanwhile.join(', ');
  return refuse('STORY_CHANGED', { story: id, version, ifVersion, fields: said });
}

export function decideTick(done: boolean) {
  return (ctx: Ctx, { story: id, criterion: n }: Data<'story.tick'>): Edited => {
    const found = requireOwned(ctx, id);
    if (!found.ok) return found;
    const { criteria, version, agent } = found.value;
    const criterion = criteria.find((one) => one.n === n);
    if (criterion === undefined) {
      const known = criteria.map((one) => one.n).join(', ') || 'none';
      return refuse('STORY_CRITERION_UNKNOWN', { story: id, criterion: n, known });
    }
    if (criterion.done === done) return decided({ story: id, version }, []);
    const data = { story: id, criterion: n, text: criterion.text };
    const event = done
      ? newEvent(contract, 'story.ticked', data)
      : newEvent(contract, 'story.unticked', { ...data, ...(agent !== undefined && { agent }) });
    return decided({ story: id, version: version + 1 }, [event]);
  };
}

export function decideAssign(
  ctx: Ctx,
  data: Data<'story.assign'>,
): Result<Decision<{ story: string; agent: string }>> {
  return decideHandOver(ctx, { ...data, cause: causeOf(ctx) });
}

export function decideHandOver(
  ctx: Ctx,
  { story: id, agent, cause }: Data<'story.hand_over'>,
): Result<Decision<{ story: string; agent: string }>> {
  const found = requireWork(ctx, id);
  if (!found.ok) return found;
  const known = requireAssignable(ctx, agent);
  if (!known.ok) return known;
  const { agent: former } = found.value;
  if (former === agent) return decided({ story: id, agent }, []);
  if (isInWork(found.value)) {
    const free = requireFree(ctx.state, agent, id);
    if (!free.ok) return free;
  }
  return decided({ story: id, agent }, [assigned(found.value, { agent, former }, cause)]);
}

function requireAssignable({ hub }: Ctx, agent: string): Result<undefined> {
  const agents = selectAgents(hub);
  const known = requireAgent(agents, agent);
  if (!known.ok) return known;
  if (isReachable(agents, agent)) return ok(undefined);
  return refuse('AGENT_NOT_IN_STATE', {
    ...{ agent, state: 'destroyed', command: 'story.assign', expected: 'any other state' },
    hint: 'Revive it first, or choose another agent.',
  });
}

export function decideUnassign(
  ctx: Ctx,
  { story: id }: Data<'story.unassign'>,
): Result<Decision<{ story: string }>> {
  const found = requireWork(ctx, id);
  if (!found.ok) return found;
  const { agent: former } = found.value;
  return decided(
    { story: id },
    former === undefined ? [] : [assigned(found.value, { former }, causeOf(ctx))],
  );
}

/** The hub gives stories away by its pipeline alone. */
function causeOf({ actor }: Ctx): StoryCause {
  return { kind: actor === 'system' ? 'pipeline' : 'command' };
}

interface Given {
  readonly agent?: string;
  readonly former: string | undefined;
}

function assigned(story: Story, { former, ...agent }: Given, cause: StoryCause) {
  return newEvent(contract, 'story.assigned', {
    ...{ story: story.id, title: story.title, ...agent, cause },
    ...(former !== undefined && { former }),
  });
}

function requireWork(ctx: Ctx, id: string): Result<Story> {
  const found = requireStory(ctx.state, id);
  if (!found.ok) return found;
  const { stage } = found.value.place;
  const isWork = stage !== 'done' && !isOver(stage);
  return isWork ? found : refuse('STORY_NOT_ASSIGNABLE', { story: id, stage });
}
