/** What config files say of gates. Of one name the first file counts: the user's own. Pure. */
import { type GateConfig, gateTimeoutMs } from '../../../preload/contract/gate-config.ts';
import type { ConfigFile } from '../../../preload/contract/settings.ts';
import type { GoodConfig } from '../settings/index.ts';
import type { Gate, GateSettings } from './ports.ts';

interface Said {
  readonly files: ReadonlyArray<Pick<ConfigFile, 'path' | 'state'>>;
  readonly configs: readonly GoodConfig[];
  readonly sha256: (text: string) => string;
}

export function gateSettings({ files, configs, sha256 }: Said): GateSettings {
  const byName = new Map<string, GateConfig>();
  for (const { config } of configs)
    for (const gate of config.gates) if (!byName.has(gate.name)) byName.set(gate.name, gate);
  const gates = [...byName.values()].map((gate) => toGate(gate, sha256));
  const first = <K extends 'gates' | 'parallel_gates'>(key: K) =>
    configs.find(({ config }) => config.review[key] !== undefined)?.config.review[key];
  const isKnown = (file: { readonly path: string }) =>
    configs.some(({ path }) => path === file.path);
  return {
    gates: [...gates.filter(({ required }) => required), ...gates.filter((one) => !one.required)],
    when: first('gates') ?? 'on-request',
    parallel: first('parallel_gates') ?? 2,
    unreadable: files.find((file) => file.state === 'bad' && !isKnown(file))?.path,
  };
}

function toGate(config: GateConfig, sha256: Said['sha256']): Gate {
  const { name, command, paths, required, timeout, env } = config;
  const timeoutMs = gateTimeoutMs(timeout) ?? 0;
  const sorted = Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...{ name, command, paths, required, timeoutMs, env },
    hash: sha256(JSON.stringify([name, command, sorted, timeoutMs])),
  };
}
