/** What config files say of the cluster. The first file that says a thing counts: the user's own. Pure. */
import { claimMs } from '../../../preload/contract/cluster-facts.ts';
import { meshPeers } from '../../../preload/contract/peer-facts.ts';
import type { Config } from '../../../preload/contract/config.ts';
import type { GoodConfig } from '../settings/index.ts';

export interface ClusterSettings {
  /** After so long without a heartbeat a node's stories go to another, milliseconds. */
  readonly claimMs: number;
  /** Peers that a node is linked with at once. */
  readonly meshPeers: number;
  /** Undefined: the usual one. */
  readonly remote: string | undefined;
}

const minuteMs = 60_000;

export function clusterSettings(files: readonly GoodConfig[]): ClusterSettings {
  const first = <K extends keyof Config['cluster']>(key: K): Config['cluster'][K] | undefined =>
    files.find(({ config }) => config.cluster[key] !== undefined)?.config.cluster[key];
  const minutes = first('claim_minutes');
  return {
    claimMs: minutes === undefined ? claimMs : Math.round(minutes * minuteMs),
    meshPeers: first('mesh_peers') ?? meshPeers.default,
    remote: first('remote'),
  };
}
