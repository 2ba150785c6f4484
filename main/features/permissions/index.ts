/** Permissions: asked by a CLI's own hook, decided once, told to the hook that waits. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { PermissionRecord } from '../../../preload/contract/permissions.ts';
import { permissions as contract } from '../../../preload/contract/permissions.ts';
import type { Result } from '../../base/result.ts';
import { systemClock } from '../../base/clock.ts';
import { ok } from '../../base/result.ts';
import type { Feature, Life, PrepareContext, QueryContext } from '../../hub/feature.ts';
import { feature, handler, selectorOf } from '../../hub/feature.ts';
import {
  decideAllow,
  decideAsk,
  decideDeny,
  decideLapse,
  decideRan,
  decideReturn,
  decideRevoke,
} from './decide.ts';
import { requirePermission } from './require.ts';
import { decideKeyed, decideSee, decideVanish } from './screen/decide-seen.ts';
import type { ScreenPorts } from './screen/ports.ts';
import { pressEffect, requireOnScreen } from './screen/press.ts';
import { pressKind } from './screen/pressing.ts';
import { watchPrompts } from './screen/watch-prompts.ts';
import type { PermissionsState } from './slice.ts';
import { initialPermissions, reducePermissions } from './slice.ts';
import { Waiters } from './waiters.ts';
import { permissionWaits } from './waits.ts';

type Ctx = QueryContext<PermissionsState>;

const selectPermissions = selectorOf<PermissionsState>(contract);

export function permissionsFeature(outside: ScreenPorts): Feature {
  const waiters = new Waiters();
  let clock = systemClock;
  const ports = { ...outside, clock: () => clock };
  const onScreen = ({ permission }: { permission: string }, ctx: PrepareContext) =>
    requireOnScreen(ports, selectPermissions(ctx.hub), { permission, ctx });
  return feature(contract, {
    initial: initialPermissions,
    version: 1,
    commands: {
      'permission.ask': { decide: decideAsk },
      'permission.ran': { decide: decideRan },
      'permission.allow': handler({ prepare: onScreen, decide: decideAllow }),
      'permission.deny': handler({ prepare: onScreen, decide: decideDeny }),
      'permission.return': { decide: decideReturn },
      'permission.revoke': { decide: decideRevoke },
      'permission.lapse': { decide: decideLapse },
      'permission.see': { decide: decideSee },
      'permission.vanish': { decide: decideVanish },
      'permission.keyed': { decide: decideKeyed },
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
    effects: { [pressKind]: pressEffect(ports) },
    start(life: Life<PermissionsState>) {
      clock = life.clock;
      waiters.watch(life);
      watchPrompts(outside, life);
    },
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
  readonly outcome?: string;
  readonly reason?: string;
  readonly agent: string;
  readonly tool: string;
  readonly subject: string;
  readonly note?: string;
}

const describe: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'permission.keyed': ({ data }) => {
    const { agent, outcome, reason = 'nothing is known' } = data as Said;
    return outcome === 'taken'
      ? `${agent} took the decision at its screen`
      : `${agent} did not take the decision at its screen: ${reason}`;
  },
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
