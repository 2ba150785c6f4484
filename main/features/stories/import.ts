/**
 * What an import leads to: new stories, changes of those that came from there before, or every fault at once and nothing. Pure; thousands
 * are planned in pieces before they are decided, and the plan counts as long as no story has changed since.
 */
import type { CommandData, CommandResult } from '../../../preload/contract/define.ts';
import { stories as contract } from '../../../preload/contract/stories.ts';
import { type StoryField, storyFields } from '../../../preload/contract/story-facts.ts';
import { importNamed } from '../../../preload/contract/story-import.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Decision, NewEvent, PrepareContext } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { changesOf, type Fields, numbered } from './fields.ts';
import { type InPieces, knownOf, type Planned, planStories } from './import-plan.ts';
import type { ImportRead, StoryFiles } from './ports.ts';
import { type Ctx, requireRoom } from './require.ts';
import { selectStories, type StoriesState, type Story } from './slice.ts';

type Data = CommandData<typeof contract, 'story.import'>;
type Answer = CommandResult<typeof contract, 'story.import'>;
type Rows = Pick<Answer, 'added' | 'updated' | 'kept'>;

interface Plan {
  readonly faults: readonly string[];
  readonly rows: Rows;
  readonly unchanged: number;
  readonly skipped: number;
  readonly events: readonly NewEvent[];
}

export interface ImportFacts {
  readonly read: ImportRead;
  readonly plan: Plan;
  /** What it was planned against. */
  readonly state: StoriesState;
}

/** Stories that changed meanwhile are planned again, so often. */
const triesToPlan = 3;

export async function prepareImport(
  storyFiles: StoryFiles,
  { paths }: Data,
  { newest, pace, signal }: PrepareContext,
): Promise<Result<ImportFacts>> {
  const read = await storyFiles.read(paths, signal);
  for (let tries = 1; ; tries++) {
    const state = selectStories(newest());
    const pieces = planImport(state, read);
    let plan: Plan | undefined;
    while (plan === undefined) {
      signal.throwIfAborted();
      plan = await pace.step(() => some(pieces));
    }
    const isLast = tries === triesToPlan || selectStories(newest()) === state;
    if (isLast) return ok({ read, plan, state });
  }
}

export function decideImport(
  ctx: Ctx,
  { dryRun }: Data,
  { read, plan, state }: ImportFacts,
): Result<Decision<Answer>> {
  const { faults, rows, unchanged, skipped, events } =
    state === ctx.state ? plan : atOnce(planImport(ctx.state, read));
  if (faults.length > 0)
    return refuse('STORY_IMPORT_INVALID', {
      count: faults.length === 1 ? '1 fault' : `${faults.length} faults`,
      faults: sayFaults(faults),
    });
  const room = requireRoom(ctx.state, rows.added.length);
  if (!room.ok) return room;
  const { added, updated, kept } = rows;
  const counts = {
    ...{ added: added.length, updated: updated.length, unchanged },
    ...{ kept: kept.length, skipped },
  };
  const named = {
    added: added
      .slice(0, importNamed)
      // What they will be called is decided when they are made.
      .map(({ story, ...row }) => (dryRun ? row : { story, ...row })),
    updated: updated.slice(0, importNamed),
    kept: kept.slice(0, importNamed),
  };
  return decided({ dryRun, counts, ...named }, dryRun ? [] : events);
}

const piecesInStep = 100;

/** Undefined while there is more. */
function some(pieces: InPieces<Plan>): Plan | undefined {
  for (let count = 0; count < piecesInStep; count++) {
    const { done, value } = pieces.next();
    if (done === true) return value;
  }
  return undefined;
}

function atOnce(pieces: InPieces<Plan>): Plan {
  for (;;) {
    const { done, value } = pieces.next();
    if (done === true) return value;
  }
}

const faultsSaid = 50;

function sayFaults(faults: readonly string[]): string {
  const more = faults.length - faultsSaid;
  return [...faults.slice(0, faultsSaid), ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
}

function* planImport(state: StoriesState, read: ImportRead): InPieces<Plan> {
  const { all, faults } = yield* planStories(state, read);
  const rows: Rows = { added: [], updated: [], kept: [] };
  const events: NewEvent[] = [];
  let unchanged = 0;
  for (const one of all) {
    yield;
    const { event, fields, kept } = one.known === undefined ? added(one) : updated(one, one.known);
    const row = { story: one.id, title: one.item.fields.title, source: one.item.name };
    if (event === undefined) unchanged += 1;
    else {
      events.push(event);
      (one.known === undefined ? rows.added : rows.updated).push({ ...row, fields });
    }
    if (kept.length > 0) rows.kept.push({ ...row, fields: kept });
  }
  const closed = read.items.filter(
    (item) => item.isClosed && knownOf(state, item) === undefined,
  ).length;
  const counted = { unchanged, skipped: read.skipped + closed };
  return { faults: [...read.faults, ...faults], rows, events, ...counted };
}

interface Change {
  readonly event: NewEvent | undefined;
  readonly fields: StoryField[];
  /** What the operator changed, and its source has otherwise. */
  readonly kept: StoryField[];
}

function added({ item, id, dependsOn = [] }: Planned): Change {
  const {
    title,
    body = '',
    type = 'story',
    priority = 'normal',
    review = 'gates',
    profile = '',
  } = item.fields;
  const { labels = [], criteria = [] } = item.fields;
  const event = newEvent(contract, 'story.added', {
    ...{ story: id, title, body, type, priority, review, profile },
    ...{ labels: [...new Set(labels)], criteria: numbered([...new Set(criteria)]) },
    ...{ dependsOn: [...dependsOn], source: { key: item.key, name: item.name } },
  });
  return { event, fields: [], kept: [] };
}

function updated({ item, id, dependsOn }: Planned, known: Story): Change {
  const wanted: Fields = { ...item.fields, dependsOn };
  const all = changesOf(known, wanted);
  const names = storyFields.filter((field) => all[field] !== undefined);
  const kept = names.filter((field) => known.byHand.includes(field));
  const fields = names.filter((field) => !kept.includes(field));
  if (fields.length === 0) return { event: undefined, fields, kept };
  const event = newEvent(contract, 'story.edited', {
    ...{ story: id, title: known.title, imported: true },
    fields: Object.fromEntries(fields.map((field) => [field, all[field]])),
    ...(known.agent !== undefined && { agent: known.agent }),
  });
  return { event, fields, kept };
}
