/** What a plan is made from and of. */
import type { Agent, AgentsState } from '../agents/index.ts';
import type { StoriesState, Story } from '../stories/index.ts';
import type { Now, Wait } from './agent-waits.ts';
import type { PipelineSettings, WorkProfile } from './ports.ts';
import { newWork, type PipelineState, type Work } from './slice.ts';
import type { Slots } from './slots.ts';
import type { StoryIndex } from './story-index.ts';

export interface Scene extends Now {
  readonly stories: StoriesState;
  readonly index: StoryIndex;
  readonly agents: AgentsState;
  readonly pipeline: PipelineState;
  readonly settings: PipelineSettings;
  readonly profiles: { get(name: string): WorkProfile | undefined };
}

export type Step =
  /** It gets a slot, and the name of its agent. */
  | { readonly do: 'begin'; readonly story: string; readonly profile: string }
  | { readonly do: 'drop'; readonly story: string }
  /** That agent is made, gets the story, and the story begins. */
  | { readonly do: 'add'; readonly story: string; readonly agent: string; readonly profile: string }
  | { readonly do: 'assign'; readonly story: string; readonly agent: string }
  | { readonly do: 'start'; readonly story: string; readonly agent: string }
  /** It is handed to its agent, whose program is started then where it does not run. */
  | { readonly do: 'hand'; readonly story: string; readonly agent: string }
  | { readonly do: 'run'; readonly story: string; readonly agent: string; readonly fresh: boolean }
  | { readonly do: 'kick'; readonly story: string; readonly agent: string }
  | { readonly do: 'remind'; readonly story: string; readonly agent: string }
  /** Its program ended: what it brought is looked at, and leads to one of the last two. */
  | {
      readonly do: 'look';
      readonly story: string;
      readonly agent: string;
      readonly session: number;
    }
  | {
      readonly do: 'submit';
      readonly story: string;
      readonly agent: string;
      readonly commit: string;
    }
  | { readonly do: 'block'; readonly story: string; readonly reason: string }
  /** Its story is over. */
  | { readonly do: 'stop'; readonly agent: string };

export interface Row {
  readonly story: Story;
  readonly agent: string;
  readonly profile: string;
  readonly work: Work;
  readonly wait?: Wait | undefined;
}

export interface Plan {
  readonly steps: readonly Step[];
  /** In coding, or about to be, in their order. */
  readonly working: readonly Row[];
  /** Stories that could begin, and do not: how many for which reason. */
  readonly reasons: ReadonlyArray<{ readonly wait: Wait; readonly count: number }>;
  /** Slots that are taken. */
  readonly active: number;
  /** When it is to be asked again though nothing changed, Unix ms. */
  readonly nextMs: number;
}

export interface Draft {
  readonly scene: Scene;
  readonly slots: Slots;
  readonly steps: Step[];
  readonly working: Row[];
  nextMs: number;
}

export function working(
  { working: rows, scene }: Draft,
  row: Omit<Row, 'work'> & { readonly work?: Work },
): void {
  rows.push({ work: scene.pipeline.works.get(row.story.id) ?? newWork, ...row });
}

/** It was made for a story. */
export function isOwn({ scene }: Draft, { id }: Agent): boolean {
  return scene.pipeline.own.has(id);
}
