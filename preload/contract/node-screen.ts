/** The screen of who works on a story at a node, asked for once. A part of the cluster's contract. */
import { z } from 'zod';
import { claimedStory } from './claim-facts.ts';
import { query } from './define.ts';

export const nodeScreenQueries = {
  'node.screen': query({
    summary: 'Show the text on the screen of who works on a story at a node now',
    who: ['operator'],
    data: z.object({ story: claimedStory }),
    result: z.object({ text: z.string(), cols: z.number(), rows: z.number() }),
    cli: { name: 'nodes screen', args: ['story'], examples: ['musher nodes screen s-12'] },
  }),
};
