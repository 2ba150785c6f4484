/** What happened to nodes, for who reads it. Whoever shows it makes it harmless. */
import type { cluster as contract } from '../../../preload/contract/cluster.ts';
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;

export const describeCluster: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'node.invited': ({ data }) => {
    const { invite, label } = data as Data<'node.invited'>;
    const whom = label === undefined ? 'a machine' : label;
    return `Join token ${invite} lets ${whom} join, once`;
  },
  'node.uninvited': ({ data }) =>
    `Join token ${(data as Data<'node.uninvited'>).invite} opens nothing any more`,
  'node.joined': ({ data }) => {
    const { node, label, host } = data as Data<'node.joined'>;
    return `${label} (${node}, ${host}) joined`;
  },
  'node.renamed': ({ data }) => {
    const { node, label } = data as Data<'node.renamed'>;
    return `Node ${node} is called ${label} now`;
  },
  'node.revoked': ({ data }) => {
    const { node, label } = data as Data<'node.revoked'>;
    return `${label} (${node}) was locked out`;
  },
};
