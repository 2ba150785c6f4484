import { CirclePause, FlaskConical, OctagonPause } from 'lucide-react';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import type { ItemFacts, ItemLook } from '../kind.ts';

const looks: Readonly<Record<'held' | 'answer', ItemLook>> = {
  held: { icon: CirclePause, word: 'Held story', tone: 'text-amber' },
  answer: { icon: FlaskConical, word: 'Answer', tone: 'text-amber' },
};

/** It is blocked or held, or brings an answer that somebody has to read. */
export const storyFacts: ItemFacts<'story', StoryRecord> = {
  kind: 'story',
  of: ['story'],
  needs: ['story'],
  find: ({ subject }, records) => records.get('story', subject),
  look: { icon: OctagonPause, word: 'Blocked story', tone: 'text-red' },
  lookOf: ({ place }) =>
    place.stage === 'blocked' ? undefined : looks[place.stage === 'held' ? 'held' : 'answer'],
  sort: () => 'blocked',
  name: ({ agent, subject }, record) => ({
    agent: agent || subject,
    named: record.agent === undefined ? 'target' : 'agent',
  }),
  dismissed: (agent) => `Took the story of ${agent} off the list`,
};
