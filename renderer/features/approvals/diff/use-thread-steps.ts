/** Going from thread to thread by keys, and answering the one where one is. */
import { useState } from 'react';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import type { PlacedThread } from '../placed-threads.ts';
import type { LinePlace } from '../review-comments.ts';
import type { DiffReview } from './diff-review.ts';

interface ThreadStepOptions {
  readonly review: DiffReview | undefined;
  readonly boxOf: (thread: PlacedThread) => LinePlace | undefined;
  readonly goToLine: (place: LinePlace) => void;
  /** The file may be folded. */
  readonly unfold: (fileId: string) => void;
}

export interface ThreadSteps {
  readonly activeThread: string | undefined;
  readonly openThread: (thread: PlacedThread) => void;
}

export function useThreadSteps(options: ThreadStepOptions): ThreadSteps {
  const { review, boxOf, goToLine, unfold } = options;
  const { threads = [], onWriting, onResolve } = review ?? {};
  const [activeThread, setActive] = useState<string>();
  const openThread = (placed: PlacedThread) => {
    setActive(placed.thread.id);
    const place = boxOf(placed);
    if (!place) return;
    unfold(place.fileId);
    // The file may have to be drawn first.
    requestAnimationFrame(() => goToLine(place));
  };
  const step = (by: 1 | -1) => {
    const at = threads.findIndex(({ thread }) => thread.id === activeThread);
    const next = threads[at === -1 ? (by === 1 ? 0 : threads.length - 1) : at + by];
    if (next) openThread(next);
  };
  const active = threads.find(({ thread }) => thread.id === activeThread)?.thread;
  useShortcuts(
    [
      { keys: '.', run: () => step(1) },
      { keys: ',', run: () => step(-1) },
      { keys: 'r', run: () => active && onWriting?.({ thread: active.id, text: '' }) },
      { keys: 'y', run: () => active && onResolve?.(active.id, active.state !== 'resolved') },
    ],
    threads.length > 0,
  );
  return { activeThread, openThread };
}
