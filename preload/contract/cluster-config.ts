/** What `[cluster]` of `config.toml` says of machines that help. */
import { z } from 'zod';
import { meshPeers } from './peer-facts.ts';

export const clusterConfig = {
  claim_minutes: z
    .number()
    .min(1)
    .max(10_080)
    .meta({ unit: 'minutes' })
    .optional()
    .describe(
      'As a rendezvous: minutes after which the stories of a node that was not heard go to another. Too few waste what a node that is only cut off does meanwhile. Default: 30',
    ),
  mesh_peers: z
    .number()
    .int()
    .min(0)
    .max(meshPeers.most)
    .meta({ unit: 'nodes' })
    .optional()
    .describe(
      `As a node: other nodes that it is linked with at once, so that they go on together when their rendezvous is away. 0: none. Default: ${meshPeers.default}`,
    ),
  remote: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_./-]*$/, 'expected the name of a remote, such as origin')
    .optional()
    .describe(
      'Git remote by which commits go from a node to its rendezvous; both machines must reach it. Default: origin, or the only one',
    ),
};
