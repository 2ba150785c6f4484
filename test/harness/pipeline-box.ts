// A hub in a box whose pipeline runs: stories, and agents whose programs a test ends.

import { configSchema } from '../../preload/contract/config.ts';
import type { pipeline as contract } from '../../preload/contract/pipeline.ts';
import type { QueryResult } from '../../preload/contract/define.ts';
import { type Agent, selectAgents } from '../../main/features/agents/index.ts';
import { selectPipeline } from '../../main/features/pipeline/index.ts';
import { selectStories, type Story, storyOf } from '../../main/features/stories/index.ts';
import type { LogStore } from '../../main/hub/log-store.ts';
import { byHand } from './by-hand.ts';
import { type Box, openBox } from './hub.ts';
import { hex, type World, world } from './hub-ports.ts';

export type PipelineStatus = QueryResult<typeof contract, 'pipeline.status'>;

export interface PipelineBox {
  readonly box: Box;
  readonly played: World;
  add(title: string, more?: object): Promise<string>;
  story(id: string): Story;
  stage(id: string): string;
  agentOf(id: string): Agent | undefined;
  /** Its program ends by itself. */
  exit(story: string, exitCode?: number | null): Promise<void>;
  /** Commits came, or none. */
  commits(isNew: boolean, tree?: string): void;
  status(): Promise<PipelineStatus>;
  /** `s-3 no-slot`, in their order. */
  waiting(): Promise<string[]>;
  /** The newest that was handed to an agent of the story. */
  lastText(id: string): string;
}

export interface PipelineWish {
  readonly pipeline?: object;
  readonly store?: LogStore;
  readonly played?: World;
  readonly isOn?: boolean;
}

export async function pipelineBox({
  pipeline = { profile: 'claude' },
  store,
  played = world(),
  isOn = true,
}: PipelineWish = {}): Promise<PipelineBox> {
  const { outside } = played;
  const features = byHand(played.features);
  outside.configs = [configSchema.parse({ pipeline })];
  const box = await openBox({ features, ...(store && { store }) });
  if (isOn) await box.dispatch('pipeline.start');
  const state = () => box.hub.state();
  const story = (id: string) => storyOf(selectStories(state()), id) as Story;
  const agentOf = (id: string) => selectAgents(state()).byId.get(story(id).agent ?? '');
  const status = () => box.ask('pipeline.status') as Promise<PipelineStatus>;
  return {
    ...{ box, played, story, agentOf, status },
    async add(title, more = {}) {
      const { result } = await box.dispatch('story.add', { title, ...more });
      await box.settle();
      return (result as { story: string }).story;
    },
    stage: (id) => story(id).place.stage,
    async exit(id, exitCode = 0) {
      outside.exit({ id: agentOf(id)?.terminalId ?? '', exitCode, signal: null });
      await box.settle();
    },
    commits(isNew, tree = hex('c')) {
      outside.storyWork = { commit: isNew ? hex('d') : hex('b'), tree, hasNew: isNew };
    },
    waiting: async () => (await status()).waiting.map((one) => `${one.story} ${one.why}`),
    lastText(id) {
      const events = box.store.page({ after: 0, limit: 10_000, type: 'pipeline.handed' });
      const mine = events.map(({ data }) => data as { story: string; text: string });
      return mine.findLast((one) => one.story === id)?.text ?? '';
    },
  };
}

export function worksOf({ box }: PipelineBox) {
  return selectPipeline(box.hub.state()).works;
}
