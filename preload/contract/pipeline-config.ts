/** What `config.toml` says of how stories go to agents: part of `[pipeline]`. */
import { z } from 'zod';

const most = { agents: 100, tries: 1_000 };

const agents = z.number().int().min(0).max(most.agents).meta({ unit: 'agents' }).optional();
const tries = z.number().int().min(1).max(most.tries).meta({ unit: 'times' }).optional();

/** Of one profile. */
export const pipelineProfileConfig = {
  max_agents: agents.describe(
    'Agents of this profile that work on stories at once. Default: as many as max_agents allows',
  ),
};

export const pipelineConfig = {
  profile: z
    .string()
    .min(1)
    .max(40)
    .optional()
    .describe(
      'Profile of the agents of stories that wish for none, such as claude. Default: none, and such stories wait',
    ),
  max_agents: agents.describe(
    'Agents that work on stories at once. More get more done, cost more and collide more often; 0: none begins. Default: 3',
  ),
  max_no_progress: tries.describe(
    'How often in a row the program of a story’s agent may end without a commit and without a change before the story is blocked. Default: 3',
  ),
  max_attempts: tries.describe(
    'How often in all a story may be given back to its agent, because its program ended without a commit, it came to rest without submitting, or gates or the merge failed, before it is blocked. Default: 8',
  ),
};
