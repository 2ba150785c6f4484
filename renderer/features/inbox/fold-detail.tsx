import { Check, ChevronDown, ChevronRight, MessagesSquare } from 'lucide-react';
import { navigate } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import type { Fold } from './inbox-sections.ts';
import { select, toggleFold } from './inbox-ui.ts';
import { Snooze } from './snooze.tsx';
import { useDismiss } from './use-dismiss.ts';

const mostShown = 100;

/** What one agent wrote, the newest first, each a line. */
export function FoldDetail({ fold }: { fold: Fold }) {
  const dismiss = useDismiss();
  const { agent, items, isOpen } = fold;
  const newest = items.slice(-mostShown).toReversed();
  return (
    <section aria-label={`Messages from ${agent}`} className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-bar shrink-0 items-center gap-2 border-b px-4">
        <h2 className="truncate font-medium">{agent}</h2>
        <span className="min-w-0 flex-1 truncate text-muted">wrote {items.length} messages</span>
        <Snooze items={items} />
      </header>
      <ul className="min-h-0 flex-1 overflow-y-auto py-1">
        {newest.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              onClick={() => select(item.id)}
              className="flex h-row w-full items-center gap-2.5 px-4 text-left hover:bg-hover"
            >
              <UntrustedLine text={item.title} className="flex-1" />
              <RelativeTime atMs={item.sinceMs} className="text-sm text-faint" />
            </button>
          </li>
        ))}
        {items.length > mostShown && (
          <li className="px-4 py-2 text-sm text-muted">
            and {items.length - mostShown} older ones, in the conversation
          </li>
        )}
      </ul>
      <footer className="flex shrink-0 flex-wrap items-center gap-2 border-t px-4 py-3">
        <Button look="primary" icon={Check} shortcut="Delete" onClick={() => dismiss(fold)}>
          Mark all read
        </Button>
        <Button
          icon={isOpen ? ChevronDown : ChevronRight}
          shortcut="Enter"
          onClick={() => toggleFold(agent)}
        >
          {isOpen ? 'Fold' : 'Unfold'}
        </Button>
        <Button
          look="quiet"
          icon={MessagesSquare}
          onClick={() => navigate('messages', `agent/${agent}`)}
        >
          Open conversation
        </Button>
      </footer>
    </section>
  );
}
