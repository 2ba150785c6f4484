/** Commits on agents' branches: each becomes an event, one on a branch that is not the agent's own is told, and none gets lost. */
import { z } from 'zod';
import { agentRef } from './agent-wishes.ts';
import { command, defineFeature, event, query } from './define.ts';
import {
  commitFacts,
  commitFactsSchema,
  headRecordSchema,
  lostSchema,
  strayCommitSchema,
} from './commit-facts.ts';

/** How many commits of one move of a branch become events; the newest. */
export const toldCommits = 50;

const stray = {
  agent: z.string(),
  /** The agent's own branch. */
  expected: z.string(),
  /** Newest last, at most 20. */
  commits: z.array(strayCommitSchema).min(1).max(20),
};

export const commits = defineFeature({
  name: 'commits',
  commands: {
    'commit.tell': command({
      summary: 'An agent’s branch is at another commit',
      who: ['system'],
      data: z.object({
        agent: z.string(),
        branch: z.string(),
        from: z.string(),
        to: z.string(),
        /** New ones that neither its target nor another agent’s branch has, oldest first. */
        commits: z.array(commitFactsSchema).max(toldCommits),
        /** Further new ones, older than these. */
        more: z.number().int(),
        lost: lostSchema.optional(),
      }),
      result: z.object({}),
    }),
    'commit.tell_stray': command({
      summary: 'Something was committed in an agent’s worktree on another branch than its own',
      who: ['system'],
      data: z.object(stray),
      result: z.object({}),
    }),
    'commit.tell_return': command({
      summary: 'An agent’s worktree is on its own branch again',
      who: ['system'],
      data: z.object({ agent: z.string() }),
      result: z.object({}),
    }),
  },
  queries: {
    'commit.list': query({
      summary: 'List the commits of an agent that its target does not have, newest first',
      who: ['operator', 'agent'],
      data: z.object({
        agent: agentRef.optional().describe('Whose; an agent that leaves it out means itself'),
        limit: z.coerce.number().int().min(1).max(200).default(50).describe('At most so many'),
      }),
      result: z.object({
        branch: z.string(),
        /** What they are counted from: where its branch began, or what of it was merged since. */
        base: z.string(),
        commits: z.array(commitFactsSchema.omit({ files: true })),
        /** There are older ones. */
        hasMore: z.boolean(),
        /** What rewriting its branch left behind, newest first, at most 20. `git branch <name> <ref>` brings one back. */
        lost: z.array(
          z.object({
            ref: z.string(),
            commit: z.string(),
            subject: z.string(),
            committedMs: z.number(),
          }),
        ),
      }),
      cli: { name: 'commits', args: ['agent'], examples: ['musher commits backend'] },
    }),
  },
  events: {
    'commit.made': event({
      v: 1,
      data: z.object({
        agent: z.string(),
        branch: z.string(),
        ...commitFacts,
        /** So many older ones came with it and are not told one by one. */
        more: z.number().int().optional(),
      }),
    }),
    /** Its branch no longer leads to what it led to: amended, rebased, reset. */
    'commit.rewound': event({
      v: 1,
      data: z.object({
        agent: z.string(),
        branch: z.string(),
        from: z.string(),
        to: z.string(),
        lost: lostSchema,
      }),
    }),
    /** In the agent's inbox as well. */
    'commit.strayed': event({ v: 1, data: z.object(stray) }),
    'commit.returned': event({ v: 1, data: z.object({ agent: z.string() }) }),
  },
  records: { head: headRecordSchema },
});
