/** A part of the page whose code is fetched when it is first shown: the page is there before all that it can show. */
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { ViewSkeleton } from './view-skeleton.tsx';

export type LazyPart<Props> = ComponentType<Props> & {
  /** Fetches it for who knows that it is shown soon. */
  readonly preload: () => void;
};

/** A whole view: what it will look like, roughly, is there until it is. */
export function lazyView(load: () => Promise<ComponentType>): LazyPart<object> {
  return lazyPart(load, <ViewSkeleton />);
}

/** `until`: in its place meanwhile; left out, as much room as there is. */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  until: ReactNode = <div className="min-h-0 min-w-0 flex-1" />,
): LazyPart<Props> {
  let fetching: Promise<{ default: ComponentType<Props> }> | undefined;
  let Loaded = lazy(fetchIt);
  function fetchIt(): Promise<{ default: ComponentType<Props> }> {
    fetching ??= load().then((part) => ({ default: part }), fail);
    return fetching;
  }
  function fail(cause: unknown): never {
    // What failed would be remembered for ever; the next try asks again.
    fetching = undefined;
    Loaded = lazy(fetchIt);
    throw new Error(
      'Its code could not be fetched: Musher was stopped, or has another version since. Reload the page once it runs.',
      { cause },
    );
  }
  function LazyPart(props: Props) {
    return (
      <Suspense fallback={until}>
        <Loaded {...props} />
      </Suspense>
    );
  }
  return Object.assign(LazyPart, { preload: () => void fetchIt().catch(() => undefined) });
}
