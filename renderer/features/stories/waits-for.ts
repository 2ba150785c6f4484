/** What a story waits for, as the page's own records have it. Pure. */
import type { StoryGone, StoryRecord } from '../../../preload/contract/story-facts.ts';
import type { StoryStage } from '../../../preload/contract/story-stages.ts';

export interface Unmet {
  readonly id: string;
  readonly stage: StoryStage;
}

export interface Known {
  story(id: string): StoryRecord | undefined;
  gone(id: string): StoryGone | undefined;
  /** What a machine that works on stories is called. */
  readonly nodeName?: (id: string) => string | undefined;
}

/**
 * Dependencies that are not done. What is in neither table was archived, and so is met. One that was superseded is waited for
 * in the shape of what took its place.
 */
export function unmetOf({ dependsOn }: Pick<StoryRecord, 'dependsOn'>, known: Known): Unmet[] {
  const unmet: Unmet[] = [];
  for (const first of dependsOn) {
    let id = first;
    // No way round is longer than what is known; the hub refuses those that would be.
    for (let gone = known.gone(id), steps = 0; gone?.by && steps < 100; steps++) {
      id = gone.by;
      gone = known.gone(id);
    }
    const stage = known.story(id)?.place.stage ?? known.gone(id)?.stage;
    if (stage !== undefined && stage !== 'done') unmet.push({ id, stage });
  }
  return unmet;
}

/** `s-3, s-4 and 2 more`; one that will never be done says so. */
export function sayUnmet(unmet: readonly Unmet[]): string {
  const named = unmet.slice(0, 2).map(({ id, stage }) => (stage === 'abandoned' ? `${id}!` : id));
  const more = unmet.length - named.length;
  return more > 0 ? `${named.join(', ')} +${more}` : named.join(', ');
}

export function isNever(unmet: readonly Unmet[]): boolean {
  return unmet.some(({ stage }) => stage === 'abandoned');
}
