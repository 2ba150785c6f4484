/**
 * Brings stories on: whenever something of one changes, and at the start, it asks what happens next and has that done, one step after another. It
 * keeps no truth, so that nothing is lost by what it did not see, and no error of one story stops another.
 */
import type { HubState, Life, SystemCommand } from '../../hub/feature.ts';
import { reasonOf, wireOf } from '../../base/result.ts';
import { selectAgents } from '../agents/index.ts';
import { selectApprovals } from '../approvals/index.ts';
import { selectGates } from '../gates/index.ts';
import { selectStories } from '../stories/index.ts';
import { buildHelper } from './build-helper.ts';
import { Changes } from './changes.ts';
import type { LandingPorts } from './ports.ts';
import { type LandingState, selectLanding } from './slice.ts';
import { type Step, stepsOf } from './steps.ts';
import { isGivenUp, Troubles } from './troubles.ts';
import { viewOf } from './view.ts';

/** Each asks git for something: more would only wait there. */
const atOnce = 4;
/** Of one story in a row: beyond it something goes round in a circle. */
const mostSteps = 40;

export function startReactor(ports: LandingPorts, life: Life<LandingState>): void {
  const reactor = new Reactor(ports, life);
  life.onTopics(() => reactor.followSoon());
  life.own(ports.onSettings(() => reactor.all()));
  life.own(() => reactor.end());
  reactor.all();
}

class Reactor {
  private readonly ports: LandingPorts;
  private readonly life: Life<LandingState>;
  private readonly troubles = new Troubles();
  private readonly changes = new Changes();
  private readonly wanted = new Set<string>();
  private readonly busy = new Set<string>();
  private cancelFollow: (() => void) | undefined;
  private wake: { readonly atMs: number; readonly cancel: () => void } | undefined;

  constructor(ports: LandingPorts, life: Life<LandingState>) {
    this.ports = ports;
    this.life = life;
  }

  end(): void {
    this.cancelFollow?.();
    this.wake?.cancel();
  }

  all(): void {
    this.changes.since(this.look());
    for (const id of this.life.state().byId.keys()) this.wanted.add(id);
    this.work();
  }

  /** Not within the commit that is told, which may be of thousands. */
  followSoon(): void {
    this.cancelFollow ??= this.life.clock.soon(() => {
      this.cancelFollow = undefined;
      this.follow();
    });
  }

  private follow(): void {
    if (this.life.signal.aborted) return;
    for (const id of this.changes.since(this.look())) this.wanted.add(id);
    this.work();
  }

  private look() {
    const hub: HubState = this.life.hub();
    return {
      landing: selectLanding(hub),
      stories: selectStories(hub).open,
      approvals: selectApprovals(hub).byId,
      agents: selectAgents(hub).byId,
      gates: selectGates(hub),
    };
  }

  /** Stories side by side, the steps of each in a row. */
  private work(): void {
    for (const id of this.wanted) {
      if (this.busy.size >= atOnce) return;
      if (this.busy.has(id)) continue;
      this.wanted.delete(id);
      this.busy.add(id);
      void this.bringOn(id).finally(() => {
        this.busy.delete(id);
        if (!this.life.signal.aborted) this.work();
      });
    }
  }

  private async bringOn(id: string): Promise<void> {
    let last = '';
    for (let count = 0; count < mostSteps && !this.life.signal.aborted; count += 1) {
      const step = this.nextStep(id);
      if (step === undefined) return;
      if (step.key === last) this.note(id, step.key, { code: 'NO_CHANGE', message: stuck });
      else await this.take(id, step);
      last = step.key;
    }
  }

  /** The first that may be tried now; for the others it is noted when. */
  private nextStep(id: string): Exclude<Step, { wakeMs: number }> | undefined {
    try {
      const nowMs = this.life.clock.now();
      const trouble = (key: string) => this.troubles.get(id, key);
      this.troubles.at(id, placeOf(this.life.hub(), id));
      const view = viewOf({ id, hub: this.life.hub(), ports: this.ports, trouble, nowMs });
      if (view === undefined) return void this.troubles.forget(id);
      for (const step of stepsOf(view)) {
        const waitMs = 'wakeMs' in step ? step.wakeMs - nowMs : this.waitMs(id, step.key);
        if (!('wakeMs' in step) && waitMs <= 0) return step;
        this.wakeIn(id, waitMs);
      }
    } catch (error) {
      this.life.logger.error(
        { story: id, error: reasonOf(error) },
        'what follows for a story is not known',
      );
    }
    return undefined;
  }

  /** What is given up is not tried again in this life. */
  private waitMs(id: string, key: string): number {
    const trouble = this.troubles.get(id, key);
    if (trouble === undefined) return 0;
    return isGivenUp(trouble) ? Infinity : trouble.againMs - this.life.clock.elapsed();
  }

  private async take(id: string, step: Exclude<Step, { wakeMs: number }>): Promise<void> {
    try {
      const command: SystemCommand =
        'command' in step
          ? step.command
          : await buildHelper({ id, step, ports: this.ports, life: this.life });
      await this.life.system(command);
      this.troubles.clear(id, step.key);
    } catch (error) {
      if (this.life.signal.aborted) return;
      const { code, message } = wireOf(error);
      this.note(id, step.key, { code, message });
    }
  }

  private note(story: string, key: string, error: { code: string; message: string }): void {
    const elapsedMs = this.life.clock.elapsed();
    const { isNew } = this.troubles.note({ story, key, elapsedMs }, error);
    if (isNew)
      this.life.logger.warn({ story, step: key, ...error }, 'a story could not be brought on');
  }

  /** One timer for all of them: the soonest; whoever wakes looks at all that wait. */
  private readonly sleeping = new Set<string>();

  private wakeIn(id: string, waitMs: number): void {
    if (!Number.isFinite(waitMs)) return;
    const { clock } = this.life;
    const inMs = Math.min(Math.max(1, waitMs), longestMs);
    const atMs = clock.elapsed() + inMs;
    this.sleeping.add(id);
    if (this.wake !== undefined && this.wake.atMs <= atMs) return;
    this.wake?.cancel();
    this.wake = { atMs, cancel: clock.schedule(() => this.wakeUp(), inMs) };
  }

  private wakeUp(): void {
    this.wake = undefined;
    for (const id of this.sleeping) this.wanted.add(id);
    this.sleeping.clear();
    this.work();
  }
}

function placeOf(hub: HubState, id: string): string {
  const story = selectStories(hub).open.get(id);
  return `${story?.place.stage} ${story?.sinceMs} ${selectLanding(hub).byId.get(id)?.commit}`;
}

const stuck = 'It was done, and changed nothing.';
/** A clock that jumps is looked at again before long. */
const longestMs = 60_000;
