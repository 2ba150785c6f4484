/** Learnings: noted once, seen by everyone, kept with Musher's own findings in the file that a team shares. */
import type { EventData } from '../../../preload/contract/define.ts';
import { learnings as contract } from '../../../preload/contract/learnings.ts';
import { ok } from '../../base/result.ts';
import type { Feature } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { inboxTopic } from '../messages/index.ts';
import { decideAdd, decideAnnounce, decideDrop, decidePromote } from './decide.ts';
import { keepFile } from './file/keep-file.ts';
import { listLearnings } from './list.ts';
import type { LearningsFile } from './ports.ts';
import { added, dropped, initialLearnings, type LearningsState } from './slice.ts';

export function learningsFeature(ports: { readonly file: LearningsFile }): Feature {
  return feature(contract, {
    initial: initialLearnings,
    version: 3,
    commands: {
      'learning.add': { decide: decideAdd },
      'learning.announce': { decide: decideAnnounce },
      'learning.drop': { decide: decideDrop },
      'learning.promote': { decide: decidePromote },
    },
    queries: { 'learning.list': async (asked, ctx) => ok(listLearnings(asked, ctx)) },
    reduce: { 'learning.added': added, 'learning.dropped': dropped },
    topics({ type, data }) {
      const { to } = data as Partial<EventData<typeof contract, 'learning.added'>>;
      return type !== 'learning.added' || to === undefined ? [] : [inboxTopic(to)];
    },
    views: { learning: { items: (state: LearningsState) => state.byId } },
    search: { 'learning.added': { text: ['text'], to: 'to' } },
    describe: {
      'learning.added': ({ data }) => `Learned: ${(data as { text: string }).text}`,
      'learning.dropped': ({ data }) =>
        `Dropped from the learnings: ${(data as { id: string }).id}`,
    },
    // Of logs that were written when each note was an effect: the file is kept from the state since.
    effects: { 'learning.write': { run: async () => undefined } },
    start: (life) => keepFile(ports.file, life),
  });
}
