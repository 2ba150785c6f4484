/** What was said of which pairs, so that each thing is said once, and who is named first stays first. */
import type { CollidingFile, ConflictEnd } from '../../../../preload/contract/conflict-records.ts';
import type { Life } from '../../../hub/feature.ts';
import { selectApprovals } from '../../approvals/index.ts';
import type { SeenConflict, Teller } from '../teller.ts';
import type { AgentWork } from './agent-work.ts';
import { mergeOrder } from './merge-order.ts';
import { keyOf, type Pair, pairOf } from './pair-checks.ts';

/** What of a pair collides, in the order of the works; `names` are all that it is about. */
export interface Found {
  readonly files: CollidingFile[];
  readonly fileCount: number;
  readonly names: readonly string[];
}

interface Told {
  readonly agents: [string, string];
  readonly fileCount: number;
  /** What was said; undefined of what an earlier life said. */
  readonly words?: string;
}

/** An agent's work, and since when it has what collides. */
type Had = readonly [AgentWork, number];

export class Reports {
  private readonly life: Life<unknown>;
  private readonly teller: Teller;
  private readonly told = new Map<string, Told>();

  constructor(life: Life<unknown>, teller: Teller) {
    this.life = life;
    this.teller = teller;
    for (const [one, other] of teller.open())
      this.told.set(keyOf(pairOf(one, other)), { agents: [one, other], fileCount: 0 });
  }

  /** Those that collide as far as was said, of one agent or all. */
  open(agent?: string): Pair[] {
    const all = [...this.told.values()].map(({ agents }) => pairOf(...agents));
    return agent === undefined ? all : all.filter((pair) => pair.includes(agent));
  }

  async say(one: AgentWork, other: AgentWork, found: Found): Promise<void> {
    const [oneMs, otherMs] = await Promise.all([
      one.firstMs(found.names),
      other.firstMs(found.names),
    ]);
    if (one.isOver || other.isOver) return;
    const pair = pairOf(one.agent, other.agent);
    const before = this.told.get(keyOf(pair));
    const isTurned = (before?.agents[0] ?? (otherMs < oneMs && other.agent)) === other.agent;
    const agents: [string, string] = isTurned ? [other.agent, one.agent] : [one.agent, other.agent];
    const files = isTurned ? found.files.map(turned) : found.files;
    const { fileCount } = found;
    const order = this.orderOf([one, oneMs], [other, otherMs]);
    await this.tell({ agents, files, fileCount, order });
  }

  /** Of a branch and an agent: what is merged already was first, in every way. */
  async sayOfTarget(
    work: AgentWork,
    branch: string,
    { files, fileCount }: Omit<Found, 'names'>,
  ): Promise<void> {
    if (work.isOver) return;
    const sides: [string, string] = [branch, work.agent];
    await this.tell({ agents: sides, files: files.map(turned), fileCount, order: sides });
  }

  private async tell(
    conflict: Pick<Told, 'agents' | 'fileCount'> & Pick<SeenConflict, 'files' | 'order'>,
  ): Promise<void> {
    const { agents, files, fileCount, order } = conflict;
    const key = keyOf(pairOf(...agents));
    const words = JSON.stringify([files, fileCount, order]);
    if (this.told.get(key)?.words === words) return;
    this.told.set(key, { agents, fileCount, words });
    await this.teller.seen(conflict);
  }

  async end(pair: Pair, why: ConflictEnd): Promise<void> {
    const told = this.told.get(keyOf(pair));
    if (told === undefined) return;
    this.told.delete(keyOf(pair));
    await this.teller.gone(told.agents, why);
  }

  /** Both have the same files to merge by hand here; what they have with others tells them apart. */
  private orderOf(one: Had, other: Had): [string, string] {
    const waiting = selectApprovals(this.life.hub())
      .byId.values()
      .filter(({ state }) => state === 'pending');
    const factsOf = ([{ agent }, firstMs]: Had, [{ agent: except }]: Had) => ({
      ...{ agent, firstMs },
      awaitsApproval: waiting.some((approval) => approval.agent === agent),
      collidingFiles: this.collidingFiles(agent, except),
    });
    return [...mergeOrder(factsOf(one, other), factsOf(other, one))];
  }

  private collidingFiles(agent: string, except: string): number {
    return [...this.told.values()]
      .filter(({ agents }) => agents.includes(agent) && !agents.includes(except))
      .reduce((sum, { fileCount }) => sum + fileCount, 0);
  }
}

function turned(file: CollidingFile): CollidingFile {
  return file.ranges ? { ...file, ranges: [file.ranges[1], file.ranges[0]] } : file;
}
