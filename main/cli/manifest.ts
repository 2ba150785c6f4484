/**
 * What the command knows of the contracts: plain data, so that it starts without them and without zod. The build runs
 * this module and puts the data in its place (build/vite.main.ts); unbuilt, it is made at each start. Nothing is
 * declared here.
 */
import { featureContracts } from '../../preload/contract/features.ts';
import { gateway } from '../../preload/contract/gateway.ts';
import { listCapabilities } from './capabilities.ts';

export const manifest = listCapabilities([...featureContracts, gateway]);
