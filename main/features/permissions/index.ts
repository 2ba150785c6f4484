/** Permissions: asked by a CLI's own hook, decided once, told to the hook that waits. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/envelope.ts';
import type { PermissionRecord } from '../../../preload/contract/permissions.ts';
import { permissions as contract } from '../../../preload/contract/permissions.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { Feature, Life, QueryContext } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import {
  decideAllow,
  decideAsk,
  decideDeny,
  decideLapse,
  decideRan,
  decideReturn,
  decideRevoke,
  requirePermission,
} from './decide.ts';
import type { PermissionsState } from './slice.ts';
import { initialPermissions, reducePermissions } from './slice.ts';
import { Waiters } from './waiters.ts';
import { permissionWaits } from './waits.ts';

type Ctx = QueryContext<PermissionsState>;

export function permissionsFeature(): Feature {
  const waiters = new Waiters();
  return feature(contract, {
    initial: initialPermissions,
    version: 1,
    commands: {
      'permission.ask': { decide: decideAsk },
      'permission.ran': { decide: decideRan },
      'permission.allow': { decide: decideAllow },
      'permission.deny': { decide: decideDeny },
      'permission.return': { decide: decideReturn },
      'permission.revoke': { decide: decideRevoke },
      'permission.lapse': { decide: decideLapse },
    },
    queries: {
      'permission.list': async ({ all }, ctx) =>
        ok({
          permissions: ctx.state.byId
            .values()
            .filter(({ state }) => all || state === 'open')
            .sort((a, b) => a.askedMs - b.askedMs),
        }),
      'permission.get': (data, ctx) => getPermission(waiters, data, ctx),
      'permission.rules': async ({ agent }, ctx) =>
        ok({
          rules: ctx.state.rules
            .values()
            .filter((rule) => agent === undefined || rule.agent === agent)
            .sort((a, b) => a.sinceMs - b.sinceMs),
        }),
    },
    reduce: reducePermissions,
    waits: permissionWaits,
    views: {
      permission: { items: (state: PermissionsState) => state.byId },
      permissionRule: { items: (state: PermissionsState) => state.rules },
    },
    topics,
    search: {
      'permission.asked': { text: ['tool', 'subject'] },
      'permission.allowed': { text: ['tool', 'subject'] },
      'permission.denied': { text: ['tool', 'subject', 'note'] },
    },
    describe,
    start: (life: Life<PermissionsState>) => waiters.watch(life),
  });
}

/** An agent sees its own. Its poll is what tells that its hook still waits. */
async function getPermission(
  waiters: Waiters,
  data: { permission: string; waitMs: number },
  ctx: Ctx,
): Promise<Result<PermissionRecord>> {
  const self = agentIdOf(ctx.actor);
  const look = (state: PermissionsState) => {
    const found = requirePermission(state, data.permission);
    const isTheirs = found.ok && self !== undefined && found.value.agent !== self;
    return isTheirs ? requirePermission(initialPermissions, data.permission) : found;
  };
  const found = look(ctx.state);
  if (!found.ok || found.value.state !== 'open' || data.waitMs === 0) return found;
  const poll = () => ctx.untilTopic(settledTopic(data.permission), data.waitMs);
  if (self === undefined) await poll();
  else await waiters.during(data.permission, poll);
  return look(ctx.fresh().state);
}

function settledTopic(permission: string): string {
  return `permission/${permission}`;
}

function topics(event: EventEnvelope): string[] {
  const { permission } = event.data as { permission?: string };
  if (permission === undefined || event.type === 'permission.asked') return [];
  return [settledTopic(permission)];
}

interface Said {
  readonly agent: string;
  readonly tool: string;
  readonly subject: string;
  readonly note?: string;
}

const describe: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'permission.asked': ({ data }) => {
    const { agent, tool, subject } = data as Said;
    return `${agent} asks to use ${tool}: ${subject}`;
  },
  'permission.allowed': ({ data }) => {
    const { agent, tool, subject } = data as Said;
    return `${agent} may use ${tool}: ${subject}`;
  },
  'permission.denied': ({ data }) => {
    const { agent, tool, subject, note } = data as Said;
    return `${agent} may not use ${tool}: ${subject}${note === undefined ? '' : ` (${note})`}`;
  },
};
