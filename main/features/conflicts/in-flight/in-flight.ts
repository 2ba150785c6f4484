/**
 * Sees what agents wrote collide, before anybody commits. A write leads by its path to those who changed that path too,
 * and only those pairs are merged for proof; while nothing is written, nothing runs. An agent whose program has ended
 * counts on: its work is still to be merged. What is merged, or whose agent is gone, counts no more.
 */
import type { CollidingFile, ConflictEnd } from '../../../../preload/contract/conflict-records.ts';
import { reasonOf } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import { selectAgents } from '../../agents/index.ts';
import { selectApprovals } from '../../approvals/index.ts';
import { followTrees, type Trees } from '../../worktrees/index.ts';
import type { CollisionProof, ProvedCollision, Verdict } from '../ports.ts';
import { AgentWork } from './agent-work.ts';
import { keyOf, type Pair, PairChecks, pairOf } from './pair-checks.ts';
import { PathIndex } from './path-index.ts';
import { touchedPaths } from './touched-paths.ts';

/** Who was first, before the other. */
export interface SeenCollision {
  readonly agents: [string, string];
  readonly files: CollidingFile[];
  /** Of all; `files` are the first of them. */
  readonly fileCount: number;
  /** When the second came to have what collides, Unix ms. */
  readonly sinceMs: number;
}

/** Who decides what is made of it. What is told twice is the same. */
export interface CollisionSink {
  seen(collision: SeenCollision): Promise<unknown>;
  gone(agents: [string, string], why: ConflictEnd): Promise<unknown>;
  /** Pairs that an earlier life has left open, in their order. */
  open(): readonly (readonly [string, string])[];
}

export interface InFlightPorts {
  readonly trees: Trees;
  readonly proof: CollisionProof;
}

/** Each look runs a few gits; more would wait for the same cores and disk. */
const looksAtOnce = 2;
/** What is not known is asked again so often, then when something is written. */
const retryMs = [5_000, 30_000, 120_000];

export function startInFlight(
  life: Life<unknown>,
  ports: InFlightPorts,
  sink: CollisionSink,
): void {
  const source = new InFlight(life, ports, sink);
  life.own(() => source.dispose());
  source.start();
}

interface Told {
  readonly agents: [string, string];
  /** What was said; undefined of what an earlier life said. */
  readonly words?: string;
}

class InFlight {
  private readonly life: Life<unknown>;
  private readonly ports: InFlightPorts;
  private readonly sink: CollisionSink;
  private readonly index = new PathIndex();
  private readonly work = new Map<string, AgentWork>();
  private readonly told = new Map<string, Told>();
  private readonly tries = new Map<string, { count: number; cancel: () => void }>();
  private readonly checks: PairChecks;
  private approvals: unknown;
  private mergedMs = 0;

  constructor(life: Life<unknown>, ports: InFlightPorts, sink: CollisionSink) {
    this.life = life;
    this.ports = ports;
    this.sink = sink;
    this.checks = new PairChecks({ atOnce: looksAtOnce, check: (pair) => this.look(pair) });
  }

  start(): void {
    const { life, ports } = this;
    for (const [one, other] of this.sink.open())
      this.told.set(keyOf(pairOf(one, other)), { agents: [one, other] });
    followTrees(ports.trees, life, ({ agent, worktreePath }) => {
      const work = new AgentWork({
        ...{ agent, worktreePath, life, proof: ports.proof },
        base: () => selectAgents(life.hub()).byId.get(agent)?.base,
        onChange: (touched) => this.changed(work, touched),
      });
      this.work.set(agent, work);
      return {
        onState: (state, touched) => work.tell(state, touched),
        onTrouble: () => undefined,
        onGone: () => this.left(work),
      };
    });
    this.targetMoved();
    life.onTopics(() => this.targetMoved());
    for (const { agents } of [...this.told.values()])
      if (!agents.every((agent) => this.work.has(agent)))
        void this.settle(pairOf(...agents), 'agent-gone');
  }

  dispose(): void {
    this.checks.end();
    for (const { cancel } of this.tries.values()) cancel();
    for (const work of this.work.values()) work.end();
  }

  /** What one changed is other than before: those who met it there, or meet it now, may collide or not any more. */
  private changed(work: AgentWork, touched: 'all' | readonly string[]): void {
    const { agent, before, own } = work;
    const paths = touchedPaths(touched, [before, own]);
    const meeting = () =>
      paths === 'all' ? this.index.meeting(agent) : this.index.meetingAt(agent, paths);
    const others = meeting();
    this.index.put(agent, own, work.isWide);
    for (const other of meeting()) others.add(other);
    if (paths === 'all')
      for (const { agents } of this.told.values())
        if (agents.includes(agent)) for (const one of agents) others.add(one);
    for (const other of others) this.askAnew(agent, other);
  }

  private askAnew(one: string, other: string): void {
    const key = keyOf(pairOf(one, other));
    this.tries.get(key)?.cancel();
    this.tries.delete(key);
    this.checks.ask(one, other);
  }

  private left(work: AgentWork): void {
    const { agent } = work;
    work.end();
    if (this.work.get(agent) !== work) return;
    this.work.delete(agent);
    this.index.drop(agent);
    for (const { agents } of [...this.told.values()])
      if (agents.includes(agent)) void this.settle(pairOf(...agents), 'agent-gone');
  }

  /** What was merged is nobody's own any more. */
  private targetMoved(): void {
    const approvals = selectApprovals(this.life.hub());
    if (approvals === this.approvals) return;
    this.approvals = approvals;
    const mergedMs = Math.max(0, ...mergedOf(this.life).map(({ settledMs = 0 }) => settledMs));
    if (mergedMs === this.mergedMs) return;
    this.mergedMs = mergedMs;
    for (const work of this.work.values()) work.reload();
  }

  private async look(pair: Pair): Promise<void> {
    const [one, other] = pair.map((agent) => this.work.get(agent));
    if (one === undefined || other === undefined || !one.isReady || !other.isReady) return;
    try {
      if (!this.index.meeting(one.agent).has(other.agent)) return await this.end(pair);
      const { signal } = this.life;
      const verdict = await this.ports.proof.between(one.worktreePath, other.worktreePath, signal);
      if (!verdict.isKnown) return this.notKnown(pair, verdict.reason);
      const files = this.ownFiles(pair, verdict);
      await (files.fileCount === 0 ? this.end(pair) : this.say(pair, [one, other], files));
    } catch (error) {
      if (!this.life.signal.aborted) this.notKnown(pair, reasonOf(error));
    }
  }

  /**
   * What both changed themselves. A branch that began later has what was merged meanwhile, and that may collide with the
   * other's work; that is between the other and the target, and the agent of the branch can do nothing about it.
   */
  private ownFiles(pair: Pair, { proved, collisions }: Extract<Verdict, { isKnown: true }>) {
    const isOwn = ({ names, isByFolder }: ProvedCollision) =>
      isByFolder || pair.every((agent) => names.some((name) => this.index.touches(agent, name)));
    const own = new Set(proved.filter(isOwn).map(({ path }) => path));
    const files = collisions.files.filter(({ path }) => own.has(path));
    const names = proved.filter(({ path }) => own.has(path)).flatMap((one) => one.names);
    return { files, fileCount: own.size, names };
  }

  private async say(
    pair: Pair,
    [one, other]: readonly [AgentWork, AgentWork],
    found: { files: CollidingFile[]; fileCount: number; names: readonly string[] },
  ): Promise<void> {
    const [oneMs, otherMs] = await Promise.all([
      one.firstMs(found.names),
      other.firstMs(found.names),
    ]);
    const before = this.told.get(keyOf(pair));
    const first = before?.agents[0] ?? (otherMs < oneMs ? other.agent : one.agent);
    const isTurned = first === other.agent;
    const agents: [string, string] = isTurned ? [pair[1], pair[0]] : [pair[0], pair[1]];
    const files = isTurned ? found.files.map(turned) : found.files;
    const words = JSON.stringify([files, found.fileCount]);
    if (before?.words === words) return;
    // Who left meanwhile was told about, and collides with nobody.
    if (this.work.get(pair[0]) !== one || this.work.get(pair[1]) !== other) return;
    const sinceMs = Math.max(oneMs, otherMs);
    await this.sink.seen({ agents, files, fileCount: found.fileCount, sinceMs });
    this.told.set(keyOf(pair), { agents, words });
  }

  private async end(pair: Pair): Promise<void> {
    const merged = mergedOf(this.life);
    const isMerged = pair.some(
      (agent) => this.work.get(agent)?.own.size === 0 && merged.some((one) => one.agent === agent),
    );
    await this.settle(pair, isMerged ? 'merged' : 'gone');
  }

  private async settle(pair: Pair, why: ConflictEnd): Promise<void> {
    const told = this.told.get(keyOf(pair));
    if (told === undefined) return;
    this.told.delete(keyOf(pair));
    await Promise.resolve(this.sink.gone(told.agents, why)).catch((error) => {
      if (!this.life.signal.aborted)
        this.life.logger.warn(
          { pair, reason: reasonOf(error) },
          'the end of a conflict was not taken',
        );
    });
  }

  /** What was said stands, until it is known otherwise. */
  private notKnown(pair: Pair, reason: string): void {
    const { clock, logger } = this.life;
    const key = keyOf(pair);
    const count = this.tries.get(key)?.count ?? 0;
    if (count === 0) logger.info({ pair, reason }, 'whether these two collide is not known');
    const delayMs = retryMs[count];
    if (delayMs === undefined) return;
    const cancel = clock.schedule(() => this.checks.ask(...pair), delayMs);
    this.tries.set(key, { count: count + 1, cancel });
  }
}

function turned(file: CollidingFile): CollidingFile {
  return file.ranges ? { ...file, ranges: [file.ranges[1], file.ranges[0]] } : file;
}

function mergedOf(life: Life<unknown>) {
  return selectApprovals(life.hub())
    .byId.values()
    .filter(({ state }) => state === 'merged');
}
