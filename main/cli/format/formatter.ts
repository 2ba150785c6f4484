/** What a capability's result looks like to a person. */
import type { z } from 'zod';
import type { Commands, Queries } from '../../../preload/contract/features.ts';
import type { gateway } from '../../../preload/contract/gateway.ts';
import type { View } from './view.ts';

type Gateway = typeof gateway;
/** Of projects, and of a gateway. */
type Capabilities = Commands & Queries & Gateway['commands'] & Gateway['queries'];

export type CapabilityType = keyof Capabilities;
export type ResultOf<Type extends CapabilityType> = z.output<Capabilities[Type]['result']>;

/** By capability. All optional: what has none is shown by format/generic.ts. Untrusted text must pass plain-text.ts. */
export type Formatters = {
  readonly [Type in keyof Capabilities]?: (result: ResultOf<Type>, view: View) => string;
};
