/** The door for pages in a browser: who is signed in gets a session of the project that its address names. */
import type { WireError } from '../../preload/contract/errors.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { musherError } from '../base/result.ts';
import { attachWebSocketBridge } from '../bridge/websocket.ts';
import type { Broker } from '../broker/broker.ts';
import type { Door } from '../hub/door.ts';
import type { Projects } from './projects.ts';

export interface Pages {
  readonly broker: Broker;
  readonly projects: Projects;
  /** Left out: there is no page to choose a repository on. */
  readonly welcome?: Door | undefined;
  readonly version: string;
  readonly log: Logger;
}

export function letPagesIn({
  broker,
  projects,
  welcome,
  version,
  log,
}: Pages): () => Promise<void> {
  const bridge = attachWebSocketBridge({
    upgrades: broker.upgrades,
    path: '/bridge',
    checkRequest: broker.checkRequest,
    opening: () => projects.opening(),
    authenticate(request) {
      const actor = broker.operatorOf(request);
      if (actor === undefined) return toWireError('UNAUTHENTICATED');
      const { searchParams } = new URL(request.url ?? '/', broker.url);
      if (searchParams.has('welcome'))
        return welcome === undefined
          ? toWireError('NOT_FOUND', { route: '/welcome.html' })
          : { actor, door: welcome, terminals: noTerminals };
      const id = searchParams.get('project');
      const project = projects.named(id);
      if (project === undefined) return noProject(id);
      return { actor, door: project.door, terminals: project.terminals };
    },
    session: { version, log, projects },
    clock: systemClock,
  });
  return () => bridge.dispose();
}

/** Of no repository there are none. */
export const noTerminals = {
  attach: () => Promise.reject(musherError('NOT_FOUND', { route: 'a terminal' })),
};

/** Without any, the one that the app is for could not be opened, and it ends. */
function noProject(id: string | null): WireError {
  return id === null
    ? toWireError('SHUTTING_DOWN')
    : toWireError('PROJECT_UNKNOWN', { project: id });
}
