import { memo } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { type InboxItem, titleOf } from './inbox-items.ts';
import { select } from './inbox-ui.ts';
import { lookOf } from './item-look.ts';

interface InboxRowProps {
  item: InboxItem;
  isActive: boolean;
  /** Between agents: in sight, but not waiting for the operator. */
  quiet?: boolean;
  onOpen: () => void;
}

export const InboxRow = memo(function InboxRow({ item, isActive, quiet, onOpen }: InboxRowProps) {
  const { icon: Icon, word, tone } = lookOf(item);
  const to = item.kind === 'question' && quiet ? ` → ${item.record.to}` : '';
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus and names this by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys
    <div
      id={rowId(item.id)}
      role="option"
      aria-selected={isActive}
      onClick={() => {
        select(item.id);
        onOpen();
      }}
      className={classNames(
        'relative flex h-row items-center gap-2.5 px-4',
        isActive
          ? 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-line-strong in-focus:before:bg-accent'
          : 'hover:bg-hover',
      )}
    >
      <Icon
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className={classNames('shrink-0', quiet ? 'text-faint' : tone)}
      />
      <span className="sr-only">{word} from</span>
      <span
        className={classNames('shrink-0 truncate', quiet ? 'w-40' : 'w-24 font-medium')}
        title={item.agent + to}
      >
        {item.agent}
        {to}
      </span>
      <UntrustedLine text={titleOf(item)} className={classNames('flex-1', quiet && 'text-muted')} />
      <RelativeTime
        atMs={item.sinceMs}
        prefix="waits"
        className="w-8 text-right text-sm text-faint"
      />
    </div>
  );
});

export function rowId(itemId: string): string {
  return `inbox-${itemId}`;
}
