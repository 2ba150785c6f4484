// A rendezvous and its nodes: real hubs, each by a clock of its own, over one played remote, with links that the test opens and cuts.

import { selectAgents } from '../../main/features/agents/index.ts';
import { selectStories, type Story, storyOf } from '../../main/features/stories/index.ts';
import type { LogStore } from '../../main/hub/log-store.ts';
import { configSchema } from '../../preload/contract/config.ts';
import { TestClock } from './clock.ts';
import { testGate } from './gates-box.ts';
import { type Box, openBox } from './hub.ts';
import { memoryStore } from './hub-memory-store.ts';
import { hex, type World, world } from './hub-ports.ts';
import { PlayedPeers, type PlayedReplica, playedReplica } from './played-cluster.ts';

/** One machine: a hub that a crash ends and the same log begins again. */
export class Machine {
  readonly store: LogStore;
  readonly played: World;
  readonly replica: PlayedReplica | undefined;
  readonly peers: PlayedPeers | undefined;
  /** Its machine is to leave once this is aborted. */
  readonly leaving: AbortController;
  /** Its next life has another one: what was to fire died with the process. */
  clock: TestClock;
  box: Box;

  constructor(
    parts: Pick<Machine, 'store' | 'played' | 'clock' | 'replica' | 'peers' | 'leaving' | 'box'>,
  ) {
    this.store = parts.store;
    this.played = parts.played;
    this.clock = parts.clock;
    this.replica = parts.replica;
    this.peers = parts.peers;
    this.leaving = parts.leaving;
    this.box = parts.box;
  }

  stories(): readonly Story[] {
    const { open, over } = selectStories(this.box.hub.state());
    return [...open.values(), ...over.values()];
  }

  story(id: string): Story {
    return storyOf(selectStories(this.box.hub.state()), id) as Story;
  }

  /** The story that it took in for one of the rendezvous. */
  adopted(of: string): Story | undefined {
    return this.stories().findLast(({ source }) => source?.key.includes(`/${of}.`) === true);
  }

  agents() {
    return selectAgents(this.box.hub.state()).byId.values();
  }

  /** A story whose agent runs here. */
  atWork(): Story | undefined {
    const { byId } = selectAgents(this.box.hub.state());
    const runs = ({ agent }: Story) => byId.get(agent ?? '')?.state === 'running';
    return this.stories().find((story) => story.place.stage === 'coding' && runs(story));
  }

  /** The program of a story's agent ends, with a commit of its own. */
  finish(story: Story | undefined, commit: string): void {
    const agent = selectAgents(this.box.hub.state()).byId.get(story?.agent ?? '');
    this.played.outside.storyWork = { commit, tree: hex('c'), hasNew: true };
    this.played.outside.exit({ id: agent?.terminalId ?? '', exitCode: 0, signal: null });
  }

  gatesEnd(exitCode: number): void {
    for (const id of [...this.played.outside.running.keys()])
      if (id.startsWith('gate--')) this.played.outside.exit({ id, exitCode, signal: null });
  }

  /** As `kill -9`, and begun again over what its log has. */
  async crash(): Promise<void> {
    this.box.crash();
    this.replica?.restart();
    const wallMs = this.clock.now();
    this.clock = new TestClock();
    this.clock.setWall(wallMs);
    const { store, clock } = this;
    this.box = await openBox({ features: this.played.features, store, clock });
  }
}

export class ClusterBox {
  readonly home: Machine;
  readonly nodes = new Map<string, Machine>();

  constructor(home: Machine) {
    this.home = home;
  }

  /** `atHome`: agents of the rendezvous itself. */
  static async open({ atHome = 0 } = {}): Promise<ClusterBox> {
    const all = new ClusterBox(await openMachine(undefined, atHome));
    await all.home.box.dispatch('pipeline.start');
    return all;
  }

  /** A machine joins, with a pipeline that runs. */
  async join(): Promise<Machine> {
    const id = `n-${this.nodes.size + 1}`;
    const hash = String(this.nodes.size + 1).repeat(64);
    await this.home.box.dispatch('node.invite', { hash });
    const { door } = this.home.played.cluster;
    const joined = door?.join({ invite: hash, key: hash, host: id, platform: 'linux-x64' });
    await this.home.box.settle();
    await joined;
    const node = await openMachine(playedReplica(id), 2);
    node.played.carrier.remote = this.home.played.carrier.remote;
    await node.box.dispatch('pipeline.start');
    this.nodes.set(id, node);
    return node;
  }

  async add(title: string, more: object = {}): Promise<string> {
    const { result } = await this.home.box.dispatch('story.add', { title, ...more });
    return (result as { story: string }).story;
  }

  /** Everything arrives, both ways, until nothing is on the way. */
  async settle(rounds = 6): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      await this.home.box.settle();
      for (const node of this.nodes.values()) {
        const ways = this.ways.get(node);
        if (ways !== 'none') node.replica?.flow(this.home.played.shared, ways);
        await node.box.settle();
      }
      this.gossip();
    }
    await this.home.box.settle();
  }

  /** Time goes by everywhere, with the heartbeats of whoever is not cut off. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      for (const { box } of [this.home, ...this.nodes.values()])
        await box.advance(Math.min(stepMs, ms - passed));
      for (const { replica } of this.nodes.values())
        if (replica?.aloneFor !== undefined) replica.aloneFor += Math.min(stepMs, ms - passed);
      await this.settle(2);
    }
    await this.settle();
  }

  /** From now on those see each other, or no longer. */
  meet(one: Machine, other: Machine, doMeet = true): void {
    this.meeting = this.meeting.filter(([a, b]) => a !== one || b !== other);
    if (doMeet) this.meeting = [...this.meeting, [one, other]];
    for (const [a, b] of [
      [one, other],
      [other, one],
    ])
      if (!doMeet) a?.peers?.hear(b?.replica?.node ?? '', undefined);
  }

  private meeting: ReadonlyArray<readonly [Machine, Machine]> = [];

  private gossip(): void {
    for (const [one, other] of this.meeting) {
      one.peers?.hear(other.replica?.node ?? '', other.peers?.said);
      other.peers?.hear(one.replica?.node ?? '', one.peers?.said);
    }
  }

  /** Both are open where nothing is said. */
  private readonly ways = new Map<Machine, Ways | 'none'>();

  cut(node: Machine): void {
    this.ways.set(node, 'none');
    node.replica?.cut(this.home.played.shared);
  }

  /** From now on what goes these ways arrives. */
  heal(node: Machine, ways: Ways = { up: true, down: true }): void {
    this.ways.set(node, ways);
  }

  stage(story: string): string {
    return this.home.story(story).place.stage;
  }
}

interface Ways {
  readonly up: boolean;
  readonly down: boolean;
}

const stepMs = 5 * 60_000;

async function openMachine(
  replica: PlayedReplica | undefined,
  maxAgents: number,
): Promise<Machine> {
  const clock = new TestClock();
  const peers = replica === undefined ? undefined : new PlayedPeers();
  const leaving = new AbortController();
  const asNode = { leaving: leaving.signal, ...(peers && { peers }) };
  const played = world(replica === undefined ? {} : { replica, ...asNode });
  played.outside.configsOf = 'user';
  const pipeline = { profile: 'claude', max_agents: maxAgents };
  played.outside.configs = [
    configSchema.parse({
      // It ends when the test says so.
      ...{ gates: [{ ...testGate, timeout: '24h' }], pipeline },
    }),
  ];
  const store = memoryStore(() => machine.clock.now());
  const box = await openBox({ features: played.features, store, clock });
  const machine: Machine = new Machine({ store, played, clock, replica, peers, leaving, box });
  return machine;
}
