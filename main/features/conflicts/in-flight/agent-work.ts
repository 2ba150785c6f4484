/** The work of one agent: what its commits and its worktree changed since its branch left its base. */
import { reasonOf } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import type { TreeState } from '../../worktrees/index.ts';
import { toBranchSide } from '../../../../preload/contract/conflict-sides.ts';
import type { BranchAsk, BranchChanges, CollisionProof } from '../ports.ts';
import { ChangedPaths } from './changed-paths.ts';
import { type OwnPaths, ownPaths } from './own-paths.ts';
import { mostIndexed } from './path-index.ts';

export interface WorkDeps {
  readonly agent: string;
  readonly worktreePath: string;
  readonly life: Life<unknown>;
  readonly proof: CollisionProof;
  readonly base: () => BranchAsk['base'] | undefined;
  /** `own` is other than `before`, or something of it has other content. */
  readonly onChange: (touched: 'all' | readonly string[]) => void;
}

const nothing: BranchChanges = { own: new Map(), ahead: new Map() };

/** Of so many colliding files it is asked who had them first. */
const askedFiles = 10;

export class AgentWork {
  readonly agent: string;
  readonly worktreePath: string;
  own: OwnPaths = new Map();
  before: OwnPaths = new Map();
  /** What its commits changed is not known: it may be anything. */
  isWide = false;
  /** It was read once. */
  isReady = false;
  private readonly deps: WorkDeps;
  private readonly ended = new AbortController();
  private state: TreeState | undefined;
  private committed = nothing.own;
  private ahead = new ChangedPaths(nothing.ahead);
  /** Of which commit `committed` is; undefined: it must be read. */
  private committedAt: string | undefined;
  private isLoading = false;
  /** When a path came to be its own, Unix ms, of what came while it was watched. */
  private readonly cameMs = new Map<string, number>();

  constructor(deps: WorkDeps) {
    this.deps = deps;
    this.agent = deps.agent;
    this.worktreePath = deps.worktreePath;
  }

  get isOver(): boolean {
    return this.ended.signal.aborted;
  }

  end(): void {
    this.ended.abort();
    this.deps.proof.forget(this.worktreePath);
  }

  tell(state: TreeState, touched: 'all' | readonly string[]): void {
    this.deps.proof.tell(this.worktreePath, state, touched);
    this.state = state;
    // After a commit what is dirty is less at once, what is committed is known a moment later: both are told together.
    if (state.head === this.committedAt && this.isReady && !this.isLoading) this.apply(touched);
    else void this.load();
  }

  /** Where its work goes, as a side of conflicts. */
  target(): string | undefined {
    const base = this.deps.base();
    return base && toBranchSide(base.ref);
  }

  /** What it changed may collide with what its target has by now; `paths`: at these of them, before or after. */
  meetsTarget(paths: 'all' | Iterable<string> = 'all'): boolean {
    const { own, before, ahead } = this;
    if (ahead.own.size === 0) return false;
    if (paths === 'all') return ahead.meetsAny(own);
    for (const path of paths) {
      const change = own.get(path) ?? before.get(path);
      if (change !== undefined && ahead.meets(path, change)) return true;
    }
    return false;
  }

  /** Its base may be further. */
  reload(): void {
    this.committedAt = undefined;
    if (this.state !== undefined) void this.load();
  }

  /** When the first of these paths came to be its own, as far as known; else now. */
  async firstMs(names: readonly string[]): Promise<number> {
    const { life, proof } = this.deps;
    const mine = names.filter((name) => this.own.has(name)).slice(0, askedFiles);
    const known = mine.flatMap((name) => this.cameMs.get(name) ?? []);
    const unknown = mine.filter((name) => !this.cameMs.has(name));
    const ask = this.branch();
    const read =
      unknown.length === 0 || ask === undefined
        ? undefined
        : await proof.firstMs({ ...ask, paths: unknown }).catch(() => undefined);
    if (read !== undefined && this.own.size <= mostIndexed)
      for (const name of unknown) this.cameMs.set(name, read);
    const times = [...known, ...(read === undefined ? [] : [read])];
    return times.length > 0 ? Math.min(...times) : life.clock.now();
  }

  /** One at a time; what moved meanwhile is read after it. */
  private async load(): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    for (;;) {
      const head = this.state?.head;
      if (this.ended.signal.aborted || (this.isReady && head === this.committedAt)) break;
      this.committedAt = head;
      await this.read();
      if (this.committedAt === this.state?.head && !this.ended.signal.aborted) this.apply('all');
    }
    this.isLoading = false;
  }

  private async read(): Promise<void> {
    const { life, proof } = this.deps;
    const ask = this.branch();
    try {
      this.take(ask === undefined ? nothing : await proof.branchChanges(ask));
      this.isWide = false;
    } catch (error) {
      if (this.ended.signal.aborted) return;
      this.take(nothing);
      this.isWide = true;
      const reason = reasonOf(error);
      life.logger.info({ agent: this.agent, reason }, 'what its commits changed is not known');
    }
  }

  private take({ own, ahead }: BranchChanges): void {
    this.committed = own;
    this.ahead = new ChangedPaths(ahead);
  }

  private branch(): BranchAsk | undefined {
    const head = this.state?.head;
    const base = this.deps.base();
    if (head === undefined || base === undefined) return undefined;
    return { worktreePath: this.worktreePath, head, base, signal: this.ended.signal };
  }

  private apply(touched: 'all' | readonly string[]): void {
    const { state } = this;
    if (state === undefined) return;
    this.before = this.own;
    this.own = ownPaths(this.committed, state.changes);
    this.note(state.atMs);
    this.isReady = true;
    this.deps.onChange(touched);
  }

  /** What was there when it was first read came at a time that the disk and the commits know. */
  private note(atMs: number): void {
    for (const path of this.cameMs.keys()) if (!this.own.has(path)) this.cameMs.delete(path);
    if (!this.isReady || this.own.size > mostIndexed) return;
    for (const path of this.own.keys())
      if (!this.before.has(path) && !this.cameMs.has(path)) this.cameMs.set(path, atMs);
  }
}
