/** What the hub remembers of its registration: where, under which name, and what it granted. The key is in no log. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { registration as contract } from '../../../preload/contract/registration.ts';

export interface RegistrationState {
  readonly at?: EventData<typeof contract, 'gateway.registered'> | undefined;
}

export const selectRegistration: (hub: HubState) => RegistrationState =
  selectorOf<RegistrationState>(contract);

export const initialRegistration: RegistrationState = {};

export const reduceRegistration: Readonly<
  Record<string, (state: RegistrationState, event: EventEnvelope) => RegistrationState>
> = {
  'gateway.registered': (_state, { data }) => ({
    at: data as EventData<typeof contract, 'gateway.registered'>,
  }),
  'gateway.left': () => ({}),
};
