/** Marks that wait for the commit of their turn. A query sets them, and must not fail or write by itself. */
import type { LogStore, StoredMark } from './log-store.ts';

/** Small facts beside the log that say what was tried, not what became true; each feature has names of its own. */
export interface Marks {
  get(name: string): string | undefined;
  /**
   * Written with the commit of this turn. Resolves when that was tried; one that failed is tried again with the next
   * commit, and `get` knows it meanwhile: reading never fails because the disk is full.
   */
  set(name: string, value: string): Promise<void>;
}

export class MarksToWrite {
  private readonly store: Pick<LogStore, 'marks'>;
  private readonly wanted: () => void;
  /** By owner and name: the newest value alone, so it is bounded by the names there are. */
  private readonly waiting = new Map<string, StoredMark>();
  /** What was read or set: an inbox asks for its own at each read. Bounded likewise. */
  private readonly known = new Map<string, string | undefined>();
  private tellers: Array<() => void> = [];

  /** `wanted` is told when there is something to write at the end of this turn. */
  constructor(store: Pick<LogStore, 'marks'>, wanted: () => void) {
    this.store = store;
    this.wanted = wanted;
  }

  of(owner: string): Marks {
    return {
      get: (name) => this.get(owner, name),
      set: (name, value) => this.add({ owner, name, value }),
    };
  }

  list(): readonly StoredMark[] {
    return [...this.waiting.values()];
  }

  written(marks: readonly StoredMark[]): void {
    for (const mark of marks) {
      if (this.waiting.get(keyOf(mark)) === mark) this.waiting.delete(keyOf(mark));
    }
    this.tried();
  }

  /** Written by somebody else, with newer values. */
  overtaken(marks: readonly StoredMark[]): void {
    for (const mark of marks) {
      this.waiting.delete(keyOf(mark));
      this.known.set(keyOf(mark), mark.value);
    }
  }

  /** They stay for the next commit when this one failed: whoever waits goes on all the same. */
  tried(): void {
    for (const tell of this.tellers.splice(0)) tell();
  }

  private get(owner: string, name: string): string | undefined {
    const key = keyOf({ owner, name });
    if (!this.known.has(key)) this.known.set(key, this.store.marks(owner).get(name));
    return this.known.get(key);
  }

  private add(mark: StoredMark): Promise<void> {
    this.waiting.set(keyOf(mark), mark);
    this.known.set(keyOf(mark), mark.value);
    return new Promise((resolve) => {
      this.tellers.push(resolve);
      this.wanted();
    });
  }
}

function keyOf({ owner, name }: Pick<StoredMark, 'owner' | 'name'>): string {
  return `${owner}\n${name}`;
}
