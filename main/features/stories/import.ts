/** What an import leads to: new stories, changes of those that came from there before, or every fault at once and nothing. Pure. */
import type { CommandData, CommandResult } from '../../../preload/contract/define.ts';
import { stories as contract } from '../../../preload/contract/stories.ts';
import { type StoryField, storyFields } from '../../../preload/contract/story-facts.ts';
import { importNamed } from '../../../preload/contract/story-import.ts';
import type { Result } from '../../base/result.ts';
import { refuse } from '../../base/result.ts';
import type { Decision, NewEvent } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { cyclesIn, edgesIn, sayCycle } from './dependencies.ts';
import { changesOf, type Fields, numbered } from './fields.ts';
import type { ImportItem, ImportRead } from './ports.ts';
import { type Ctx, requireRoom } from './require.ts';
import { edgesOf, type StoriesState, type Story, storyOf } from './slice.ts';

type Answer = CommandResult<typeof contract, 'story.import'>;

/** An item with the story that it is, or will be. */
interface Planned {
  readonly item: ImportItem;
  readonly id: string;
  readonly known: Story | undefined;
  readonly dependsOn: readonly string[] | undefined;
}

export function decideImport(
  ctx: Ctx,
  { dryRun }: CommandData<typeof contract, 'story.import'>,
  { items, faults: before, skipped }: ImportRead,
): Result<Decision<Answer>> {
  const { all, faults } = plan(ctx.state, items, before);
  const found = [...before, ...faults];
  if (found.length > 0)
    return refuse('STORY_IMPORT_INVALID', {
      count: found.length === 1 ? '1 fault' : `${found.length} faults`,
      faults: sayFaults(found),
    });
  const room = requireRoom(ctx.state, all.filter(({ known }) => known === undefined).length);
  if (!room.ok) return room;
  const rows = { added: [], updated: [], kept: [] } as Pick<Answer, 'added' | 'updated' | 'kept'>;
  const events: NewEvent[] = [];
  let unchanged = 0;
  for (const one of all) {
    const { event, fields, kept } = one.known === undefined ? added(one) : updated(one, one.known);
    const isNew = one.known === undefined;
    const row = {
      ...(!(dryRun && isNew) && { story: one.id }),
      title: one.item.fields.title,
      source: one.item.name,
    };
    if (event === undefined) unchanged += 1;
    else {
      events.push(event);
      (isNew ? rows.added : rows.updated).push({ ...row, fields });
    }
    if (kept.length > 0) rows.kept.push({ ...row, fields: kept });
  }
  const closed = items.filter(
    (item) => item.isClosed && knownOf(ctx.state, item) === undefined,
  ).length;
  const counts = {
    ...{ added: rows.added.length, updated: rows.updated.length, unchanged },
    ...{ kept: rows.kept.length, skipped: skipped + closed },
  };
  const named = {
    added: rows.added.slice(0, importNamed),
    updated: rows.updated.slice(0, importNamed),
    kept: rows.kept.slice(0, importNamed),
  };
  return decided({ dryRun, counts, ...named }, dryRun ? [] : events);
}

const faultsSaid = 50;

function sayFaults(faults: readonly string[]): string {
  const more = faults.length - faultsSaid;
  return [...faults.slice(0, faultsSaid), ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
}

function knownOf(state: StoriesState, { key }: ImportItem): Story | undefined {
  return storyOf(state, state.bySource.get(key) ?? '');
}

function plan(
  state: StoriesState,
  items: readonly ImportItem[],
  before: readonly string[],
): { all: Planned[]; faults: string[] } {
  const faults: string[] = [];
  let next = state.next;
  const taken = new Map<string, string>();
  const ids = items.flatMap((item) => {
    const known = knownOf(state, item);
    if (item.isClosed && known === undefined) return [];
    const twin = taken.get(item.key);
    taken.set(item.key, item.name);
    if (twin !== undefined)
      faults.push(`${item.name}: expected a source of its own, found "${item.key}", as in ${twin}`);
    return [{ item, known, id: known?.id ?? `s-${next++}` }];
  });
  const byName = namesOf(ids);
  const all = ids.map((one): Planned => {
    const { dependsOn } = one.item;
    const resolved = dependsOn?.flatMap((name) => {
      const id = byName.get(name) ?? earlier(state, name);
      // A file that is at fault itself is told once.
      if (id === undefined && !before.some((fault) => fault.split(':')[0]?.endsWith(name)))
        faults.push(
          `${one.item.name}: depends on "${name}", expected the id of a story, or a file or issue of this import`,
        );
      return id === undefined ? [] : [id];
    });
    return { ...one, dependsOn: resolved && [...new Set(resolved)] };
  });
  return { all, faults: [...faults, ...cycleFaults(state, all)] };
}

/** A name that two of them have, such as one file in two folders, is nobody's: there the whole path must be said. */
function namesOf(
  all: ReadonlyArray<{ item: ImportItem; id: string }>,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const twice = new Set<string>();
  for (const { item, id } of all)
    for (const name of item.aliases) {
      if ((names.get(name) ?? id) !== id) twice.add(name);
      names.set(name, id);
    }
  for (const name of twice) names.delete(name);
  for (const { item, id } of all) names.set(item.key, id);
  for (const { item, id } of all) names.set(item.name, id);
  return names;
}

/** Of a story that is there: by its id, or by what it was imported from. */
function earlier(state: StoriesState, name: string): string | undefined {
  const keys = [name, `file:${name}`, `id:${name}`, `issue:${name}`];
  const imported = keys.map((key) => state.bySource.get(key)).find((id) => id !== undefined);
  return imported ?? (storyOf(state, name) === undefined ? undefined : name);
}

function cycleFaults(state: StoriesState, all: readonly Planned[]): string[] {
  const mine = new Map(all.map((one) => [one.id, one]));
  const now = edgesIn(state);
  const edges = (id: string) => {
    const one = mine.get(id);
    if (one === undefined) return now(id);
    const keeps =
      one.known !== undefined &&
      (one.dependsOn === undefined || one.known.byHand.includes('dependsOn'));
    if (keeps && one.known !== undefined) return edgesOf(one.known);
    return one.dependsOn ?? [];
  };
  const nameOf = (id: string) =>
    mine.get(id)?.known === undefined ? (mine.get(id)?.item.name ?? id) : id;
  return cyclesIn([...mine.keys()], edges).map(
    (cycle) => `These would wait for each other: ${sayCycle(cycle.map(nameOf))}`,
  );
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
