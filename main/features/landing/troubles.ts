/**
 * What went wrong with steps, by story and step: each is tried again later and later, told once, and given up after a bound. Kept for one life of
 * the hub: the next one tries anew.
 */

export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly tries: number;
  /** Not before, on the monotonic clock: setting the machine's holds nothing up. */
  readonly againMs: number;
}

/** So often a step is tried that fails for reasons of nobody's. */
export const mostTries = 5;
const firstMs = 1_000;
const factor = 4;

export class Troubles {
  private readonly byStory = new Map<string, Map<string, Trouble>>();
  private readonly places = new Map<string, string>();

  /** Where it is another one now, what went wrong before says nothing. */
  at(story: string, place: string): void {
    if (this.places.get(story) === place) return;
    this.byStory.delete(story);
    this.places.set(story, place);
  }

  get(story: string, key: string): Trouble | undefined {
    return this.byStory.get(story)?.get(key);
  }

  /** The first of its kind, or another error than before, is worth telling. */
  note(
    { story, key, elapsedMs }: { story: string; key: string; elapsedMs: number },
    error: { readonly code: string; readonly message: string },
  ): { readonly isNew: boolean; readonly trouble: Trouble } {
    const before = this.get(story, key);
    const tries = (before?.tries ?? 0) + 1;
    const againMs = elapsedMs + firstMs * factor ** (tries - 1);
    const trouble = { code: error.code, message: error.message, tries, againMs };
    const all = this.byStory.get(story) ?? new Map<string, Trouble>();
    this.byStory.set(story, all.set(key, trouble));
    return { isNew: before?.message !== error.message, trouble };
  }

  clear(story: string, key: string): void {
    const all = this.byStory.get(story);
    all?.delete(key);
    if (all?.size === 0) this.byStory.delete(story);
  }

  forget(story: string): void {
    this.byStory.delete(story);
    this.places.delete(story);
  }
}

export function isGivenUp({ tries }: Trouble): boolean {
  return tries >= mostTries;
}
