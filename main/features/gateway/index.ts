/** A gateway's only feature: projects of several Mushers behind one entry. */
import type { CommandData } from '../../../preload/contract/define.ts';
import { gateway as contract } from '../../../preload/contract/gateway.ts';
import type { ProjectLink } from '../../../preload/contract/gateway-facts.ts';
import { ok } from '../../base/result.ts';
import type { Feature, Life } from '../../hub/feature.ts';
import { feature, handler } from '../../hub/feature.ts';
import {
  decideInvite,
  decideJoin,
  decideLeave,
  decideRemove,
  decideRename,
  decideUninvite,
  toTokenRow,
} from './decide.ts';
import { openDoor, projectsTopic } from './open-door.ts';
import type { GatewayPorts } from './ports.ts';
import {
  type GatewayState,
  initialGateway,
  reduceGateway,
  selectGateway,
  toProjectRecord,
} from './slice.ts';
import { describeGateway } from './words.ts';

type JoinData = CommandData<typeof contract, 'project.join'>;

export function gatewayFeature(ports: GatewayPorts): Feature {
  return feature(contract, {
    initial: initialGateway,
    version: 1,
    commands: {
      'project.invite': { decide: decideInvite },
      'project.uninvite': { decide: decideUninvite },
      'project.rename': { decide: decideRename },
      'project.remove': { decide: decideRemove },
      'project.leave': { decide: decideLeave },
      'project.join': handler({
        // Whoever shows no token has nothing looked at.
        prepare: async ({ address, project, invite }: JoinData, { hub }) => {
          const isKnown = selectGateway(hub)
            .tokens.values()
            .some(({ hash }) => hash === invite);
          return address === undefined || !isKnown ? ok(undefined) : ports.reach(address, project);
        },
        decide: decideJoin,
      }),
    },
    queries: {
      'project.list': async (_data, { state, live, nowMs }) => {
        const links = live('projectLink');
        return ok({
          projects: state.byId.values().map((project) => {
            const link = links.get(project.id) as ProjectLink | undefined;
            return { ...toProjectRecord(project), ...(link !== undefined && { link }) };
          }),
          tokens: state.tokens
            .values()
            .filter(({ expiresMs }) => expiresMs > nowMs)
            .map(toTokenRow),
        });
      },
    },
    reduce: reduceGateway,
    views: { project: { items: (state: GatewayState) => state.byId, record: toProjectRecord } },
    topics: () => [projectsTopic],
    search: { 'project.joined': { text: ['name', 'repository'] } },
    describe: describeGateway,
    start: (life: Life<GatewayState>) => ports.opened(openDoor(ports, life)),
  });
}
