/**
 * Looks where the branches of standing requests are, and tells what that makes of them. git is asked when a branch moves, when a
 * request comes, and once at the start for what moved meanwhile; a request whose branch is where it was costs no further question.
 */
import { reasonOf } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import { selectAgents } from '../../agents/index.ts';
import type { ApprovalsState } from '../slice.ts';
import type { BranchAsk, Branches } from './ports.ts';
import { knownTip, type Standing, standingOnes } from './stands.ts';

/** What could not be looked at (a lock, a full disk) is looked at again, milliseconds. */
const retryMs = 30_000;

export function watchBranches(port: Branches, life: Life<ApprovalsState>): void {
  const watch = new BranchWatch(port, life);
  life.onTopics(() => watch.follow());
  watch.follow();
  const end = port.watch(
    () => watch.branches(),
    (branch) => watch.look([branch]),
  );
  life.own(() => {
    watch.end();
    return end();
  });
}

class BranchWatch {
  private readonly port: Branches;
  private readonly life: Life<ApprovalsState>;
  /** Requests with their branches, as of these states. */
  private known: ReadonlySet<string> = new Set();
  private records: unknown;
  private agents: unknown;
  private readonly wanted = new Set<string>();
  private isLooking = false;
  private cancelRetry = (): void => undefined;

  constructor(port: Branches, life: Life<ApprovalsState>) {
    this.port = port;
    this.life = life;
  }

  end(): void {
    this.cancelRetry();
  }

  branches(): readonly string[] {
    return [...new Set(this.standing().map(({ branch }) => branch))];
  }

  /** Whatever came to stand since. */
  follow(): void {
    const { byId } = this.life.state();
    const agents = selectAgents(this.life.hub()).byId;
    if (this.life.signal.aborted || (byId === this.records && agents === this.agents)) return;
    this.records = byId;
    this.agents = agents;
    const standing = this.standing();
    const fresh = standing.filter((one) => !this.known.has(nameOf(one)));
    this.known = new Set(standing.map(nameOf));
    this.look(fresh.map(({ branch }) => branch));
  }

  look(branches: readonly string[]): void {
    for (const branch of branches) this.wanted.add(branch);
    if (!this.isLooking && this.wanted.size > 0) void this.lookAtWanted();
  }

  /** One look at a time: what moves meanwhile is looked at once more. */
  private async lookAtWanted(): Promise<void> {
    this.isLooking = true;
    while (this.wanted.size > 0 && !this.life.signal.aborted) {
      const now = new Set(this.wanted);
      this.wanted.clear();
      await this.lookAt(now).catch((error) => this.tryAgain(now, error));
    }
    this.isLooking = false;
  }

  private async lookAt(wanted: ReadonlySet<string>): Promise<void> {
    const { signal } = this.life;
    const asks = this.standing()
      .filter(({ branch }) => wanted.has(branch))
      .map(toAsk);
    if (asks.length === 0) return;
    for (const data of await this.port.look(asks, signal))
      if (!signal.aborted) await this.life.system({ type: 'approval.tell_branch', data });
  }

  private tryAgain(branches: ReadonlySet<string>, error: unknown): void {
    if (this.life.signal.aborted) return;
    const why = { branches: [...branches], error: reasonOf(error) };
    this.life.logger.warn(why, 'branches of requests could not be looked at');
    this.cancelRetry();
    this.cancelRetry = this.life.clock.schedule(() => this.look(this.branches()), retryMs);
  }

  private standing(): Standing[] {
    return standingOnes(this.life.hub(), this.life.state());
  }
}

function toAsk({ record, branch }: Standing): BranchAsk {
  const { commit, target } = record.pin;
  return { approval: record.id, branch, commit, target, known: knownTip(record) };
}

function nameOf({ record, branch }: Standing): string {
  return `${record.id} ${branch}`;
}
