/** What happened at a gateway, for who reads it. Whoever shows it makes it harmless. */
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { gateway as contract } from '../../../preload/contract/gateway.ts';
import { grantWords } from '../../../preload/contract/say-gateway.ts';

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;

export const describeGateway: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'project.invited': ({ data }) => {
    const { invite, name = 'a project' } = data as Data<'project.invited'>;
    return `Registration token ${invite} lets ${name} register, once`;
  },
  'project.uninvited': ({ data }) =>
    `Registration token ${(data as Data<'project.uninvited'>).invite} opens nothing any more`,
  'project.joined': ({ data }) => {
    const { id, name, repository, mcp } = data as Data<'project.joined'>;
    return `${name} (${id}, ${repository}) registered: ${grantWords[mcp]}`;
  },
  'project.renamed': ({ data }) => {
    const { id, name } = data as Data<'project.renamed'>;
    return `Project ${id} is called ${name} now`;
  },
  'project.removed': ({ data }) => {
    const { id, name, byItself } = data as Data<'project.removed'>;
    return byItself ? `${name} (${id}) left` : `${name} (${id}) was forgotten`;
  },
};
