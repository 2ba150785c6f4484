import { ChevronDown, ChevronRight, Copy, NotebookPen, X } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';

interface RowActionsProps {
  onCopy: () => void;
  onDrop: () => void;
  /** Of findings alone. */
  finding?: {
    readonly isOpen: boolean;
    readonly onToggle: () => void;
    readonly onPromote: () => void;
  };
}

/** What can be done with one row; each has a key. Quiet until the row is pointed at, chosen, or holds the keyboard. */
export function RowActions({ onCopy, onDrop, finding }: RowActionsProps) {
  return (
    <div className="flex shrink-0 items-center opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 group-aria-[current=true]:opacity-100">
      {finding && (
        <>
          <IconButton
            icon={finding.isOpen ? ChevronDown : ChevronRight}
            label={finding.isOpen ? 'Hide the evidence' : 'Show the evidence'}
            aria-expanded={finding.isOpen}
            shortcut="o"
            onClick={finding.onToggle}
          />
          <IconButton
            icon={NotebookPen}
            label="Make a note of it"
            shortcut="m"
            onClick={finding.onPromote}
          />
        </>
      )}
      <IconButton icon={Copy} label="Copy" shortcut="c" onClick={onCopy} />
      <IconButton icon={X} label="Drop" shortcut="x" onClick={onDrop} />
    </div>
  );
}
