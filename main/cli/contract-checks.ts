/** Data and results by the contract's own schemas. Loads them all, and zod: for what the manifest leaves open alone. */
import { z } from 'zod';
import type { CommandDef } from '../../preload/contract/define.ts';
import { commandDefs, queryDefs } from '../../preload/contract/features.ts';
import { gatewayCommands, gatewayQueries } from '../../preload/contract/gateway.ts';

/** Undefined when there is no such capability. */
export function checkByContract(type: string, part: 'data' | 'result', value: unknown) {
  const maps: ReadonlyMap<string, CommandDef>[] = [
    commandDefs,
    queryDefs,
    gatewayCommands,
    gatewayQueries,
  ];
  const def = maps.map((defs) => defs.get(type)).find((one) => one !== undefined);
  return def && z.safeParse(def[part], value);
}
