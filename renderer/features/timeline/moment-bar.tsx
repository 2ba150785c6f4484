import { ChevronDown, ChevronUp, CornerLeftUp, CornerRightDown, History } from 'lucide-react';
import type { PastEvent, PastProgress } from '../../../preload/contract/timeline.ts';
import { useNow } from '../../ui/clock.ts';
import { Button } from '../../ui/button.tsx';
import { formatExact } from '../../ui/format-time.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { nameOf, writerOf } from './event-words.ts';
import { sayMoment } from './scale.ts';
import type { TimelineActions } from './use-timeline-keys.ts';

interface MomentBarProps {
  event: PastEvent;
  progress: PastProgress | undefined;
  actions: TimelineActions;
  /** Lists only the events of that thing. */
  onAbout: (about: string) => void;
}

/** Says that all below it is past, which moment it is, and the ways on from it. */
export function MomentBar({ event, progress, actions, onAbout }: MomentBarProps) {
  const now = useNow(60_000);
  const { seq, atMs, type, text, about } = event;
  return (
    <header className="shrink-0 border-b bg-amber-soft">
      <div className="flex min-h-9 flex-wrap items-center gap-x-2 px-4 py-1">
        <History size={16} aria-hidden className="shrink-0 text-amber" />
        <h2 className="font-medium whitespace-nowrap" title={formatExact(atMs)}>
          As it was at #{seq.toLocaleString('en')}, {sayMoment(atMs, now)}
        </h2>
        <span className="ml-auto flex items-center gap-0.5">
          <IconButton icon={ChevronUp} label="Event before" shortcut="k" onClick={actions.before} />
          <IconButton icon={ChevronDown} label="Next event" shortcut="j" onClick={actions.next} />
          <IconButton
            icon={CornerLeftUp}
            label="What led to it"
            shortcut="["
            onClick={actions.cause}
          />
          <IconButton
            icon={CornerRightDown}
            label="What came of it"
            shortcut="]"
            onClick={actions.effect}
          />
          <Button shortcut="Escape" onClick={actions.now}>
            Back to now
          </Button>
        </span>
      </div>
      <div className="flex min-w-0 items-center gap-2 px-4 pb-1.5 text-sm">
        <span className="shrink-0 font-mono">{type}</span>
        <UntrustedLine
          text={text === '' ? `by ${writerOf(event)}` : text}
          className="flex-1 text-muted"
        />
        {about
          .filter((one) => /^(agent|story)\//.test(one))
          .map((one) => (
            <button
              key={one}
              type="button"
              title={`Only the events of ${nameOf(one)}`}
              onClick={() => onAbout(one)}
              className="shrink-0 rounded-sm px-1 text-muted underline decoration-line-strong underline-offset-2 hover:text-fg"
            >
              {nameOf(one)}
            </button>
          ))}
      </div>
      {progress !== undefined && <Folding progress={progress} />}
    </header>
  );
}

/** It takes longer once: what is folded is kept. */
export function Folding({ progress: { at, to } }: { progress: PastProgress }) {
  return (
    <p role="status" className="flex items-center gap-2 px-4 py-1 text-sm text-muted">
      <progress
        value={at}
        max={Math.max(to, 1)}
        className="h-1 w-40 appearance-none overflow-hidden rounded-full bg-line-strong [&::-webkit-progress-bar]:bg-line-strong [&::-webkit-progress-value]:bg-accent"
      >
        {Math.round((at / Math.max(to, 1)) * 100)} %
      </progress>
      Folding the log for the first time: event {at.toLocaleString('en')} of{' '}
      {to.toLocaleString('en')}
    </p>
  );
}
