/** Which stories an import is about, new ones and those that came from there before; what they depend on; and what is wrong with that. Pure. */
import { cyclesIn, edgesIn, sayCycle } from './dependencies.ts';
import type { ImportItem, ImportRead } from './ports.ts';
import { edgesOf, type StoriesState, type Story, storyOf } from './slice.ts';

/** Whoever works it off decides when to leave the loop to others; a piece is one story or less. */
export type InPieces<T> = Generator<undefined, T, undefined>;

/** An item with the story that it is, or will be. */
export interface Planned {
  readonly item: ImportItem;
  readonly id: string;
  readonly known: Story | undefined;
  readonly dependsOn: readonly string[] | undefined;
}

export function knownOf(state: StoriesState, { key }: ImportItem): Story | undefined {
  return storyOf(state, state.bySource.get(key) ?? '');
}

export function* planStories(
  state: StoriesState,
  { items, faults: before }: Pick<ImportRead, 'items' | 'faults'>,
): InPieces<{ all: Planned[]; faults: string[] }> {
  const faults: string[] = [];
  let next = state.next;
  const taken = new Map<string, string>();
  const ids: Array<Omit<Planned, 'dependsOn'>> = [];
  for (const item of items) {
    yield;
    const known = knownOf(state, item);
    if (item.isClosed && known === undefined) continue;
    const twin = taken.get(item.key);
    taken.set(item.key, item.name);
    if (twin !== undefined)
      faults.push(`${item.name}: expected a source of its own, found "${item.key}", as in ${twin}`);
    ids.push({ item, known, id: known?.id ?? `s-${next++}` });
  }
  const byName = yield* namesOf(ids);
  const isTold = toldOf(before);
  const all: Planned[] = [];
  for (const one of ids) {
    yield;
    const resolved = one.item.dependsOn?.flatMap((name) => {
      const id = byName.get(name) ?? earlier(state, name);
      if (id === undefined && !isTold(name))
        faults.push(
          `${one.item.name}: depends on "${name}", expected the id of a story, or a file or issue of this import`,
        );
      return id === undefined ? [] : [id];
    });
    all.push({ ...one, dependsOn: resolved && [...new Set(resolved)] });
  }
  faults.push(...(yield* cycleFaults(state, all)));
  return { all, faults };
}

/** A file that is at fault itself is told once: by its path, or the end of it. */
function toldOf(faults: readonly string[]): (name: string) => boolean {
  const files = new Set<string>();
  for (const fault of faults) {
    const [file = ''] = fault.split(':', 1);
    files.add(file);
    for (let at = file.indexOf('/'); at !== -1; at = file.indexOf('/', at + 1))
      files.add(file.slice(at + 1));
  }
  return (name) => files.has(name);
}

/** A name that two of them have, such as one file in two folders, is nobody's: there the whole path must be said. */
function* namesOf(
  all: ReadonlyArray<{ item: ImportItem; id: string }>,
): InPieces<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const twice = new Set<string>();
  for (const { item, id } of all) {
    yield;
    for (const name of item.aliases) {
      if ((names.get(name) ?? id) !== id) twice.add(name);
      names.set(name, id);
    }
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

function* cycleFaults(state: StoriesState, all: readonly Planned[]): InPieces<string[]> {
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
  const cycles = yield* cyclesIn([...mine.keys()], edges);
  return cycles.map((cycle) => `These would wait for each other: ${sayCycle(cycle.map(nameOf))}`);
}
