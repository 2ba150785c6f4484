/**
 * Who writes where another says that it works, at each write and at each change of what is said. It keeps no truth but what each tree
 * was like last. What was written and committed since stands for as long as the intent does.
 */
import type { CollidingFile } from '../../../preload/contract/conflict-records.ts';
import { namedFiles } from '../../../preload/contract/conflict-records.ts';
import type { Life } from '../../hub/feature.ts';
import type { Trees } from '../worktrees/index.ts';
import { followTrees } from '../worktrees/index.ts';
import { coveringIn } from './overlap.ts';
import type { ConflictsState } from './slice.ts';
import { liveIntents, openConflict } from './slice.ts';
import type { Teller } from './teller.ts';

/** Of what changed at once (another branch, an install) so much is held against what is said, of one tree and of all together. */
const mostLookedAt = { ofOne: 2_000, together: 10_000 };

interface Written {
  readonly changes: ReadonlyMap<string, unknown>;
  readonly head: string | undefined;
  /** What was told of it, and may be committed since. */
  readonly committed: ReadonlySet<string>;
  /** What lay in another's intent at the last look. */
  foreign: readonly string[];
}

export function watchWrites(trees: Trees, life: Life<ConflictsState>, teller: Teller): void {
  const written = new Map<string, Written>();
  const coveringNow = () => coveringIn(liveIntents(life.state(), life.clock.now()));
  const compare = (writer: string, paths: Iterable<string>, covering = coveringNow()): void => {
    const one = written.get(writer);
    if (one === undefined) return;
    const isThere = (path: string) => one.changes.has(path) || one.committed.has(path);
    const there = [...new Set(paths)].filter(isThere);
    const byOwner = foreignOf(life.state(), { writer, paths: there, covering });
    one.foreign = [...byOwner.values()].flat();
    tell(teller, { writer, byOwner, state: life.state() });
  };
  const compareAll = (writer: string, covering?: ReturnType<typeof coveringNow>): void => {
    const { changes, committed } = written.get(writer) ?? { changes: new Map(), committed: [] };
    const share = covering === undefined ? Infinity : mostLookedAt.together / written.size;
    const paths = [...changes.keys()].slice(0, Math.min(mostLookedAt.ofOne, share));
    compare(writer, [...paths, ...committed], covering);
  };
  followTrees(trees, life, ({ agent }) => ({
    onState: ({ changes, head }, touched) => {
      const before = written.get(agent);
      const isMoved = before === undefined || before.head !== head;
      const committed = isMoved ? toldOf(life.state(), agent) : before.committed;
      const foreign = before?.foreign ?? [];
      written.set(agent, { changes, head, committed, foreign });
      if (isMoved || touched === 'all') compareAll(agent);
      else compare(agent, [...touched.slice(0, mostLookedAt.ofOne), ...foreign, ...committed]);
    },
    onTrouble: () => undefined,
    onGone: () => void written.delete(agent),
  }));
  let known: unknown;
  life.onTopics(() => {
    const { intents } = life.state();
    if (intents === known || life.signal.aborted) return;
    known = intents;
    const covering = coveringNow();
    for (const writer of written.keys()) compareAll(writer, covering);
    for (const pair of teller.open()) if (!intents.has(pair[0])) void teller.gone(pair, 'gone');
  });
}

interface Looked {
  readonly writer: string;
  readonly paths: readonly string[];
  readonly covering: ReturnType<typeof coveringIn>;
}

/** By owner; what is proved to collide was told by that already. */
function foreignOf(state: ConflictsState, { writer, paths, covering }: Looked) {
  const byOwner = new Map<string, string[]>();
  for (const path of paths) {
    const coverings = covering(path);
    if (coverings.some(({ intent }) => intent.agent === writer)) continue;
    const owners = coverings.filter(({ isWhole }) => isWhole).map(({ intent }) => intent.agent);
    for (const owner of new Set(owners)) {
      if (isProved(state, [owner, writer], path)) continue;
      byOwner.set(owner, [...(byOwner.get(owner) ?? []), path]);
    }
  }
  return byOwner;
}

function isProved(state: ConflictsState, agents: readonly [string, string], path: string): boolean {
  const names = (kind: 'in-flight' | 'ownership') =>
    openConflict(state, kind, agents)?.files.some((file) => file.path === path) ?? false;
  return names('in-flight') && !names('ownership');
}

interface Foreign {
  readonly writer: string;
  readonly byOwner: ReadonlyMap<string, readonly string[]>;
  readonly state: ConflictsState;
}

function tell(teller: Teller, { writer, byOwner, state: { intents } }: Foreign): void {
  for (const [owner, paths] of byOwner) {
    const named = [...paths].sort().slice(0, namedFiles);
    const files = named.map((path): CollidingFile => ({ path, reason: 'foreign' }));
    const severity = intents.get(owner)?.exclusive === true ? 'medium' : 'low';
    void teller.seen({ agents: [owner, writer], files, fileCount: paths.length, severity });
  }
  for (const [owner, by] of teller.open())
    if (by === writer && !byOwner.has(owner)) void teller.gone([owner, writer], 'gone');
}

function toldOf(state: ConflictsState, writer: string): ReadonlySet<string> {
  const told = state.open
    .values()
    .flatMap((id) => state.conflicts.byId.get(id) ?? [])
    .filter(({ kind, agents }) => kind === 'ownership' && agents[1] === writer);
  return new Set(told.flatMap(({ files }) => files.map(({ path }) => path)));
}
