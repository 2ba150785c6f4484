/** Who may begin: slots that are taken, in all and of each profile, and what is in the way of a story that wants one. Pure. */
import { agentLimit, isFull } from '../agents/index.ts';
import type { Story } from '../stories/index.ts';
import type { Wait } from './agent-waits.ts';
import type { Scene } from './scene.ts';

/** After so many tries in a row to make its agent a story is blocked. */
export const mostFails = 3;

export class Slots {
  private readonly scene: Scene;
  private readonly taken = new Map<string, number>();
  private all = 0;
  /** Agents that this plan makes. */
  private made = 0;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  get active(): number {
    return this.all;
  }

  take(profile: string): void {
    this.all += 1;
    this.taken.set(profile, (this.taken.get(profile) ?? 0) + 1);
  }

  takeNew(profile: string): void {
    this.made += 1;
    this.take(profile);
  }

  get isFull(): boolean {
    return this.all >= this.scene.settings.maxAgents;
  }

  /** Undefined where there is one. */
  wait(profile: string): Wait | undefined {
    const { maxAgents, maxOf } = this.scene.settings;
    if (this.isFull)
      return { why: 'no-slot', what: `${this.all} of ${sayAgents(maxAgents)} at work` };
    const most = maxOf[profile];
    const taken = this.taken.get(profile) ?? 0;
    if (most === undefined || taken < most) return undefined;
    return { why: 'profile-slot', what: `${taken} of ${sayAgents(most, profile)} at work` };
  }

  /** The profile of the agent that a story is to get, or what is in the way. */
  profileFor(wished: string | undefined): { readonly name: string; readonly wait?: Wait } {
    const { settings, profiles, pipeline, agents, nowMs } = this.scene;
    const name = wished ?? settings.profile;
    if (name === undefined)
      return {
        name: '',
        wait: {
          why: 'profile-missing',
          what: 'no profile is wished for, and config.toml has none for all: [pipeline] profile = "claude"',
        },
      };
    const profile = profiles.get(name);
    if (profile === undefined)
      return { name, wait: { why: 'profile-unknown', what: `there is no profile "${name}"` } };
    if (profile.needsCommand)
      return {
        name,
        wait: {
          why: 'profile-command',
          what: `profile "${name}" wants a command; make one of your own in config.toml: [profiles.mine]`,
        },
      };
    const stall = pipeline.stalls.get(name);
    if (stall !== undefined && stall.untilMs > nowMs) {
      const { untilMs, what } = stall;
      return {
        name,
        wait: { why: 'stalled', what: `its agent could not be made: ${what}`, untilMs },
      };
    }
    if (isFull(agents, this.made))
      return {
        name,
        wait: {
          why: 'agents-full',
          what: `there are ${agentLimit} agents; destroy some that are not needed: musher agent destroy`,
        },
      };
    const wait = this.wait(name);
    return wait === undefined ? { name } : { name, wait };
  }
}

function sayAgents(count: number, profile?: string): string {
  const what = count === 1 ? 'agent' : 'agents';
  return `${count} ${what}${profile === undefined ? '' : ` of profile "${profile}"`}`;
}

/** Why a story is blocked in place of being tried again; undefined as long as it may. */
export function blockReason(
  { pipeline, settings }: Scene,
  { id, place }: Story,
): string | undefined {
  const { fails, attempts, back } = pipeline.works.get(id) ?? { fails: 0, attempts: 0 };
  if (fails >= mostFails) {
    const stall = pipeline.stalls.values().find(({ story }) => story === id);
    return `Its agent could not be made, ${fails} times. ${stall?.what ?? ''}`.trim();
  }
  if (place.stage !== 'coding' || attempts < settings.maxAttempts) return undefined;
  return `It was given back to its agent ${attempts} times. ${back ?? ''}`.trim();
}
