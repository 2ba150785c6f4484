/** In a small window a list and its detail are two pages: which one is shown, and the way between them. */
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { hasPages, useMedia } from './use-media.ts';

export interface Pages {
  /** `both`: the window has room for the two of them. */
  readonly shown: 'both' | 'list' | 'detail';
  /** To the detail. Nothing changes where both are shown, until the window gets small. */
  open(): void;
  /** To the list; false when it is in sight already. */
  back(): boolean;
}

/** `isDetail`: the detail was asked for, by an address for example. */
export function usePages(isDetail = false): Pages {
  const isSmall = useMedia(hasPages);
  const [page, setPage] = useState<'list' | 'detail'>(isDetail ? 'detail' : 'list');
  return {
    shown: isSmall ? page : 'both',
    open: () => setPage('detail'),
    back() {
      setPage('list');
      return isSmall && page === 'detail';
    },
  };
}

const backId = 'back-to-list';

interface BackBarProps {
  /** Where it leads: the list's name. */
  to: string;
  onBack: () => void;
}

/** On top of a detail that is a page of its own. */
export function BackBar({ to, onBack }: BackBarProps) {
  return (
    <div className="flex h-row shrink-0 items-center border-b px-2">
      <button
        id={backId}
        type="button"
        aria-keyshortcuts="Escape"
        onClick={onBack}
        className="flex h-7 items-center gap-1 rounded-md pr-2 pl-1 text-muted hover:bg-hover hover:text-fg"
      >
        <ChevronLeft size={16} aria-hidden />
        {to}
      </button>
    </div>
  );
}

/** What has the keyboard while the list is out of sight. */
export function findBack(): HTMLElement | null {
  return document.getElementById(backId);
}
