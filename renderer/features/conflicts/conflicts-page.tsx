import { GitMergeConflict } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import { useRecords } from '../../hub/use-records.ts';
import { keyOfTarget } from '../../../preload/contract/place.ts';
import { amendPlace, useUi } from '../../shell/ui-state.ts';
import { useFocusHome } from '../../shell/use-focus-home.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { findBack, type Pages, usePages } from '../../ui/pages.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { AccuracyLine } from './accuracy-line.tsx';
import { ConflictDetail } from './conflict-detail.tsx';
import { ConflictList, conflictListId } from './conflict-list.tsx';
import { ConflictMatrix, SeverityLegend } from './conflict-matrix.tsx';
import { isOpen } from './conflict-words.ts';
import { spotOf, toMatrix } from './matrix.ts';
import { SwitchBox } from './switch-box.tsx';
import { useConflicts } from './use-conflicts.ts';

interface ConflictsPageProps {
  withEnded: boolean;
  onShowEnded: () => void;
}

/** Who collides with whom, and one of them as a whole. */
export function ConflictsPage({ withEnded, onShowEnded }: ConflictsPageProps) {
  const asked = useUi(({ place }) => keyOfTarget(place.target, 'conflict'));
  const conflicts = useShown(withEnded, asked);
  const active = conflicts.find(({ id }) => id === asked) ?? conflicts[0];
  const pages = usePages(asked !== undefined);
  useFocusHome(findHome);
  useListKeys(conflicts, active, pages);
  if (active === undefined) return <NoConflicts onShowEnded={onShowEnded} />;
  const open = (id: string) => {
    openConflict(id);
    pages.open();
  };
  return (
    <SplitPane
      id="conflicts"
      pages={pages}
      backTo="Conflicts"
      label="Resize the list"
      fixed="start"
      sizePx={Math.round(Math.max(Math.min(400, innerWidth / 3.2), innerWidth / 4))}
      minPx={240}
      maxPx={800}
      start={
        <div className="flex min-h-0 flex-1 flex-col">
          <MatrixPane active={active} />
          <ConflictList conflicts={conflicts} activeId={active.id} onOpen={open} />
          <AccuracyLine />
        </div>
      }
      end={<ConflictDetail key={active.id} conflict={active} onDone={() => findHome()?.focus()} />}
    />
  );
}

/** The one that an address asks for is shown however it stands. */
function useShown(withEnded: boolean, asked: string | undefined): readonly ConflictRecord[] {
  const all = useConflicts(true);
  return useMemo(
    () => (withEnded ? all : all.filter((one) => isOpen(one) || one.id === asked)),
    [all, withEnded, asked],
  );
}

function openConflict(id: string): void {
  amendPlace(`conflict/${id}`);
}

function findHome(): HTMLElement | null {
  return document.getElementById(conflictListId) ?? findBack() ?? document.getElementById(noneId);
}

function useListKeys(
  conflicts: readonly ConflictRecord[],
  active: ConflictRecord | undefined,
  pages: Pages,
): void {
  const at = conflicts.findIndex(({ id }) => id === active?.id);
  const move = (step: number) => {
    const next = conflicts[Math.min(Math.max(at + step, 0), conflicts.length - 1)];
    if (next) openConflict(next.id);
  };
  useShortcuts([
    { keys: 'j', run: () => move(1) },
    { keys: 'ArrowDown', run: () => move(1) },
    { keys: 'k', run: () => move(-1) },
    { keys: 'ArrowUp', run: () => move(-1) },
    { keys: 'Home', run: () => move(-conflicts.length) },
    { keys: 'End', run: () => move(conflicts.length) },
    { keys: 'Enter', run: () => (pages.shown === 'list' ? pages.open() : focusFiles()) },
    { keys: 'Escape', run: () => pages.back() || findHome()?.focus() },
  ]);
}

/** Into the detail: from its first file on, Tab and Enter do the rest. */
function focusFiles(): void {
  document.querySelector<HTMLElement>('[data-colliding-file]')?.focus();
}

function MatrixPane({ active }: { active: ConflictRecord }) {
  const [isAll, setIsAll] = useState(false);
  const conflicts = useConflicts(false);
  const agents = useRecords('agent');
  const matrix = useMemo(() => {
    const there = agents.filter(({ state }) => state !== 'destroyed').map(({ id }) => id);
    return toMatrix(there.sort(), conflicts, isAll);
  }, [agents, conflicts, isAll]);
  if (matrix.agents.length === 0) return null;
  return (
    <>
      <div className="flex min-h-row shrink-0 flex-wrap items-center gap-x-3 border-b px-4 py-1">
        <SeverityLegend />
        <span className="ml-auto shrink-0">
          <SwitchBox label="All agents" isOn={isAll} onChange={setIsAll} />
        </span>
      </div>
      <ConflictMatrix
        matrix={matrix}
        shown={isOpen(active) ? spotOf(active) : undefined}
        onOpen={({ conflicts: [first] }) => first && openConflict(first.id)}
      />
    </>
  );
}

const noneId = 'no-conflicts';

function NoConflicts({ onShowEnded }: { onShowEnded: () => void }) {
  const over = useConflicts(true).length;
  const action = over > 0 && (
    <Button shortcut="e" onClick={onShowEnded}>
      Show {over === 1 ? 'the one that is' : `the ${over} that are`} over
    </Button>
  );
  return (
    <section
      id={noneId}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it has the keyboard where there is no list
      tabIndex={0}
      aria-label="No conflicts"
      className="flex min-h-0 flex-1 flex-col outline-none"
    >
      <EmptyState
        icon={GitMergeConflict}
        title="No two agents work on the same lines"
        action={action}
      >
        Musher compares what they wrote each time a file is saved, and merges what meets to see
        whether it collides, with each other and with what is merged already. What agents say that
        they are about to change counts too.
      </EmptyState>
      <AccuracyLine />
    </section>
  );
}
