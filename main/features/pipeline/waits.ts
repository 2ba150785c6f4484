/** That the program of a story’s agent ended was looked at, and led to something: nobody need look again. */
import type { Waits } from '../../hub/feature.ts';

export const pipelineWaits: Waits = {
  'pipeline.ended': ({ data }) => [{ settles: `agent/${(data as { agent: string }).agent}` }],
};
