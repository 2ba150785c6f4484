/** As a rendezvous: nodes get the stories that they claim, and what they bring is landed as if an agent of this machine had written it. */
import type { Life } from '../../../hub/feature.ts';
import { selectAgents } from '../../agents/index.ts';
import { selectPipeline, StoryIndexer } from '../../pipeline/index.ts';
import { selectStories, type Story, storyOf } from '../../stories/index.ts';
import type { ClusterPorts, SharedDocument } from '../ports.ts';
import { type ClusterState, joinedNodes } from '../slice.ts';
import { Hearing } from './hearing.ts';
import { LendingBoard } from './lend-board.ts';
import { type LendScene, type LendStep, type LendingNode, planLending } from './lend-plan.ts';
import { advance, make } from './lend-commands.ts';
import { takeSteps } from './stepper.ts';

export interface Lending {
  readonly shared: SharedDocument;
  readonly ports: Pick<ClusterPorts, 'carrier' | 'room' | 'base' | 'settings'>;
  readonly life: Life<ClusterState>;
}

/** How often it looks though nothing changed, milliseconds: a claim may have lapsed. */
const everyMs = 15_000;

export function lendStories(lending: Lending): void {
  const { shared, life } = lending;
  const hearing = new Hearing(shared, life.clock);
  const board = new LendingBoard(lending);
  const indexer = new StoryIndexer();
  const lent = new Lent();
  const sceneOf = (): LendScene => {
    const hub = life.hub();
    const stories = selectStories(hub);
    const pipeline = selectPipeline(hub);
    return {
      ...{ stories, claims: life.state(), lent: lent.of(stories.open), isOn: pipeline.isOn },
      nodes: nodesOf(lending, hearing),
      agent: (name) => selectAgents(hub).byId.get(name),
      isBegun: (story) => pipeline.claims.has(story),
    };
  };
  const soon = takeSteps<LendStep>({
    ...{ life, everyMs: () => everyMs, failure: 'a claim of a node could not be answered' },
    keyOf: (step) => `${step.do} ${step.story} ${'node' in step ? step.node : ''}`,
    plan() {
      const scene = sceneOf();
      const { steps, verdicts } = planLending(scene);
      board.tell(scene, indexer.of(scene.stories), verdicts);
      return steps;
    },
    take: (step) => takeStep(lending, step),
  });
  board.onReady(soon);
  life.own(shared.onNode(soon));
  let known = life.hub();
  life.onTopics(() => {
    const before = known;
    known = life.hub();
    if (concerned.some((name) => before[name] !== known[name])) soon();
  });
}

/** Slices that a plan is made from. */
const concerned = ['stories', 'agents', 'pipeline', 'cluster'] as const;

function nodesOf(
  { shared, ports, life }: Lending,
  hearing: Hearing,
): ReadonlyMap<string, LendingNode> {
  const { claimMs } = ports.settings();
  return new Map(
    joinedNodes(life.state()).map(({ id, label }) => {
      const { isHeard, silentMs } = hearing.of(id);
      const isLapsed = silentMs > claimMs;
      const isLeaving = shared.selfOf(id)?.isDraining === true;
      return [id, { id, label, claims: shared.claimsOf(id), isHeard, isLapsed, isLeaving }];
    }),
  );
}

/** Stories that a node has, by what two states do not share. */
class Lent {
  private known: ReturnType<typeof selectStories>['open'] | undefined;
  private readonly ids = new Set<string>();

  of(open: ReturnType<typeof selectStories>['open']): Story[] {
    const mark = (id: string, story: Story | undefined): void => {
      if (story?.node === undefined) this.ids.delete(id);
      else this.ids.add(id);
    };
    if (this.known === undefined) for (const [id, story] of open.entries()) mark(id, story);
    else for (const { id, after } of this.known.differencesTo(open)) mark(id, after);
    this.known = open;
    return [...this.ids].flatMap((id) => open.get(id) ?? []);
  }
}

async function takeStep({ ports, life }: Lending, step: LendStep): Promise<void> {
  const { story } = step;
  switch (step.do) {
    case 'lend': {
      const { node, claim } = step;
      const more = { ref: node, node: { id: node, claim } };
      await life.system(advance(story, 'start', more));
      return;
    }
    case 'give_back':
    case 'block':
      await life.system(advance(story, step.do, { reason: step.reason }));
      return;
    case 'fetch': {
      const { node, claim, commit } = step;
      const one = { story, node, claim, commit };
      const { remote } = ports.settings();
      const ref = await ports.carrier.fetch({ ...one, remote, signal: life.signal });
      await life.system({ type: 'claim.report', data: { ...one, ref } });
      return;
    }
    case 'make':
      await life.system(make(ports.room, step.taken, storyOf(selectStories(life.hub()), story)));
      return;
    case 'give': {
      const { agent, node } = step.taken;
      const data = { story, agent, cause: { kind: 'node', ref: node } };
      await life.system({ type: 'story.hand_over', data });
      return;
    }
    case 'submit': {
      const { node, commit } = step.taken;
      await life.system(advance(story, 'submit', { ref: node, commit }));
    }
  }
}
