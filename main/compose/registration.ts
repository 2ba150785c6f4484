/** A project's link to a gateway, and what may be asked of it from there. */
import { type GatewayCall, gatewayLinks } from '../adapters/gateway/gateway-links.ts';
import { systemClock } from '../base/clock.ts';
import type { Disposables } from '../base/disposable.ts';
import type { Logger } from '../base/logger.ts';
import type { RegistrationPorts } from '../features/registration/ports.ts';
import type { Hub } from '../hub/hub.ts';

export interface RegistrationOptions {
  readonly dataFolder: string;
  /** The log's own name. */
  readonly project: string;
  /** Folder of the repository. */
  readonly root: string;
  readonly version: string;
  readonly listens: () => string;
  readonly hub: () => Hub;
  readonly log: Logger;
  readonly parts: Disposables;
}

export function openRegistration(options: RegistrationOptions): RegistrationPorts {
  const { hub, version, log, parts, root: repository, ...own } = options;
  const gateway = gatewayLinks({
    ...{ ...own, repository },
    serve: (call, signal) => serve(hub(), call, signal),
    clock: systemClock,
    log: log.child({ component: 'gateway' }),
  });
  parts.add(() => gateway.close());
  return { gateway, version };
}

/** Its parts are loaded by the first that is asked. What was granted is in the log: no file and no word of the gateway counts. */
async function serve(
  hub: Hub,
  call: GatewayCall,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const { serveGateway } = await import('../broker/gateway/serve-project.ts');
  return serveGateway(hub, call, signal);
}
