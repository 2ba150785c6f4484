/** A gateway: a hub with one feature and no repository, behind the same broker and pages as a project. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { WireError } from '../../preload/contract/errors.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import { commandDefs, queryDefs } from '../../preload/contract/features.ts';
import { gatewayCommands, gatewayQueries } from '../../preload/contract/gateway.ts';
import { findAppFiles } from '../adapters/app-files.ts';
import { random, secret } from '../adapters/chance.ts';
import { reachProject } from '../adapters/gateway/reach.ts';
import { openLogStore } from '../adapters/sqlite/log-store.ts';
import { assert } from '../base/assert.ts';
import { systemClock } from '../base/clock.ts';
import { Disposables } from '../base/disposable.ts';
import type { Logger } from '../base/logger.ts';
import { MusherError, musherError } from '../base/result.ts';
import { attachWebSocketBridge } from '../bridge/websocket.ts';
import type { Broker, BrokerProject } from '../broker/broker.ts';
import { defaultLimits, startBroker } from '../broker/broker.ts';
import { createIdentity } from '../broker/identity.ts';
import { createSessions } from '../broker/sessions.ts';
import type { ClusterDoor } from '../features/cluster/ports.ts';
import { gatewayFeature } from '../features/gateway/index.ts';
import type { GatewayDoor } from '../features/gateway/ports.ts';
import { logFeature } from '../features/log/index.ts';
import type { Hub } from '../hub/hub.ts';
import { openHub } from '../hub/hub.ts';
import { appDataFolder, openAppData } from './app-data.ts';
import { noTerminals } from './pages.ts';

export interface GatewayOptions {
  /** Port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Where its log is kept; default: in the user's own folder. */
  readonly dataFolder?: string | undefined;
  readonly log: Logger;
  readonly onLogin: () => void;
}

export interface OpenGateway {
  readonly url: string;
  readonly dataFolder: string;
  /** For the operator's own CLI and MCP clients; never written to disk. */
  readonly operatorToken: string;
  loginUrl(): string;
  dispose(): Promise<void>;
}

/** Throws PORT_TAKEN, REPOSITORY_BUSY when another gateway keeps its log there, LOG_DAMAGED, STORE_FAILED; nothing is left running then. */
export async function openGateway(options: GatewayOptions): Promise<OpenGateway> {
  const parts = new Disposables();
  try {
    return await build(options, parts);
  } catch (error) {
    await parts.dispose();
    throw error;
  }
}

async function build(options: GatewayOptions, parts: Disposables): Promise<OpenGateway> {
  const { log, dataFolder = path.join(appDataFolder(), 'gateway') } = options;
  const { version, rendererFolder } = await findAppFiles(import.meta.filename);
  const data = await openAppData(log);
  parts.add(() => data.settled());
  const store = await openStore(dataFolder, log);
  parts.add(() => store.close());
  const identity = createIdentity(store.marks('tokens'), secret);
  const { hub, door } = await startOwnHub(store, log);
  parts.add(() => hub.stop());
  const own: BrokerProject = {
    ...{ id: store.logId, root: dataFolder, door: hub, identity, cluster: noNodes },
    roster: () => [],
  };
  const at = (name: string) => `${name}@${broker.port}`;
  const broker: Broker = await startBroker(
    {
      projects: { list: () => [own], opening: () => undefined },
      commands: gatewayCommands,
      queries: gatewayQueries,
      // A browser comes back to the port that it signed in at.
      sessions: createSessions({
        store: {
          value: (name) => data.value(at(name)),
          setValue: (name, value) => data.setValue(at(name), value),
        },
        ...{ now: systemClock.now, secret },
      }),
      ...{ secret, clock: systemClock, log, version, rendererFolder, gateway: door },
      onLogin: options.onLogin,
      elsewhere: ofProjects,
      limits: defaultLimits,
    },
    options.port,
  );
  parts.add(() => broker.close());
  parts.add(letPagesIn({ broker, hub, version, log }));
  parts.add(() => hub.closeIntake());
  return {
    ...{ url: broker.url, dataFolder, operatorToken: identity.operatorToken },
    loginUrl: () => broker.loginUrl(own),
    dispose: () => parts.dispose(),
  };
}

/** Whoever asks a gateway for what projects have has the address of the wrong one. */
function ofProjects(path: string): WireError | undefined {
  const type = path.replace(/^\/v1\//, '');
  return commandDefs.has(type) || queryDefs.has(type)
    ? toWireError('PROJECT_WANTED', { type })
    : undefined;
}

async function openStore(dataFolder: string, log: Logger) {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  try {
    return await openLogStore(path.join(dataFolder, 'log.sqlite'), {
      now: systemClock.now,
      onTrouble: (reason) => log.warn({ reason }, 'old events could not be moved to a segment'),
    });
  } catch (error) {
    if (error instanceof MusherError && error.wire.code === 'REPOSITORY_BUSY')
      throw musherError('GATEWAY_RUNS', { path: dataFolder }, error);
    throw error;
  }
}

async function startOwnHub(
  store: Awaited<ReturnType<typeof openLogStore>>,
  log: Logger,
): Promise<{ readonly hub: Hub; readonly door: GatewayDoor }> {
  let door: GatewayDoor | undefined;
  const feature = gatewayFeature({
    reach: reachProject,
    opened: (one) => {
      door = one;
    },
  });
  const hub = await openHub({
    features: [feature, logFeature()],
    store,
    clock: systemClock,
    random,
    log,
  });
  await hub.start();
  assert(door, 'The gateway is used before its hub has started');
  return { hub, door };
}

interface Pages {
  readonly broker: Broker;
  readonly hub: Hub;
  readonly version: string;
  readonly log: Logger;
}

function letPagesIn({ broker, hub, version, log }: Pages): () => Promise<void> {
  const bridge = attachWebSocketBridge({
    ...{ upgrades: broker.upgrades, path: '/bridge', checkRequest: broker.checkRequest },
    authenticate(request) {
      const actor = broker.operatorOf(request);
      if (actor === undefined) return toWireError('UNAUTHENTICATED');
      return { actor, door: hub, terminals: noTerminals };
    },
    session: { version, log },
    clock: systemClock,
  });
  return () => bridge.dispose();
}

/** Machines join projects, and no gateway. */
const noNodes: ClusterDoor = {
  join: () => Promise.reject(musherError('JOIN_TOKEN_INVALID', { reason: 'this is a gateway' })),
  knowsInvite: () => false,
  nodeOf: () => undefined,
  accept: () => Promise.reject(musherError('NODE_TOKEN_INVALID')),
  terminals: {
    accept: (link) => link.terminate(),
    watch: (id) => {
      throw musherError('NODE_UNKNOWN', { node: id });
    },
  },
};
