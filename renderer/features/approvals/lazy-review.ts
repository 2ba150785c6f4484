/** The diff viewer is nearly half of the page’s code, so it is fetched when a review is first opened. */
import { lazyPart, lazyView } from '../../ui/lazy-part.tsx';

export const LazyReview = lazyView(async () => (await import('./review-view.tsx')).ReviewView);

/** The same viewer for others who show a diff. */
export const LazyDiff = lazyPart(async () => (await import('./read-only-diff.tsx')).ReadOnlyDiff);
