import { lazy, Suspense } from 'react';
import type { ReadOnlyDiffProps } from './read-only-diff.tsx';

const Review = lazy(async () => ({ default: (await import('./review-view.tsx')).ReviewView }));

/** The diff viewer is nearly half of the page’s code, so it is fetched when a review is first opened. */
export function LazyReview() {
  return (
    <Suspense fallback={null}>
      <Review />
    </Suspense>
  );
}

const Diff = lazy(async () => ({ default: (await import('./read-only-diff.tsx')).ReadOnlyDiff }));

/** The same viewer for others who show a diff. */
export function LazyDiff(props: ReadOnlyDiffProps) {
  return (
    <Suspense fallback={null}>
      <Diff {...props} />
    </Suspense>
  );
}
