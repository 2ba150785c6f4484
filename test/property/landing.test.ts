// Stories that land while everything else happens: the operator moves them, gates and merges fail, the hub is killed. A story is done by a merge exactly
// when its commit is in the target, and what was merged was in the line when the branch moved.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { musherError } from '../../main/base/result.ts';
import { selectStories } from '../../main/features/stories/index.ts';
import { type MemoryStore, memoryStore } from '../harness/hub-memory-store.ts';
import { openBox } from '../harness/hub.ts';
import { hex, world } from '../harness/hub-ports.ts';
import { LandingBox, landingConfig } from '../harness/landing-box.ts';
import { rounds } from '../harness/rounds.ts';

const agents = ['a', 'b'] as const;
const step = fc.oneof(
  fc.record({
    does: fc.constant('move' as const),
    story: fc.nat(1),
    to: fc.constantFrom(
      ...['frozen', 'held', 'blocked', 'coding', 'qa', 'merge', 'merge_failed', 'abandoned'],
    ),
  }),
  fc.record({ does: fc.constant('submit' as const), story: fc.nat(1), digit: fc.nat(9) }),
  fc.record({ does: fc.constant('gates' as const), exit: fc.constantFrom(0, 0, 1, null) }),
  fc.record({
    does: fc.constant('merges' as const),
    how: fc.constantFrom('fine', 'fine', 'MERGE_CONFLICTED', 'TARGET_MOVED', 'COMMIT_EMPTY'),
  }),
  fc.record({ does: fc.constant('exit' as const), pick: fc.nat(5) }),
  fc.record({ does: fc.constant('decide' as const), no: fc.boolean() }),
  fc.record({ does: fc.constant('wait' as const), ms: fc.constantFrom(1_000, 30_000, 1_300_000) }),
  fc.record({ does: fc.constant('crash' as const) }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A hub over git as far as it matters here: which commits the target has. */
class Play {
  readonly inTarget = new Set<string>();
  readonly on: LandingBox;
  private readonly store: MemoryStore;
  private ids: string[] = [];
  private how = 'fine';

  private constructor(on: LandingBox, store: MemoryStore) {
    this.on = on;
    this.store = store;
  }

  static async begin(review: string): Promise<Play> {
    const played = world();
    const { outside } = played;
    outside.configsOf = 'user';
    outside.configs = [landingConfig({})];
    const store = memoryStore();
    const box = await openBox({ features: played.features, store });
    const play = new Play(new LandingBox(box, played), store);
    outside.before = (deed) => {
      const [verb, approval] = deed.split(' ');
      if (verb !== 'merge') return;
      play.mayFail();
      const merged = play.on.approvals().find(({ id }) => id === approval);
      play.inTarget.add(merged?.pin.commit ?? '');
    };
    for (const name of agents) await box.dispatch('agent.add', { name });
    for (const agent of agents) play.ids.push(await play.on.begun({ title: agent, review }, agent));
    return play;
  }

  private mayFail(): void {
    const told = { target: 'main', files: 'a.ts', expected: 'a', found: 'b', commit: 'c' };
    if (this.how !== 'fine') throw musherError(this.how as 'TARGET_MOVED', told);
  }

  async take(one: Step): Promise<void> {
    const { on } = this;
    switch (one.does) {
      case 'move':
        await this.quietly('story.move', { story: this.id(one), to: one.to, reason: 'so' });
        break;
      case 'submit': {
        const story = this.id(one);
        const data = { story, commit: hex(String(one.digit)) };
        await this.quietly('story.submit', data, `agent:${on.owner(story) ?? 'a'}`);
        break;
      }
      case 'gates':
        await on.gatesEnd(one.exit);
        break;
      case 'merges':
        this.how = one.how;
        break;
      case 'wait':
        await on.box.advance(one.ms);
        break;
      case 'crash':
        await on.crash(this.store);
        break;
      case 'exit':
        this.exit(one.pick);
        break;
      case 'decide':
        await this.decide(one.no);
    }
    await on.settle();
  }

  private id({ story }: { story: number }): string {
    return this.ids[story] ?? '';
  }

  private quietly(type: string, data: object, actor?: `agent:${string}`) {
    return this.on.go(type, data, actor).catch(() => undefined);
  }

  private exit(pick: number): void {
    const { outside } = this.on.played;
    const helpers = [...outside.running.keys()].filter((name) => /^(merge|review)-/.test(name));
    const id = helpers[pick];
    if (id !== undefined) outside.exit({ id, exitCode: 1, signal: null });
  }

  private async decide(isNo: boolean): Promise<void> {
    const open = this.on.approvals().find(({ state }) => state === 'pending');
    if (open === undefined) return;
    const { id: approval, pin } = open;
    if (isNo) await this.quietly('approval.deny', { approval, note: 'no' });
    else await this.quietly('approval.approve', { approval, commit: pin.commit });
  }
}

it('a story is done by a merge exactly when its commit is in the target', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('gates', 'agent', 'human'),
      fc.array(step, { minLength: 4, maxLength: 25 }),
      async (review, steps) => {
        const play = await Play.begin(review);
        for (const one of steps) {
          await play.take(one);
          check(play);
        }
      },
    ),
    { numRuns: rounds(12, 1_000) },
  );
});

function check({ on, inTarget }: Play): void {
  const { open, over } = selectStories(on.box.hub.state());
  for (const { id, place } of [...open.values(), ...over.values()]) {
    const isDone = place.stage === 'done' || place.stage === 'archived';
    if (isDone && place.merge) expect(inTarget.has(place.merge.commit), id).toBe(true);
    // Until its outcome is told it stays where it is; here nothing is under way any more.
    if (place.stage === 'merge') expect(place.sealed, id).toBeUndefined();
  }
  // The other way round: whose request was merged is a story that is done; nobody begins one anew here.
  for (const { state, story, pin } of on.approvals()) {
    if (state !== 'merged' || story === undefined) continue;
    const found = open.get(story) ?? over.get(story);
    const { place } = found ?? {};
    expect(inTarget.has(pin.commit)).toBe(true);
    expect(['done', 'archived'], `${story} ${pin.commit}`).toContain(place?.stage);
  }
}
