// Nodes that are cut off, alone or together, heard one way only, killed and late, with clocks that are set: each story is done once, and nothing that a node had ready
// is lost.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { selectApprovals } from '../../main/features/approvals/index.ts';
import { ClusterBox, type Machine } from '../harness/cluster-box.ts';
import { replay, rounds } from '../harness/rounds.ts';

const node = fc.nat(1);
const step = fc.oneof(
  fc.record({ does: fc.constant('add' as const) }),
  fc.record({
    does: fc.constant('link' as const),
    node,
    ways: fc.constantFrom('both', 'both', 'up', 'down', 'none'),
  }),
  fc.record({ does: fc.constant('finish' as const), who: fc.nat(2) }),
  // Always content: what a gate did not pass it does not pass again, for the same files.
  fc.record({ does: fc.constant('gates' as const), who: fc.nat(2) }),
  fc.record({ does: fc.constant('crash' as const), who: fc.nat(2) }),
  fc.record({ does: fc.constant('remote' as const), who: fc.nat(2), is: fc.boolean() }),
  fc.record({
    does: fc.constant('clock' as const),
    who: fc.nat(2),
    byMs: fc.constantFrom(-600_000, 600_000),
  }),
  fc.record({ does: fc.constant('meet' as const), is: fc.boolean() }),
  // All of them lose it at once, as when it is killed.
  fc.record({ does: fc.constant('apart' as const) }),
  fc.record({ does: fc.constant('wait' as const), minutes: fc.constantFrom(1, 10, 31) }),
  fc.record({ does: fc.constant('settle' as const) }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class Play {
  readonly all: ClusterBox;
  private commits = 0;

  private constructor(all: ClusterBox) {
    this.all = all;
  }

  static async begin(): Promise<Play> {
    const all = await ClusterBox.open({ atHome: 1 });
    for (let n = 0; n < 2; n += 1) await all.join();
    const play = new Play(all);
    play.meet(true);
    for (let n = 0; n < 3; n += 1) await all.add(`Story ${n}`);
    await all.settle();
    return play;
  }

  machines(): Machine[] {
    return [this.all.home, ...this.all.nodes.values()];
  }

  async take(one: Step): Promise<void> {
    const { all } = this;
    const who = 'who' in one ? (this.machines()[one.who] ?? all.home) : all.home;
    switch (one.does) {
      case 'add':
        await all.add('Another');
        break;
      case 'link': {
        const linked = this.machines()[one.node + 1] ?? all.home;
        if (one.ways === 'none') all.cut(linked);
        else all.heal(linked, { up: one.ways !== 'down', down: one.ways !== 'up' });
        break;
      }
      case 'meet':
        this.meet(one.is);
        break;
      case 'apart':
        for (const machine of all.nodes.values()) all.cut(machine);
        break;
      case 'finish':
        this.finishOne(who);
        break;
      case 'gates':
        who.gatesEnd(0);
        break;
      case 'crash':
        await who.crash();
        break;
      case 'remote':
        who.played.carrier.isReachable = one.is;
        break;
      case 'clock':
        who.clock.setWall(who.clock.now() + one.byMs);
        break;
      case 'wait':
        await all.pass(one.minutes * 60_000);
        break;
      case 'settle':
        await all.settle();
    }
    await all.settle(1);
  }

  /** Whether the two nodes see each other. */
  private meet(is: boolean): void {
    const [, first, second] = this.machines();
    if (first !== undefined && second !== undefined) this.all.meet(first, second, is);
  }

  /** The program of one of its agents ends, with a commit of its own. */
  finishOne(machine: Machine): void {
    const story = machine.atWork();
    if (story === undefined) return;
    this.commits += 1;
    machine.finish(story, this.commits.toString(16).padStart(40, '0'));
  }

  /** All is well again; whoever waits for the operator gets what it waits for. */
  async heal(): Promise<void> {
    const { all } = this;
    for (const machine of this.machines()) {
      machine.played.carrier.isReachable = true;
      if (machine !== all.home) all.heal(machine);
    }
    for (let round = 0; round < 60 && !this.isOver(); round += 1) {
      await all.pass(60_000);
      for (const machine of this.machines()) {
        this.finishOne(machine);
        await all.settle(2);
        machine.gatesEnd(0);
        for (const { id, place } of machine.stories())
          if (place.stage === 'blocked' && machine === all.home)
            await machine.box.dispatch('story.unblock', { story: id });
        await this.approveAll();
      }
      await all.settle(2);
    }
    await all.pass(60_000);
  }

  /** Gates that came to no result leave it to the operator. */
  private async approveAll(): Promise<void> {
    const { box } = this.all.home;
    for (const { id, state, pin, leftBecause } of selectApprovals(box.hub.state()).byId.values())
      if (state === 'pending' && leftBecause !== undefined)
        await box.dispatch('approval.approve', { approval: id, commit: pin.commit });
  }

  private isOver(): boolean {
    return this.all.home.stories().every(({ place }) => ended.has(place.stage));
  }
}

const ended = new Set(['done', 'archived']);

function told(machine: Machine, type: string): Array<Record<string, unknown>> {
  const events = machine.store.page({ after: 0, limit: 100_000, type });
  return events.map(({ data }) => data as Record<string, unknown>);
}

it('each story is done once, and nothing that was ready is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const play = await Play.begin();
      for (const one of steps) {
        await play.take(one);
        check(play.all);
      }
      await play.heal();
      check(play.all);
      checkEnd(play.all);
    }),
    { numRuns: rounds(5, 100), ...replay() },
  );
});

function check({ home }: ClusterBox): void {
  for (const { id, place, node: holder } of home.stories()) {
    const stage = 'over' in place ? place.over.stage : place.stage;
    if (holder !== undefined) expect(stage, id).toBe('coding');
  }
  const taken = told(home, 'claim.taken').map(({ story }) => story);
  expect(taken, 'a story that two nodes reported').toEqual([...new Set(taken)]);
}

function checkEnd({ home, nodes }: ClusterBox): void {
  for (const { id, title, place } of home.stories())
    expect(ended.has(place.stage), `${id} ${title} is ${JSON.stringify(place)}`).toBe(true);
  const merged = told(home, 'story.moved').filter(({ transition }) => transition === 'merged');
  expect(merged.map(({ story }) => story).toSorted()).toEqual(
    home
      .stories()
      .map(({ id }) => id)
      .toSorted(),
  );
  const brought = [...told(home, 'claim.taken'), ...told(home, 'claim.late')];
  const known = brought.map((one) => `${one.node} ${one.story}.${one.claim} ${one.commit}`);
  for (const [id, machine] of nodes) {
    const ready = told(machine, 'claim.verified');
    for (const { story, claim, commit } of ready)
      expect(known).toContain(`${id} ${story}.${claim} ${commit}`);
    expect(machine.replica?.claims).toEqual({});
  }
}
