import { ChevronRight } from 'lucide-react';

/** In the `summary` of a `details` that is a `group`: which way it goes. */
export function FoldMark() {
  return (
    <ChevronRight
      size={14}
      strokeWidth={1.75}
      aria-hidden
      className="-ml-0.5 shrink-0 text-faint group-open:rotate-90"
    />
  );
}
