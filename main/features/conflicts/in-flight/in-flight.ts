/**
 * Sees what agents wrote collide, before anybody commits. A write leads by its path to those who changed that path too,
 * and only those pairs are merged for proof; while nothing is written, nothing runs. An agent whose program has ended
 * counts on: its work is still to be merged. What is in the target, or whose agent is gone, counts no more.
 */
import type { ConflictEnd } from '../../../../preload/contract/conflict-records.ts';
import { reasonOf } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import { selectAgents } from '../../agents/index.ts';
import { selectApprovals } from '../../approvals/index.ts';
import { followTrees, type Trees } from '../../worktrees/index.ts';
import { isBranchSide, toBranchSide } from '../../../../preload/contract/conflict-sides.ts';
import type { CollisionProof, ProvedCollision, Verdict } from '../ports.ts';
import type { Teller } from '../teller.ts';
import { AgentWork } from './agent-work.ts';
import { Later } from './later.ts';
import { keyOf, type Pair, PairChecks, pairOf } from './pair-checks.ts';
import { PathIndex } from './path-index.ts';
import { type Found, Reports } from './reports.ts';
import { onTargetMoved } from './target-moves.ts';
import { touchedPaths } from './touched-paths.ts';

export interface InFlightPorts {
  readonly trees: Trees;
  readonly proof: CollisionProof;
}

/** Each look runs a few gits; more would wait for the same cores and disk. */
const looksAtOnce = 2;
/** What is not known is asked again so often, then when something is written. */
const retryMs = [5_000, 30_000, 120_000];

export function startInFlight(life: Life<unknown>, ports: InFlightPorts, teller: Teller): void {
  const source = new InFlight(life, ports, new Reports(life, teller));
  life.own(() => source.dispose());
  source.start();
}

class InFlight {
  private readonly life: Life<unknown>;
  private readonly ports: InFlightPorts;
  private readonly reports: Reports;
  private readonly index = new PathIndex();
  private readonly work = new Map<string, AgentWork>();
  private readonly later: Later;
  private readonly checks: PairChecks;

  constructor(life: Life<unknown>, ports: InFlightPorts, reports: Reports) {
    this.life = life;
    this.ports = ports;
    this.reports = reports;
    this.later = new Later(life.clock);
    this.checks = new PairChecks({ atOnce: looksAtOnce, check: (pair) => this.look(pair) });
  }

  start(): void {
    const { life, ports } = this;
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
    onTargetMoved(life, (target) => {
      const side = toBranchSide(target);
      for (const work of this.work.values()) if (work.target() === side) work.reload();
    });
    for (const pair of this.reports.open())
      if (!pair.every((side) => isBranchSide(side) || this.work.has(side)))
        void this.end(pair, 'agent-gone');
  }

  dispose(): void {
    this.checks.end();
    this.later.dispose();
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
    if (paths === 'all') for (const other of this.reports.open(agent).flat()) others.add(other);
    const target = work.target();
    if (target !== undefined && work.meetsTarget(paths)) others.add(target);
    for (const other of others) this.ask(agent, other);
  }

  private ask(one: string, other: string): void {
    this.later.forget(keyOf(pairOf(one, other)));
    this.checks.ask(one, other);
  }

  private left(work: AgentWork): void {
    const { agent } = work;
    work.end();
    if (this.work.get(agent) !== work) return;
    this.work.delete(agent);
    this.index.drop(agent);
    for (const other of [...this.work.keys(), work.target() ?? ''])
      this.later.forget(keyOf(pairOf(agent, other)));
    for (const pair of this.reports.open(agent)) void this.end(pair, 'agent-gone');
  }

  private async look(pair: Pair): Promise<void> {
    try {
      await (pair.some(isBranchSide) ? this.lookAtTarget(pair) : this.lookAtBoth(pair));
    } catch (error) {
      if (!this.life.signal.aborted) this.notKnown(pair, reasonOf(error));
    }
  }

  private async lookAtBoth(pair: Pair): Promise<void> {
    const [one, other] = pair.map((agent) => this.work.get(agent));
    if (!one?.isReady || !other?.isReady) return;
    if (!this.index.meets(one.agent, other.agent)) return await this.end(pair);
    const { signal } = this.life;
    const verdict = await this.ports.proof.between(one.worktreePath, other.worktreePath, signal);
    if (!verdict.isKnown) return this.notKnown(pair, verdict.reason);
    this.later.forget(keyOf(pair));
    const found = this.ownFiles(pair, verdict);
    await (found.fileCount === 0 ? this.end(pair) : this.reports.say(one, other, found));
  }

  /** What is merged already and what an agent writes: nobody but that agent can do something about it. */
  private async lookAtTarget(pair: Pair): Promise<void> {
    const [ref] = pair.filter(isBranchSide);
    const work = pair.map((side) => this.work.get(side)).find((one) => one !== undefined);
    if (!work?.isReady || ref === undefined) return;
    if (work.target() !== ref || !work.meetsTarget()) return await this.end(pair);
    const { signal } = this.life;
    const verdict = await this.ports.proof.between(work.worktreePath, { ref }, signal);
    if (!verdict.isKnown) return this.notKnown(pair, verdict.reason);
    this.later.forget(keyOf(pair));
    const { files, fileCount } = verdict.collisions;
    await (fileCount === 0
      ? this.end(pair)
      : this.reports.sayOfTarget(work, ref, { files, fileCount }));
  }

  /**
   * What both changed themselves. A branch that began later has what was merged meanwhile, and that may collide with the
   * other's work; that is between the other and the target, and the agent of the branch can do nothing about it.
   */
  private ownFiles(pair: Pair, { proved, collisions }: Extract<Verdict, { isKnown: true }>): Found {
    const isOwn = ({ names, isByFolder }: ProvedCollision) =>
      isByFolder || pair.every((agent) => names.some((name) => this.index.touches(agent, name)));
    const own = proved.filter(isOwn);
    const paths = new Set(own.map(({ path }) => path));
    return {
      files: collisions.files.filter(({ path }) => paths.has(path)),
      // Those that are not named are taken for what both changed.
      fileCount: paths.size + collisions.fileCount - proved.length,
      names: own.flatMap(({ names }) => names),
    };
  }

  /** What was said stands, until it is known otherwise. */
  private notKnown(pair: Pair, reason: string): void {
    const key = keyOf(pair);
    const tries = this.later.triesOf(key);
    if (tries === 0)
      this.life.logger.info({ pair, reason }, 'whether these two collide is not known');
    const delayMs = retryMs[tries];
    if (delayMs === undefined) return;
    this.later.plan(key, { delayMs, tries: tries + 1 }, () => this.checks.ask(...pair));
  }

  private end(pair: Pair, why: ConflictEnd = this.endOf(pair)): Promise<void> {
    return this.reports.end(pair, why);
  }

  private endOf(pair: Pair): ConflictEnd {
    const approvals = selectApprovals(this.life.hub()).byId.values();
    const isMerged = (id: string) =>
      this.work.get(id)?.own.size === 0 &&
      approvals.some(({ agent, state }) => agent === id && state === 'merged');
    return pair.some(isMerged) ? 'merged' : 'gone';
  }
}
