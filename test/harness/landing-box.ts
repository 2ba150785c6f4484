/** A hub whose stories land, over a played outside: gates end as the test says, and merges fail as it says. */
import { musherError } from '../../main/base/result.ts';
import { selectApprovals } from '../../main/features/approvals/index.ts';
import { selectAgents } from '../../main/features/agents/index.ts';
import { selectStories, storyOf } from '../../main/features/stories/index.ts';
import { configSchema } from '../../preload/contract/config.ts';
import type { Place } from '../../preload/contract/story-facts.ts';
import type { ErrorCode, ErrorParams } from '../../preload/contract/errors.ts';
import { testGate } from './gates-box.ts';
import type { LogStore } from '../../main/hub/log-store.ts';
import { type Box, openBox } from './hub.ts';
import { hex, type World, world } from './hub-ports.ts';

export interface LandingOpen {
  readonly gates?: readonly object[];
  readonly review?: object;
  readonly pipeline?: object;
  readonly configsOf?: 'user' | 'repository';
}

export function landingConfig({ gates = [testGate], review = {}, pipeline = {} }: LandingOpen) {
  const said = { merge_profile: 'claude', review_profile: 'claude', ...pipeline };
  return configSchema.parse({ gates, review, pipeline: said });
}

export async function openLanding(open: LandingOpen = {}): Promise<LandingBox> {
  const played = world();
  played.outside.configsOf = open.configsOf ?? 'user';
  played.outside.configs = [landingConfig(open)];
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a' });
  await box.settle();
  return new LandingBox(box, played);
}

export class LandingBox {
  box: Box;
  readonly played: World;

  constructor(box: Box, played: World) {
    this.box = box;
    this.played = played;
  }

  /** Another hub over the same log, as after `kill -9`. */
  async crash(store: LogStore): Promise<void> {
    this.box.crash();
    this.box = await openBox({ features: this.played.features, store });
    await this.box.settle();
  }

  /** A story in qa with this commit of agent a, or of another. */
  async submitted(data: object = {}, commit: string | null = hex('a')): Promise<string> {
    const story = await this.begun(data);
    await this.submit(story, commit);
    return story;
  }

  /** One in coding. */
  async begun(data: object = {}, agent = 'a'): Promise<string> {
    const written = await this.box.dispatch('story.add', { title: 'Log in', ...data });
    const { story } = written.result as { story: string };
    await this.box.dispatch('story.assign', { story, agent });
    await this.box.dispatch('story.move', { story, to: 'coding' });
    return story;
  }

  async submit(story: string, commit: string | null, agent = 'a'): Promise<void> {
    const data = { story, ...(commit !== null && { commit }) };
    await this.box.dispatch('story.submit', data, { actor: `agent:${agent}` });
    await this.settle();
  }

  /** Work goes on until nothing does. */
  async settle(): Promise<void> {
    for (let round = 0; round < 4; round += 1) await this.box.settle();
  }

  async go(type: string, data: object, actor: 'operator' | `agent:${string}` = 'operator') {
    const { result } = await this.box.dispatch(type, data, { actor });
    await this.settle();
    return result as Record<string, string>;
  }

  async gatesEnd(exitCode: number | null, signal: string | null = null): Promise<void> {
    const { running } = this.played.outside;
    for (const id of [...running.keys()].filter((one) => one.startsWith('gate--')))
      this.played.outside.exit({ id, exitCode, signal });
    await this.settle();
  }

  /** Merges end so until told otherwise; undefined: as they should. */
  mergesFail(code?: ErrorCode, params: ErrorParams = {}): void {
    this.played.outside.before = (deed) => {
      if (code !== undefined && deed.startsWith('merge ')) throw musherError(code, params);
    };
  }

  place(story: string): Place {
    const found = storyOf(selectStories(this.box.hub.state()), story);
    return found?.place ?? { stage: 'archived' };
  }

  owner(story: string): string | undefined {
    return storyOf(selectStories(this.box.hub.state()), story)?.agent;
  }

  approvals() {
    return selectApprovals(this.box.hub.state()).byId.values();
  }

  agent(name: string) {
    return selectAgents(this.box.hub.state()).byId.get(name);
  }

  async waiting(): Promise<string[]> {
    const { items } = (await this.box.ask('inbox.list', {})) as { items: Array<{ id: string }> };
    return items.map(({ id }) => id);
  }

  merges(): string[] {
    return this.played.outside.done.filter((deed) => deed.startsWith('merge '));
  }

  async history(story: string): Promise<string[]> {
    const { history } = (await this.box.ask('story.get', { story })) as {
      history: Array<{ text: string }>;
    };
    return history.map(({ text }) => text);
  }
}
