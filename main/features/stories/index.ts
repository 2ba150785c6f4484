/** Stories: what is to be done, whose it is, and where it stands on its way into the target branch. */
import { stories as contract } from '../../../preload/contract/stories.ts';
import type { Feature } from '../../hub/feature.ts';
import { feature, handler } from '../../hub/feature.ts';
import {
  decideAdd,
  decideAdopt,
  decideAssign,
  decideEdit,
  decideHandOver,
  decideTick,
  decideUnassign,
} from './decide.ts';
import { decideImport, prepareImport } from './import.ts';
import { getStory, listStories, toRecord } from './list.ts';
import {
  decideAdvance,
  decideMove,
  decideSeal,
  decideSide,
  decideSubmit,
  decideSupersede,
} from './moves.ts';
import { showBoard } from './board.ts';
import type { StoriesPorts } from './ports.ts';
import { reduceStories } from './reduce.ts';
import { initialStories, type StoriesState } from './slice.ts';
import { describeStories, storyTopics } from './words.ts';

export { bodyOf } from './body.ts';
export { unmetOf } from './dependencies.ts';
export { inOrder, inOrderKey, isReady, storyTopic, toRecord as toStoryRecord } from './list.ts';
export { nodeNowOf } from './node-now.ts';
export { isInWork } from './require.ts';
export { neededByOf, selectStories, type StoriesState, type Story, storyOf } from './slice.ts';

export function storiesFeature(ports: StoriesPorts): Feature {
  const { storyFiles } = ports;
  return feature(contract, {
    initial: initialStories,
    version: 4,
    commands: {
      'story.add': { decide: decideAdd },
      'story.adopt': { decide: decideAdopt },
      'story.edit': { decide: decideEdit },
      'story.tick': { decide: decideTick(true) },
      'story.untick': { decide: decideTick(false) },
      'story.assign': { decide: decideAssign },
      'story.unassign': { decide: decideUnassign },
      'story.move': { decide: decideMove },
      'story.submit': { decide: decideSubmit },
      'story.block': { decide: decideSide('block') },
      'story.unblock': { decide: decideSide('unblock') },
      'story.hold': { decide: decideSide('hold') },
      'story.release': { decide: decideSide('release') },
      'story.freeze': { decide: decideSide('freeze') },
      'story.unfreeze': { decide: decideSide('unfreeze') },
      'story.abandon': { decide: decideSide('abandon') },
      'story.supersede': { decide: decideSupersede },
      'story.seal': { decide: decideSeal },
      'story.hand_over': { decide: decideHandOver },
      'story.advance': { decide: decideAdvance },
      'story.import': handler({
        prepare: (data, ctx) => prepareImport(storyFiles, data, ctx),
        decide: decideImport,
      }),
    },
    queries: { 'story.list': listStories, 'story.get': getStory },
    reduce: reduceStories,
    views: {
      story: { items: (state: StoriesState) => state.open, record: toRecord },
      storyGone: { items: (state: StoriesState) => state.gone },
    },
    start: (life) => showBoard(ports, life),
    topics: storyTopics,
    search: {
      'story.added': { text: ['title', 'body', 'labels'] },
      'story.edited': { text: ['title', 'fields'] },
      'story.ticked': { text: ['text'] },
      'story.unticked': { text: ['text'] },
      'story.assigned': { text: ['title'] },
      'story.moved': { text: ['title', 'place', 'note'] },
    },
    describe: describeStories,
  });
}
