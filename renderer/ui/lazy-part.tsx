/** A part of the page whose code is fetched when it is first shown: the page is there before all that it can show. */
import { type ComponentType, lazy, Suspense } from 'react';

export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let Loaded = lazy(fetchIt);
  async function fetchIt(): Promise<{ default: ComponentType<Props> }> {
    try {
      return { default: await load() };
    } catch (cause) {
      // What failed would be remembered for ever; the next try asks again.
      Loaded = lazy(fetchIt);
      throw new Error(
        'Its code could not be fetched: Musher was stopped, or has another version since. Reload the page once it runs.',
        { cause },
      );
    }
  }
  return function LazyPart(props: Props) {
    // Until it is there, its place is held by as much as it will take.
    return (
      <Suspense fallback={<div className="min-h-0 min-w-0 flex-1" />}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
