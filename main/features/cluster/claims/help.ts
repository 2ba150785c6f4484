/** As a node: stories are claimed, worked on here like any other, and brought back when their gates are content. */
import { scanMs } from '../../../../preload/contract/cluster-facts.ts';
import { onAbort } from '../../../base/disposable.ts';
import type { Life } from '../../../hub/feature.ts';
import { selectStories, storyOf } from '../../stories/index.ts';
import type { ClusterPorts, Replica } from '../ports.ts';
import type { ClusterState } from '../slice.ts';
import { type HelpScene, type HelpStep, planHelp, saidOf } from './help-plan.ts';
import { settleMs } from './ask-plan.ts';
import { roomOf, roomSceneOf } from './room.ts';
import { takeSteps } from './stepper.ts';
import { heardBy, isTogether } from './together.ts';

export interface Helping {
  readonly replica: Replica;
  readonly ports: Pick<ClusterPorts, 'carrier' | 'room' | 'settings' | 'peers' | 'leaving'>;
  readonly life: Life<ClusterState>;
}

export function workForRendezvous(helping: Helping): void {
  const { replica, ports, life } = helping;
  let shown = '';
  const soon = takeSteps<HelpStep>({
    ...{ life, failure: 'a claim could not be brought on' },
    everyMs: () => (isTogether(helping) ? settleMs : scanMs),
    keyOf: (step) => `${step.do} ${step.story}`,
    plan() {
      const scene = sceneOf(helping);
      const claims = saidOf(scene);
      const now = JSON.stringify(claims);
      if (now !== shown) replica.claim(claims);
      shown = now;
      ports.peers?.tell({ hears: scene.isConnected, claims });
      return planHelp(scene);
    },
    take: (step) => takeStep(helping, step),
  });
  life.own(replica.onChange(soon));
  if (ports.peers !== undefined) life.own(ports.peers.onChange(soon));
  life.own(ports.room.onSettings(soon));
  life.own(onAbort(ports.leaving, soon));
  let known = life.hub();
  life.onTopics(() => {
    const before = known;
    known = life.hub();
    if (concerned.some((name) => before[name] !== known[name])) soon();
  });
}

const concerned = ['stories', 'agents', 'pipeline', 'cluster'] as const;

function sceneOf(helping: Helping): HelpScene {
  const { replica, ports, life } = helping;
  const hub = life.hub();
  const stories = selectStories(hub);
  const state = life.state();
  const local = (id: string) => storyOf(stories, id);
  const isLeaving = ports.leaving?.aborted === true;
  const scene = roomSceneOf(ports.room, hub, { claims: state.claims, isDraining: isLeaving });
  const { profile: usual, canRun } = scene;
  return {
    ...{ node: replica.node, isConnected: replica.link().state === 'connected' },
    peers: new Map([...heardBy(helping)].map(([node, { claims }]) => [node, claims])),
    ...{ isTogether: isTogether(helping), nowMs: life.clock.now() },
    ...{ told: replica.told(), story: (id) => replica.story(id), local },
    claims: state.claims.values(),
    ...{ room: roomOf(scene).room, isLeaving },
    canRun: (profile) => {
      const name = profile ?? usual;
      return name !== undefined && canRun(name);
    },
  };
}

async function takeStep(helping: Helping, step: HelpStep): Promise<void> {
  const { replica, ports, life } = helping;
  const { story } = step;
  switch (step.do) {
    case 'ask': {
      const data = { story, title: step.title, node: replica.node };
      await life.system({ type: 'claim.ask', data });
      return;
    }
    case 'begin':
      return begin(helping, step.claim);
    case 'publish': {
      const { claim, commit } = step;
      const one = { story, claim: claim.claim, commit };
      const { remote } = ports.settings();
      await ports.carrier.publish({ ...one, node: replica.node, remote, signal: life.signal });
      await life.system({ type: 'claim.verify', data: one });
      return;
    }
    case 'release': {
      const { claim, reason, isStuck } = step;
      const data = { story, claim: claim.claim, reason: reason.slice(0, 2_000), isStuck };
      await life.system({ type: 'claim.release', data });
      return;
    }
    case 'drop': {
      const { local, reason } = step;
      const data = { story: local, transition: 'abandon', cause: { kind: 'rendezvous' }, reason };
      await life.system({ type: 'story.advance', data });
      return;
    }
    case 'end': {
      const data = { story, claim: step.claim.claim, how: step.how };
      await life.system({ type: 'claim.end', data });
    }
  }
}

/** It is written here as it is there, begins at the newest of its target where that can be had, and the pipeline does the rest. */
async function begin(
  { replica, ports, life }: Helping,
  { id: story, claim }: HelpScene['claims'][number],
): Promise<void> {
  const record = replica.story(story);
  const work = replica.told().work.get(story);
  if (record === undefined || work === undefined) return;
  const { title, type, priority, profile } = record;
  const { body, criteria, target } = work;
  const { remote } = ports.settings();
  const isHere = target && (await ports.carrier.has({ ...target, remote, signal: life.signal }));
  const source = {
    key: `${replica.node}/${story}.${claim}`,
    name: `${story} of ${replica.url}`,
    home: isHere === true ? { at: target?.commit } : {},
  };
  const said = { title, body, type, priority, criteria };
  const { result } = await life.system({
    type: 'story.adopt',
    data: { source, ...said, ...(profile !== undefined && { profile }) },
  });
  const { story: local } = result as { story: string };
  await life.system({ type: 'claim.begin', data: { story, claim, local } });
}
