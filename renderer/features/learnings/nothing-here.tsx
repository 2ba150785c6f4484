import { Lightbulb, Radar, SearchX } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

export function NoNotes() {
  return (
    <EmptyState icon={Lightbulb} title="Nothing noted yet">
      Agents note what they find out with <code>musher learn "…"</code>, you do it below. Everything
      goes to <code>.musher/learnings.md</code>, to be committed and shared.
    </EmptyState>
  );
}

export function NoFindings() {
  return (
    <EmptyState icon={Radar} title="Nothing to tell yet">
      While agents work, Musher counts where they get stuck, crash, collide and wait for you, and
      what they ask again and again. What happens often enough stands here.
    </EmptyState>
  );
}

export function NoHit({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={SearchX}
      title="Nothing fits"
      action={
        <Button onClick={onClear} shortcut="Escape">
          Clear the search
        </Button>
      }
    >
      All words must be in one of them. Try fewer.
    </EmptyState>
  );
}
