// The hub that is alive, over what outlives it: the log, programs, branches, the target, and what somebody made fail.

import { expect } from 'vitest';
import { musherError } from '../../main/base/result.ts';
import type { Actor } from '../../preload/contract/envelope.ts';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import { TestClock } from '../harness/clock.ts';
import { type Box, diesAt, openBox, seededRandom } from '../harness/hub.ts';
import { type MemoryStore, memoryStore } from '../harness/hub-memory-store.ts';
import { hex, type World, world } from '../harness/hub-ports.ts';
import { landingConfig } from '../harness/landing-box.ts';
import { interfere, type Meanwhile, type Request, whenOf } from './whole-meanwhile.ts';
import { Model } from './whole-model.ts';

const mostWaits = 2_000;
const mostTurns = 2_000;

export const limits = { all: 2, codex: 1 };

export class Life {
  clock = new TestClock();
  readonly store: MemoryStore = memoryStore(() => this.clock.now());
  readonly model = new Model();
  readonly played: World;
  box!: Box;
  isDead = false;
  /** How merges end. */
  merges = 'fine';
  isRefused = false;
  meanwhile: Meanwhile | undefined;
  readonly inTarget = new Set<string>();
  /** Where branches are, by agent. */
  readonly tips = new Map<string, string>();
  private lives = 0;
  waits = 0;
  private read = 0;
  private made = 0;
  private restore = (): void => undefined;
  private deedsLeft: { count: number; isDone: boolean } | undefined;

  constructor() {
    this.played = world({
      storyWork: {
        look: async ({ branch, from }) => {
          await this.deed(`look ${branch}`);
          const commit = this.tips.get(branch.replace('agent/', '')) ?? hex('b');
          const hasNew = commit !== hex('b') && commit !== from && !this.inTarget.has(commit);
          return { commit, tree: commit, hasNew };
        },
      },
    });
    const { outside } = this.played;
    outside.configsOf = 'user';
    const profiles = { codex: { max_agents: limits.codex } };
    outside.configs = [
      landingConfig({ pipeline: { profile: 'claude', max_agents: limits.all, profiles } }),
    ];
    outside.before = (what) => this.deed(what);
  }

  async begin(): Promise<void> {
    this.isDead = false;
    const { features } = this.played;
    this.lives += 1;
    // Each of them draws other ids.
    const random = seededRandom(this.lives);
    this.box = await openBox({ features, store: this.store, clock: this.clock, random });
    await this.quiet();
  }

  /** Another hub; the clock on the wall goes on. */
  async again(): Promise<void> {
    this.die();
    this.restore();
    this.deedsLeft = undefined;
    const nowMs = this.clock.now();
    this.clock = new TestClock();
    this.clock.setWall(nowMs);
    await this.begin();
    this.played.outside.ended = [];
    await this.expectAsked();
  }

  /** A start asks for all that is to be done: told that settings may be others, nobody finds more. */
  private async expectAsked(): Promise<void> {
    const before = this.store.tables.events.length;
    this.played.outside.tellConfig();
    await this.quiet();
    const more = this.store.page({ after: before, limit: 5 }).map(({ type }) => type);
    expect(more, 'done only once somebody asks').toEqual([]);
  }

  die(): void {
    this.box.crash();
    this.isDead = true;
  }

  dieAt({ at, left, isDone }: { at: 'commit' | 'deed'; left: number; isDone: boolean }): void {
    this.restore();
    this.deedsLeft = at === 'deed' ? { count: left, isDone } : undefined;
    this.restore = at === 'commit' ? this.dieAtCommit(left, isDone) : () => undefined;
  }

  private dieAtCommit(left: number, isDone: boolean): () => void {
    if (!isDone) return diesAt(this.store, left, () => this.die());
    const { store } = this;
    const commit = store.commit.bind(store);
    let more = left;
    store.commit = (batch) => {
      commit(batch);
      if (more-- === 0) this.die();
    };
    return () => {
      store.commit = commit;
    };
  }

  /** Before each deed outside: what is dead does none, and what fails does not come about. */
  private async deed(what: string): Promise<void> {
    if (this.isDead) throw new Error('The hub is dead.');
    const dying = this.deedsLeft;
    const isLast = dying !== undefined && dying.count-- === 0;
    if (isLast && !dying.isDone) {
      this.die();
      throw new Error('The hub is dead.');
    }
    await this.interfere(what);
    this.mayFail(what);
    if (isLast) this.die();
    const gate = /^end (gate--.*)/.exec(what)?.[1];
    if (gate !== undefined) this.tellEnd(gate);
  }

  /** The terminal host tells of a gate that it ended, now or to the next hub. */
  private tellEnd(id: string): void {
    const { outside } = this.played;
    const end = { id, exitCode: null, signal: 'SIGTERM' };
    if (this.isDead) outside.ended.push(end);
    else queueMicrotask(() => outside.exit(end));
  }

  private async interfere(what: string): Promise<void> {
    if (this.meanwhile === undefined) return;
    const { verb } = this.meanwhile;
    const { isNow, next } = whenOf(this.meanwhile, what);
    this.meanwhile = next;
    if (!isNow) return;
    const [, of = ''] = what.split(' ');
    const request = this.requestOf(of);
    const { box, lives } = this;
    await interfere(verb, { box, what, request, newCommit: () => this.newCommit() });
    if (this.isDead || lives !== this.lives) throw new Error('The hub is dead.');
  }

  private mayFail(what: string): void {
    const [verb, of = ''] = what.split(' ');
    if (verb === 'check' && this.isRefused && of.startsWith('s-')) throw new Error('no room');
    // Told by its first four letters, which no two share.
    if (verb === 'examine' && (of === 'bbbb' || this.inTarget.has(of.repeat(10))))
      throw musherError('COMMIT_EMPTY', { commit: of, target: 'main' });
    if (verb !== 'merge') return;
    const commit = this.requestOf(of)?.pin.commit ?? '';
    // One that is there already is found there.
    const told = { target: 'main', files: 'a.ts', expected: 'a', found: 'b', commit };
    if (this.merges !== 'fine' && !this.inTarget.has(commit))
      throw musherError(this.merges as ErrorCode as 'TARGET_MOVED', told);
    this.inTarget.add(commit);
  }

  /** By the log: the hub that asks may be one that only begins. */
  private requestOf(approval: string) {
    const all = this.store.page({ after: 0, limit: 100_000, type: 'approval.requested' });
    const requests = all.map(({ data }) => data as Request);
    return requests.find((one) => one.approval === approval);
  }

  newCommit(): string {
    this.made += 1;
    return this.made.toString(16).padStart(4, '0').repeat(10);
  }

  /** True when it was taken, false when it was refused; undefined of one that the hub died of. */
  async ask(type: string, data: object, actor: Actor = 'operator'): Promise<boolean | undefined> {
    let isTaken: boolean | undefined;
    this.box.hub.dispatch({ type, data, id: undefined }, actor).then(
      () => {
        isTaken = true;
      },
      () => {
        isTaken = false;
      },
    );
    await this.quiet();
    const said = this.isDead ? undefined : isTaken;
    if (this.isDead) await this.again();
    return said;
  }

  async advance(byMs: number): Promise<void> {
    await this.happen(() => this.clock.advance(byMs));
  }

  /** What happens outside and is not asked for: whoever dies of it throws at whoever told it. */
  async happen(what: () => void): Promise<void> {
    try {
      what();
    } catch (error) {
      if (!this.isDead) throw error;
    }
    await this.quiet();
    if (this.isDead) await this.again();
  }

  /** As a machine that slept: the clock on the wall has gone on, and what waits looks at it before long. */
  async sleep(forMs: number): Promise<void> {
    this.clock.setWall(this.clock.now() + forMs);
    await this.advance(61_000);
  }

  /** Until nothing is done any more. */
  async quiet(): Promise<void> {
    let before = -1;
    this.waits += 1;
    // What goes round in a circle fails here; out of time, it would count as passed.
    expect(this.waits, 'waits for quiet in one play').toBeLessThan(mostWaits);
    for (let same = 0, turns = 0; same < 6; turns += 1) {
      expect(turns, 'turns, and no quiet').toBeLessThan(mostTurns);
      await this.box.settle();
      const now = this.store.tables.events.length;
      same = now === before ? same + 1 : 0;
      before = now;
    }
  }

  /** What the log has come to since, past the reference. */
  follow(): void {
    for (;;) {
      const events = this.store.page({ after: this.read, limit: 500 });
      for (const event of events) {
        this.read = event.seq;
        this.model.read(event);
      }
      if (events.length < 500) return;
    }
  }

  /** Agents whose programs run, in the order of their names. */
  running(): string[] {
    return [...this.played.outside.running.keys()]
      .filter((id) => !id.startsWith('gate--'))
      .map((id) => id.split('.')[0] ?? '')
      .toSorted();
  }
}
