/** Claims: which story a node works on, and what becomes of it. All of it is the hubs' own doing; nobody asks for it by hand. */
import { z } from 'zod';
import { claimedStory, claimEnds, claimNumber, claimOutcomes } from './claim-facts.ts';
import { command, event } from './define.ts';
import { storyCommit } from './story-facts.ts';

const system = ['system'] as const;
const nodeId = z.string().min(1).max(20);
const none = z.object({});
const title = z.string().max(300);
const one = { story: claimedStory, claim: claimNumber };

export const claimCommands = {
  'claim.ask': command({
    summary: 'As a node: ask for a story of the rendezvous',
    who: system,
    data: z.object({ story: claimedStory, node: nodeId, title }),
    result: none,
  }),
  'claim.begin': command({
    summary: 'As a node: the rendezvous gave it the story, which has an id of its own here',
    who: system,
    data: z.object({ ...one, local: z.string().max(40) }),
    result: none,
  }),
  'claim.verify': command({
    summary: 'As a node: the story passed its gates here, and its commit is on the remote',
    who: system,
    data: z.object({ ...one, commit: storyCommit }),
    result: none,
  }),
  'claim.release': command({
    summary: 'As a node: go on with a story no more',
    who: system,
    data: z.object({ ...one, reason: z.string().max(2_000), isStuck: z.boolean() }),
    result: none,
  }),
  'claim.end': command({
    summary: 'As a node: a claim is over',
    who: system,
    data: z.object({ ...one, how: z.enum(claimEnds) }),
    result: none,
  }),
  'claim.report': command({
    summary: 'As the rendezvous: a node brought a verified commit, which is here now',
    who: system,
    data: z.object({ ...one, node: nodeId, commit: storyCommit, ref: z.string().max(200) }),
    result: z.object({ outcome: z.enum(claimOutcomes) }),
  }),
};

const told = { story: z.string(), title: z.string(), claim: z.number() };
const brought = { ...told, node: z.string(), commit: z.string(), ref: z.string() };

export const claimEvents = {
  'claim.asked': event({ v: 1, data: z.object({ ...told, node: z.string() }) }),
  'claim.begun': event({ v: 1, data: z.object({ ...told, local: z.string() }) }),
  'claim.verified': event({ v: 1, data: z.object({ ...told, commit: z.string() }) }),
  'claim.released': event({
    v: 1,
    data: z.object({ ...told, reason: z.string(), isStuck: z.boolean() }),
  }),
  'claim.ended': event({ v: 1, data: z.object({ ...told, how: z.enum(claimEnds) }) }),
  /** It is the only one that counts for this story: it is landed from here on. */
  'claim.taken': event({
    v: 1,
    data: z.object({
      ...brought,
      /** Who had the story then: it may have been another that was slower. */
      holder: z.object({ id: z.string(), claim: z.number() }),
      /** In whose name it is landed here. */
      agent: z.string(),
    }),
  }),
  /** The story had gone on without it. Its commit is kept under the ref. */
  'claim.late': event({ v: 1, data: z.object(brought) }),
};
