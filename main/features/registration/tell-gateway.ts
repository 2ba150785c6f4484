/** A gateway is told how the project stands when that changed, once a second at most, and every fifteen seconds all the same. */
import { heartbeatMs } from '../../../preload/contract/cluster-facts.ts';
import type { Life } from '../../hub/feature.ts';
import type { RegistrationPorts } from './ports.ts';
import type { RegistrationState } from './slice.ts';
import { projectStatus } from './status.ts';

const soonMs = 1_000;

export function tellGateway(
  { gateway, version }: RegistrationPorts,
  life: Life<RegistrationState>,
): void {
  const { clock, live, logger } = life;
  let cancelBeat = (): void => undefined;
  let cancelSoon: (() => void) | undefined;
  const say = (): void => {
    cancelSoon?.();
    cancelSoon = undefined;
    cancelBeat();
    if (gateway.link() === undefined) return;
    gateway.say(projectStatus(life.hub(), version));
    cancelBeat = clock.schedule(say, heartbeatMs);
  };
  let stood: string | undefined;
  const show = (): void => {
    const link = gateway.link();
    if (link === undefined) live.remove('gatewayLink', 'gateway');
    else live.put('gatewayLink', 'gateway', link);
    if (link?.state === 'connected' && stood !== 'connected') say();
    stood = link?.state;
  };
  // What the log does not say was granted is not begun, whatever file lies there.
  const begin = (): void => {
    if (life.state().at === undefined) return;
    gateway
      .begin()
      .catch((err: unknown) => logger.error({ err }, 'the link to the gateway cannot begin'));
  };
  life.own(() => {
    cancelSoon?.();
    cancelBeat();
  });
  life.own(gateway.onChange(show));
  life.onTopics((topics) => {
    if (topics.includes(gatewayTopic)) begin();
    if (stood === 'connected') cancelSoon ??= clock.schedule(say, soonMs);
  });
  begin();
}

/** Of what becomes of the registration. */
export const gatewayTopic = 'gateway';
