/** What happens to the configuration and to proposals for it. */
import { z } from 'zod';
import { commitId } from './change-facts.ts';
import { configProblemSchema } from './config.ts';
import { event } from './define.ts';
import { changeFacts, staleReasons, textHash } from './proposal-records.ts';
import { wireErrorSchema } from './wire-error.ts';

const subject = z.object({ proposal: z.string(), agent: z.string() });
const hash = textHash;
/** What the file was found to be when that was not what applied. */
const found = { commit: commitId, hash, parent: commitId.optional() };

export const proposalEvents = {
  /** The file was found to say something else than what applied: edited by hand, or merged. By whoever’s command it was found. */
  'config.found': event({ v: 1, data: z.object(found) }),
  'proposal.made': event({
    v: 1,
    data: subject.extend({
      why: z.string(),
      base: commitId,
      commit: commitId,
      hash,
      ...changeFacts,
    }),
  }),
  'proposal.superseded': event({ v: 1, data: subject.extend({ by: z.string() }) }),
  'proposal.withdrawn': event({ v: 1, data: subject }),
  /** The same change over a file that changed meanwhile: what was seen is not what it is any more. */
  'proposal.carried': event({
    v: 1,
    data: subject.extend({ base: commitId, commit: commitId, hash, ...changeFacts }),
  }),
  'proposal.stale': event({
    v: 1,
    data: subject.extend({
      reason: z.enum(staleReasons),
      problems: z.array(configProblemSchema).optional(),
    }),
  }),
  'proposal.approved': event({ v: 1, data: subject.extend({ commit: commitId, why: z.string() }) }),
  'proposal.applied': event({
    v: 1,
    data: subject.extend({ commit: commitId, hash, why: z.string() }),
  }),
  'proposal.apply_failed': event({ v: 1, data: subject.extend({ error: wireErrorSchema }) }),
  'proposal.rejected': event({
    v: 1,
    data: subject.extend({ note: z.string(), why: z.string() }),
  }),
  /** `commit`: the new version with the text of the old one. */
  'config.reverting': event({
    v: 1,
    data: z.object({ version: commitId, commit: commitId, hash }),
  }),
  'config.reverted': event({
    v: 1,
    data: z.object({ version: commitId, commit: commitId, hash }),
  }),
  'config.revert_failed': event({
    v: 1,
    data: z.object({ version: commitId, error: wireErrorSchema }),
  }),
};
