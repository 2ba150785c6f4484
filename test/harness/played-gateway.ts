// A gateway in memory, which lets everybody in and hears what it is told.

import type { ProjectStatus } from '../../preload/contract/gateway-facts.ts';
import type { GatewayLink } from '../../preload/contract/gateway-facts.ts';
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
