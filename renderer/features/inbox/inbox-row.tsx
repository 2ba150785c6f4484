import { Check, ChevronDown, ChevronRight, Mails } from 'lucide-react';
import { memo } from 'react';
import { noteChosenByHand } from '../../shell/self-moves.ts';
import { classNames } from '../../ui/class-names.ts';
import { NewerCommits } from '../approvals/index.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { BackIn } from './back-in.tsx';
import type { Entry, Section } from './inbox-sections.ts';
import { chooseFromTo, select, toggleChosen, toggleFold } from './inbox-ui.ts';
import type { ItemLook } from './kind.ts';

interface InboxRowProps {
  entry: Entry;
  isActive: boolean;
  /** For one answer to several. */
  isChosen: boolean;
  isFolded: boolean;
  quiet: Section['quiet'];
  marksBlocking: boolean;
  onOpen: () => void;
}

export const InboxRow = memo(function InboxRow(props: InboxRowProps) {
  const { entry, isActive, isChosen, isFolded, quiet, marksBlocking, onOpen } = props;
  const to = entry.kind === 'question' && quiet === 'peers' ? ` → ${entry.record.to}` : '';
  const handleClick = (event: React.MouseEvent) => {
    if (event.ctrlKey || event.metaKey) return toggleChosen(entry.id);
    if (event.shiftKey) return chooseFromTo(entry.id);
    if (entry.kind === 'fold' && isActive) toggleFold(entry.agent);
    select(entry.id);
    noteChosenByHand();
    onOpen();
  };
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus and names this by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys
    <div
      id={rowId(entry.id)}
      role="option"
      aria-selected={isActive}
      aria-checked={isChosen}
      onClick={handleClick}
      className={classNames(
        'relative flex h-row items-center gap-2.5 pr-4 select-none',
        isFolded ? 'pl-9' : 'pl-4',
        isActive
          ? 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-line-strong in-focus:before:bg-accent'
          : 'hover:bg-hover',
      )}
    >
      <RowIcon entry={entry} isChosen={isChosen} isQuiet={quiet !== undefined} />
      <span
        className={classNames('shrink-0 truncate', quiet === 'peers' ? 'w-40' : 'w-24 font-medium')}
        title={entry.agent + to}
      >
        {entry.agent}
        {to}
      </span>
      <RowText entry={entry} isQuiet={quiet !== undefined || isFolded} />
      {entry.kind !== 'fold' && entry.story !== undefined && (
        <span className="shrink-0 text-sm text-muted" title="The story that it would merge">
          {entry.story}
        </span>
      )}
      {(entry.kind === 'approval' || entry.kind === 'failed-approval') && (
        <NewerCommits approval={entry.record} isShort className="text-sm" />
      )}
      {marksBlocking && 'isBlocking' in entry && entry.isBlocking && (
        <span className="shrink-0 text-sm text-amber">stopped</span>
      )}
      {quiet === 'snoozed' && entry.kind !== 'fold' ? (
        <BackIn item={entry} className="w-20 text-right text-sm text-faint" />
      ) : (
        <RelativeTime
          atMs={entry.sinceMs}
          prefix="waits"
          className="w-8 text-right text-sm text-faint"
        />
      )}
    </div>
  );
});

const foldLook: ItemLook = { icon: Mails, word: 'Messages', tone: 'text-muted' };

function RowIcon({
  entry,
  isChosen,
  isQuiet,
}: Record<'isChosen' | 'isQuiet', boolean> & { entry: Entry }) {
  const { icon: Icon, word, tone } = entry.kind === 'fold' ? foldLook : entry.look;
  return (
    <>
      {isChosen ? (
        <span className="flex size-4 shrink-0 items-center justify-center rounded-sm bg-accent text-accent-fg">
          <Check size={12} strokeWidth={2.5} aria-hidden />
        </span>
      ) : (
        <Icon
          size={16}
          strokeWidth={1.75}
          aria-hidden
          className={classNames('shrink-0', isQuiet ? 'text-faint' : tone)}
        />
      )}
      <span className="sr-only">{word} from</span>
    </>
  );
}

/** Of a fold how many, and the newest of them. */
function RowText({ entry, isQuiet }: { entry: Entry; isQuiet: boolean }) {
  if (entry.kind !== 'fold')
    return (
      <UntrustedLine text={entry.line} className={classNames('flex-1', isQuiet && 'text-muted')} />
    );
  const Chevron = entry.isOpen ? ChevronDown : ChevronRight;
  return (
    <span className="flex min-w-0 flex-1 items-center gap-1.5 text-muted">
      <span className="shrink-0">{entry.items.length} messages</span>
      <Chevron size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-faint" />
      {!entry.isOpen && <UntrustedLine text={entry.items.at(-1)?.title ?? ''} className="flex-1" />}
    </span>
  );
}

export function rowId(itemId: string): string {
  return `inbox-${itemId}`;
}
