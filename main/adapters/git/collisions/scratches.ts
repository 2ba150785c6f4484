/**
 * The scratch that proofs are made in. After so many uses, or when the repository's configuration is another, the next
 * use makes a new one, and the old one goes once its last use is over: what is written into it is never searched or packed.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RepositoryContext } from '../repository-context.ts';
import { makeScratch, type Scratch, stampOf } from './scratch.ts';

/** Each use writes a few objects and a merge; at most some 100 MB of small files come together. */
const mostUses = 2_000;

interface Open {
  readonly scratch: Scratch;
  uses: number;
  running: number;
  isOver: boolean;
}

export class Scratches {
  private readonly context: RepositoryContext;
  private readonly folder: string;
  private current: Open | undefined;
  private tail: Promise<unknown> = Promise.resolve();
  private count = 0;
  private isEnded = false;

  constructor(context: RepositoryContext, folder: string) {
    this.context = context;
    this.folder = folder;
  }

  async use<T>(work: (scratch: Scratch) => Promise<T>): Promise<T> {
    const open = await this.open();
    open.uses++;
    open.running++;
    try {
      return await work(open.scratch);
    } finally {
      open.running--;
      if (open.isOver && open.running === 0) await open.scratch.remove();
    }
  }

  /** Takes everything away, once what runs is over. */
  async dispose(): Promise<void> {
    this.isEnded = true;
    await this.tail;
    this.retire(this.current);
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** One after another, so that only one makes a new one. */
  private open(): Promise<Open> {
    const next = this.tail.then(() => this.choose());
    this.tail = next.catch(() => undefined);
    return next;
  }

  private async choose(): Promise<Open> {
    if (this.isEnded) throw new Error('the scratches are closed');
    const { current } = this;
    const stamp = await stampOf(this.context.repository.commonDir);
    if (current && current.uses < mostUses && current.scratch.configStamp === stamp) return current;
    this.current = undefined;
    this.retire(current);
    this.current = await this.make();
    return this.current;
  }

  private retire(open: Open | undefined): void {
    if (open === undefined) return;
    open.isOver = true;
    if (open.running === 0) void open.scratch.remove().catch(() => {});
  }

  private async make(): Promise<Open> {
    if (this.count === 0) await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
    const scratch = await makeScratch(this.context, join(this.folder, String(this.count++)));
    return { scratch, uses: 0, running: 0, isOver: false };
  }
}
