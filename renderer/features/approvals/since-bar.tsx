import { History } from 'lucide-react';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { shortId } from '../../ui/short-id.ts';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import type { SinceState } from './use-since.ts';

interface SinceBarProps {
  state: SinceState;
  isSince: boolean;
  onSince: (isSince: boolean) => void;
}

const segments = [
  { value: 'since', label: 'Since your review' },
  { value: 'whole', label: 'Whole' },
] as const;

/** It was asked for before and reviewed: what is new, and the way to the whole. Nothing where it was not. */
export function SinceBar({ state, isSince, onSince }: SinceBarProps) {
  const { before, since, error } = state;
  const hasChanges = since !== undefined && since.paths.length > 0;
  useShortcuts([{ keys: 'i', run: () => onSince(!isSince) }], hasChanges);
  if (!before) return null;
  return (
    <section
      aria-label="Since your review"
      className="flex min-h-bar shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b px-4 py-1 text-sm"
    >
      <History size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-faint" />
      <p className="flex min-w-0 flex-1 basis-60 flex-wrap items-center gap-x-2 text-muted">
        <span>
          You reviewed <code>{shortId(before.pin.commit)}</code>.
        </span>
        {error && <span className="text-amber">{toPlainLine(error.message)}</span>}
        {since && !hasChanges && <span>Its result is the same as this one’s.</span>}
        {hasChanges && (
          <span className="flex items-center gap-2">
            {since.paths.length === 1 ? '1 file differs' : `${since.paths.length} files differ`}
            <ChangeCounts additions={since.additions} deletions={since.deletions} />
          </span>
        )}
        {since?.how === 'rebased' && <span>What the target brought meanwhile is left out.</span>}
        {since?.how === 'conflicts' && (
          <span className="text-amber">
            It does not merge with the new base: what the target brought to these files is among it.
          </span>
        )}
      </p>
      {hasChanges && (
        <span className="flex items-center gap-2">
          <Kbd keys="i" />
          <Segmented
            label="What of the diff is shown"
            value={isSince ? 'since' : 'whole'}
            segments={segments}
            onChange={(value) => onSince(value === 'since')}
          />
        </span>
      )}
    </section>
  );
}
