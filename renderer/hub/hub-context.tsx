import { createContext, type ReactNode, useContext } from 'react';
import type { Bridge } from './bridge.ts';
import type { ConnectionStore, ProjectsStore } from './connection.ts';
import type { Decisions } from './decisions.ts';
import type { MirrorStore } from './mirror.ts';

/** What `connectHub` made; one per window. */
export interface Hub {
  readonly bridge: Bridge;
  readonly mirror: MirrorStore;
  readonly connection: ConnectionStore;
  readonly projects: ProjectsStore;
  readonly decisions: Decisions;
}

const HubContext = createContext<Hub | undefined>(undefined);

export function HubProvider({ hub, children }: { hub: Hub; children: ReactNode }) {
  return <HubContext value={hub}>{children}</HubContext>;
}

export function useHub(): Hub {
  const hub = useContext(HubContext);
  if (!hub) throw new Error('useHub needs a HubProvider above it');
  return hub;
}
