import { useEffect } from 'react';
import { findBack } from '../../ui/pages.tsx';
import type { InboxItem } from './inbox-items.ts';
import { InboxRow, rowId } from './inbox-row.tsx';
import { nothingWaitsId } from './nothing-waits.tsx';

interface InboxListProps {
  items: readonly InboxItem[];
  peers: readonly InboxItem[];
  activeId: string | undefined;
  /** The selected one was chosen, not only passed. */
  onOpen: () => void;
}

export const inboxListId = 'inbox-list';

/** One list that holds the focus; the view moves in it by key. */
export function InboxList({ items, peers, activeId, onOpen }: InboxListProps) {
  useEffect(() => {
    if (activeId) document.getElementById(rowId(activeId))?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  return (
    <div
      id={inboxListId}
      role="listbox"
      tabIndex={0}
      aria-label="Waiting for you"
      aria-activedescendant={activeId && rowId(activeId)}
      className="min-h-0 flex-1 overflow-y-auto outline-none"
    >
      {items.map((item) => (
        <InboxRow key={item.id} item={item} isActive={item.id === activeId} onOpen={onOpen} />
      ))}
      {peers.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
        <div role="group" aria-label="Between agents" className="mt-2 border-t">
          <div aria-hidden className="flex h-8 items-center px-4 text-sm text-faint">
            Between agents
          </div>
          {peers.map((item) => (
            <InboxRow
              key={item.id}
              item={item}
              isActive={item.id === activeId}
              onOpen={onOpen}
              quiet
            />
          ))}
        </div>
      )}
    </div>
  );
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
