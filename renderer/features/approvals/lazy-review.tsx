import { lazy, Suspense } from 'react';

const Review = lazy(async () => ({ default: (await import('./review-view.tsx')).ReviewView }));

/** The diff viewer is nearly half of the page’s code, so it is fetched when a review is first opened. */
export function LazyReview() {
  return (
    <Suspense fallback={null}>
      <Review />
    </Suspense>
  );
}
