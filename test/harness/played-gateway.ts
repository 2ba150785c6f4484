// A gateway in memory, which lets everybody in and hears what it is told.

import type { GatewayLink, ProjectStatus } from '../../preload/contract/gateway-facts.ts';
import { ok } from '../../main/base/result.ts';
import { gatewayFeature } from '../../main/features/gateway/index.ts';
import { logFeature } from '../../main/features/log/index.ts';
import type { Feature } from '../../main/hub/feature.ts';
import type { GatewayLinks } from '../../main/features/registration/ports.ts';

export interface PlayedGateway extends GatewayLinks {
  readonly heard: ProjectStatus[];
}

export function playedGateway(): PlayedGateway {
  const listeners = new Set<() => void>();
  const heard: ProjectStatus[] = [];
  let kept: GatewayLink | undefined;
  let link: GatewayLink | undefined;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    heard,
    async register({ gateway: url, name = 'shop', mcp }) {
      kept = { url, name, mcp, state: 'connected', sinceMs: 0 };
      return { url, name };
    },
    async begin() {
      link = kept;
      tell();
    },
    async forget() {
      kept = undefined;
      link = undefined;
      tell();
    },
    link: () => link,
    say: (status) => void heard.push(status),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Those of a gateway, which finds every page where it is said to be. */
export function playedGatewayFeatures(): Feature[] {
  const gateway = gatewayFeature({ reach: async (url) => ok(url), opened: () => undefined });
  return [gateway, logFeature()];
}
