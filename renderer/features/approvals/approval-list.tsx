import { ChevronDown, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import type { Decision } from '../../hub/decisions.ts';
import { Count } from '../../ui/badge.tsx';
import { findBack } from '../../ui/pages.tsx';
import type { ApprovalGroup } from './approval-order.ts';
import { ApprovalRow, rowId } from './approval-row.tsx';
import { groupTitles } from './present-approval.ts';

interface ApprovalListProps {
  groups: readonly ApprovalGroup[];
  selectedId: string | undefined;
  decisionOf: (approval: string) => Decision | undefined;
  onSelect: (id: string) => void;
  onStep: (by: number) => void;
}

const listId = 'approval-list';
/** What is shown of one; it has the keyboard where there is no list. */
export const approvalId = 'approval';

/** Where the review's keyboard is at home: the list, the way back to it, or what is shown. */
export function findReviewHome(): HTMLElement | null {
  return document.getElementById(listId) ?? findBack() ?? document.getElementById(approvalId);
}

export function focusApprovalList(): void {
  findReviewHome()?.focus();
}

/** What waits, what merges, what went wrong; what is settled stays folded until it is wanted. It holds the focus. */
export function ApprovalList({ groups, selectedId, decisionOf, ...on }: ApprovalListProps) {
  const settled = groups.find(({ name }) => name === 'settled');
  const holdsSelected = settled?.approvals.some(({ id }) => id === selectedId) ?? false;
  const [isOpen, setIsOpen] = useState(false);
  const isShown = isOpen || holdsSelected;
  useEffect(() => {
    if (selectedId !== undefined)
      document.getElementById(rowId(selectedId))?.scrollIntoView({ block: 'nearest' });
  }, [selectedId]);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div
        id={listId}
        role="listbox"
        tabIndex={0}
        aria-label="Approvals"
        aria-activedescendant={selectedId && rowId(selectedId)}
        onKeyDown={(event) => stepBy(event, on.onStep)}
        className="outline-none"
      >
        {groups.map(
          (group) =>
            (group !== settled || isShown) && (
              // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
              <div key={group.name} role="group" aria-label={groupTitles[group.name]}>
                <GroupTitle group={group} />
                {group.approvals.map((approval) => (
                  <ApprovalRow
                    key={approval.id}
                    approval={approval}
                    decision={decisionOf(approval.id)}
                    isSelected={approval.id === selectedId}
                    onSelect={on.onSelect}
                  />
                ))}
              </div>
            ),
        )}
      </div>
      {settled && !holdsSelected && (
        <SettledFold
          isOpen={isOpen}
          count={settled.approvals.length}
          onToggle={() => setIsOpen(!isOpen)}
        />
      )}
    </div>
  );
}

function GroupTitle({ group }: { group: ApprovalGroup }) {
  return (
    <div
      aria-hidden
      className="flex h-row items-center gap-1.5 px-3 text-sm font-medium text-muted"
    >
      {groupTitles[group.name]}
      <Count value={group.approvals.length} what="requests" loud={group.name === 'waiting'} />
    </div>
  );
}

interface SettledFoldProps {
  isOpen: boolean;
  count: number;
  onToggle: () => void;
}

function SettledFold({ isOpen, count, onToggle }: SettledFoldProps) {
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={onToggle}
      className="flex h-row w-full items-center gap-1.5 px-2 text-left text-sm text-muted hover:text-fg"
    >
      <Icon size={14} aria-hidden />
      {isOpen ? 'Hide the settled ones' : `Show ${count} settled`}
    </button>
  );
}

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** Only while the list has the focus: elsewhere these keys scroll. */
function stepBy(event: KeyboardEvent, onStep: (by: number) => void): void {
  const by = steps[event.key];
  if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  onStep(by);
}
