import { History, Undo2 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { canUndo, type Decision } from '../hub/decisions.ts';
import { Button } from '../ui/button.tsx';
import { UntrustedLine } from '../ui/untrusted-text.tsx';
import { DecisionWord } from './decision-word.tsx';

interface DecisionListProps {
  decisions: readonly Decision[];
  onUndo: (id: number) => void;
}

/** What was decided on this page, the newest first, and what of it can still be undone. */
export function DecisionList({ decisions, onUndo }: DecisionListProps) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button look="quiet" icon={History}>
          Decided {decisions.length}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          role="dialog"
          aria-label="Decided on this page"
          align="end"
          side="top"
          sideOffset={4}
          collisionPadding={8}
          className="appear z-50 max-h-80 w-110 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-md border border-line-strong bg-raised py-1 shadow-float"
        >
          <ul>
            {decisions.map((decision) => (
              <li key={decision.id} className="flex min-h-9 items-center gap-2 px-3">
                <UntrustedLine text={decision.what} className="min-w-0 flex-1" />
                <span className="shrink-0 text-sm text-muted">
                  <DecisionWord decision={decision} />
                </span>
                {canUndo(decision) && (
                  <Button look="quiet" icon={Undo2} onClick={() => onUndo(decision.id)}>
                    Undo
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
