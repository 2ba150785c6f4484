import { Compass } from 'lucide-react';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { Button } from '../../ui/button.tsx';
import { answerOffer, startTour, useTour } from './tour-state.ts';

const LazyTour = lazyPart(async () => (await import('./tour.tsx')).Tour);

/** Offered once, in the frame and over nothing, to who uses the app for the first time in this browser. */
export function TourOffer() {
  const isOffered = useTour(({ answer, at }) => answer === 'open' && at === undefined);
  if (!isOffered) return null;
  return (
    <section
      aria-label="Tour"
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t bg-raised px-4 py-1"
    >
      <Compass size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-faint" />
      <span className="min-w-0 flex-1">
        New here? A tour of two minutes goes through the views.
      </span>
      <span className="flex gap-2">
        <Button onPointerEnter={LazyTour.preload} onFocus={LazyTour.preload} onClick={startTour}>
          Take the tour
        </Button>
        <Button look="quiet" onClick={() => answerOffer('dismissed')}>
          Not now
        </Button>
      </span>
    </section>
  );
}

/** Its code is fetched when it begins. */
export function TourLayer() {
  const at = useTour((state) => state.at);
  return at !== undefined && <LazyTour at={at} />;
}
