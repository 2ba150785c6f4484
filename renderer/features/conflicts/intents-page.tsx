import { FilePen } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { IntentCard } from './intent-card.tsx';
import { useIntents } from './use-conflicts.ts';

export const intentsId = 'intents';

/** What agents say that they are about to change. */
export function IntentsPage() {
  const intents = useIntents();
  return (
    <ScrollArea id={intentsId} aria-label="Intents" role="region" className="outline-none">
      {intents.length === 0 ? (
        <EmptyState icon={FilePen} title="No agent says what it is about to change">
          Agents say it with <code>musher intent declare "why" file…</code>, and the others keep
          clear. With <code>--exclusive</code> they claim it: nobody else can, until the time is
          over.
        </EmptyState>
      ) : (
        intents.map((intent) => <IntentCard key={intent.agent} intent={intent} />)
      )}
    </ScrollArea>
  );
}
