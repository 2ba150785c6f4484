import { Undo2 } from 'lucide-react';
import { canUndo, isUnderWay } from '../hub/decisions.ts';
import { useHub } from '../hub/hub-context.tsx';
import { Button } from '../ui/button.tsx';
import { UntrustedLine } from '../ui/untrusted-text.tsx';
import { DecisionList } from './decision-list.tsx';
import { DecisionWord } from './decision-word.tsx';
import { undoKeys, useDecisions } from './use-decisions.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** In the frame, above the status bar, so that it never lies over what comes next. */
export function DecisionStrip() {
  const { decisions } = useHub();
  const all = useDecisions();
  const newest = all.find(canUndo) ?? all.find(isUnderWay) ?? all[0];
  useShortcuts([{ keys: undoKeys, run: () => decisions.undo() }], all.some(canUndo));
  if (!newest) return null;
  const undoable = all.filter(canUndo).length;
  return (
    <section
      aria-label="Decisions"
      className="flex h-9 shrink-0 items-center gap-3 border-t bg-raised px-4"
    >
      <span role="status" className="flex min-w-0 flex-1 items-center gap-2">
        <UntrustedLine text={newest.what} className="min-w-0" />
        <span className="shrink-0 text-sm text-muted">
          <DecisionWord decision={newest} />
        </span>
      </span>
      {undoable > 0 && (
        <Button icon={Undo2} shortcut={undoKeys} onClick={() => decisions.undo()}>
          Undo
        </Button>
      )}
      <DecisionList decisions={all} onUndo={(id) => decisions.undo(id)} />
    </section>
  );
}
