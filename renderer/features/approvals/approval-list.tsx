import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Count } from '../../ui/badge.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import type { ApprovalGroup } from './approval-order.ts';
import { ApprovalRow } from './approval-row.tsx';
import { groupTitles } from './present-approval.ts';

interface ApprovalListProps {
  groups: readonly ApprovalGroup[];
  selectedId: string | undefined;
  onSelect: (id: string) => void;
}

/** What waits, what merges, what went wrong; what is settled stays folded until it is wanted. */
export function ApprovalList({ groups, selectedId, onSelect }: ApprovalListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selectedId === undefined) return;
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selectedId]);
  return (
    <ScrollArea ref={list} role="navigation" aria-label="Approvals">
      {groups.map((group) => (
        <Group key={group.name} {...{ group, selectedId, onSelect }} />
      ))}
    </ScrollArea>
  );
}

function Group({
  group,
  selectedId,
  onSelect,
}: Omit<ApprovalListProps, 'groups'> & { group: ApprovalGroup }) {
  const isFoldable = group.name === 'settled';
  const holdsSelected = group.approvals.some(({ id }) => id === selectedId);
  const [isOpen, setIsOpen] = useState(!isFoldable);
  const isShown = isOpen || holdsSelected;
  return (
    <section aria-label={groupTitles[group.name]}>
      <h2 className="flex h-row items-center gap-1.5 px-3 text-sm font-medium text-muted">
        {isFoldable ? (
          <button
            type="button"
            aria-expanded={isShown}
            onClick={() => setIsOpen(!isOpen)}
            className="-ml-1 flex items-center gap-1 rounded-sm px-1 hover:text-fg"
          >
            {isShown ? (
              <ChevronDown size={14} aria-hidden />
            ) : (
              <ChevronRight size={14} aria-hidden />
            )}
            {groupTitles[group.name]}
          </button>
        ) : (
          groupTitles[group.name]
        )}
        <Count value={group.approvals.length} what="requests" loud={group.name === 'waiting'} />
      </h2>
      {isShown && (
        <ol>
          {group.approvals.map((approval) => (
            <li key={approval.id}>
              <ApprovalRow
                approval={approval}
                isSelected={approval.id === selectedId}
                onSelect={onSelect}
              />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
