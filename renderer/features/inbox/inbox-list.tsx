import { Inbox } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { findBack } from '../../ui/pages.tsx';
import { type Held, holdOf, holdStill, letGo } from '../../ui/hold-still.ts';
import type { Section } from './inbox-sections.ts';
import { InboxRow, rowId } from './inbox-row.tsx';
import { nothingWaitsId } from './nothing-waits.tsx';

interface InboxListProps {
  sections: readonly Section[];
  activeId: string | undefined;
  chosen: ReadonlySet<string>;
  /** Groups that do not say it already mark what stops an agent. */
  marksBlocking: boolean;
  /** The selected one was chosen, not only passed. */
  onOpen: () => void;
  onClearFilter: () => void;
}

export const inboxListId = 'inbox-list';

/** One list that holds the focus; the view moves in it by key. */
export function InboxList(props: InboxListProps) {
  const { sections, activeId, chosen, onOpen, marksBlocking } = props;
  useEffect(() => {
    if (activeId) document.getElementById(rowId(activeId))?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  const still = useStillUnderPointer(sections);
  if (sections.length === 0) return <NothingFits onClear={props.onClearFilter} />;
  return (
    <div
      id={inboxListId}
      role="listbox"
      tabIndex={0}
      aria-label="Waiting for you"
      aria-multiselectable
      aria-activedescendant={activeId && rowId(activeId)}
      data-scroller
      className="min-h-0 flex-1 overflow-y-auto outline-none"
      {...still}
    >
      {sections.map((section) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
        <div key={section.id} role="group" aria-label={section.title}>
          <SectionTitle section={section} isAlone={sections.length === 1} />
          {section.rows.map(({ entry, isFolded }) => (
            <InboxRow
              key={entry.id}
              entry={entry}
              isActive={entry.id === activeId}
              isChosen={chosen.has(entry.id)}
              isFolded={isFolded ?? false}
              quiet={section.quiet}
              marksBlocking={marksBlocking}
              onOpen={onOpen}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** It has the keyboard in the list's place. */
function NothingFits({ onClear }: { onClear: () => void }) {
  return (
    <section
      id={inboxListId}
      tabIndex={-1}
      aria-label="Nothing fits"
      className="min-h-0 flex-1 outline-none"
    >
      <EmptyState
        icon={Inbox}
        title="Nothing of this waits"
        action={<Button onClick={onClear}>Show everything</Button>}
      >
        Other things wait that the filter leaves out.
      </EmptyState>
    </section>
  );
}

/** Needless where there is only one, and it is what an inbox is for. */
function SectionTitle({ section, isAlone }: { section: Section; isAlone: boolean }) {
  if (isAlone && section.id === 'stopped') return null;
  return (
    <div
      aria-hidden
      className="flex h-8 items-center gap-2 border-b px-4 text-sm text-muted not-first:border-t"
    >
      <span className="min-w-0 truncate">{section.title}</span>
      <span className="text-faint">{section.count}</span>
    </div>
  );
}

/** The row under the pointer stays there, whatever comes or goes above it, until the pointer leaves the list. */
function useStillUnderPointer(sections: readonly Section[]) {
  const held = useRef<Held | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changes the rows
  useLayoutEffect(() => {
    const { current } = held;
    if (!current?.element.isConnected) return;
    holdStill(current);
    held.current = holdOf(current.element);
  }, [sections]);
  return {
    onPointerMove: ({ target }: React.PointerEvent) => {
      const row = target instanceof Element ? target.closest('[role="option"]') : null;
      held.current = holdOf(row ?? undefined);
    },
    onPointerLeave: ({ currentTarget }: React.PointerEvent) => {
      held.current = undefined;
      letGo(currentTarget.parentElement);
    },
    onScroll: () => {
      held.current = held.current && holdOf(held.current.element);
    },
  };
}

/** Where the view's keyboard is at home: the list, or what stands in its place. */
export function findInboxHome(): HTMLElement | null {
  const list = document.getElementById(inboxListId);
  return list ?? findBack() ?? document.getElementById(nothingWaitsId);
}

/** Gives the keyboard back to the list after something was answered. */
export function focusInboxList(): void {
  findInboxHome()?.focus();
}
