import type { ReactNode } from 'react';
import { Count } from '../../ui/badge.tsx';

interface PastSectionProps {
  title: string;
  count: number;
  /** Said where there is none. */
  none: string;
  /** Beside the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** One part of what stood then. Its heading stays in sight while it is read. */
export function PastSection({ title, count, none, aside, children }: PastSectionProps) {
  return (
    <section aria-label={`${title} then`} className="border-b">
      <h2 className="sticky top-0 z-10 flex h-8 items-center gap-1.5 bg-raised px-4 text-sm font-medium">
        {title}
        <Count value={count} what={title.toLowerCase()} most={99_999} />
        <span className="ml-auto font-normal text-faint">{aside}</span>
      </h2>
      {count === 0 ? <p className="px-4 pt-1 pb-3 text-sm text-faint">{none}</p> : children}
    </section>
  );
}
