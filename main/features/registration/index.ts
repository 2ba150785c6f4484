/** A project at a gateway: it dials out, tells how it stands, and does what its operator granted. */
import type { CommandData, EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { GatewayLink } from '../../../preload/contract/gateway-facts.ts';
import { registration as contract } from '../../../preload/contract/registration.ts';
import { grantWords } from '../../../preload/contract/say-gateway.ts';
import { MusherError, ok, refuse } from '../../base/result.ts';
import type { DecideContext, Feature, Life } from '../../hub/feature.ts';
import { decided, feature, handler, newEvent } from '../../hub/feature.ts';
import type { Registered, RegistrationPorts } from './ports.ts';
import { initialRegistration, type RegistrationState, reduceRegistration } from './slice.ts';
import { gatewayTopic, tellGateway } from './tell-gateway.ts';

export { selectRegistration } from './slice.ts';

type Ctx = DecideContext<RegistrationState>;
type RegisterData = CommandData<typeof contract, 'gateway.register'>;

const forget = { kind: 'gateway.forget', lane: 'gateway', data: {} };

export function registrationFeature(ports: RegistrationPorts): Feature {
  return feature(contract, {
    initial: initialRegistration,
    version: 1,
    commands: {
      // Only what the gateway answers can be decided on, and its token works once: it is asked first. What comes of it is a file beside
      // the log, which alone makes the link; a crash between the two leaves a link that the log does not mention.
      'gateway.register': handler({
        prepare: async (data: RegisterData) => {
          try {
            return ok(await ports.gateway.register(data));
          } catch (error) {
            if (error instanceof MusherError) return { ok: false, error: error.wire };
            throw error;
          }
        },
        decide: (_ctx: Ctx, { mcp }: RegisterData, { url, name, ...page }: Registered) =>
          decided({ url, name, mcp, ...page }, [
            newEvent(contract, 'gateway.registered', { url, name, mcp }),
          ]),
      }),
      'gateway.leave': {
        decide: ({ state: { at } }: Ctx) =>
          at === undefined
            ? refuse('GATEWAY_NOT_REGISTERED')
            : decided(
                { url: at.url, name: at.name },
                [newEvent(contract, 'gateway.left', { url: at.url, name: at.name })],
                [forget],
              ),
      },
    },
    queries: {
      'gateway.self': async (_data, { live }) => {
        const link = live('gatewayLink').get('gateway') as GatewayLink | undefined;
        return ok({ registration: link ?? null });
      },
    },
    reduce: reduceRegistration,
    topics: () => [gatewayTopic],
    describe: {
      'gateway.registered': ({ data }: EventEnvelope) => {
        const { url, name, mcp } = data as EventData<typeof contract, 'gateway.registered'>;
        return `Registered at the gateway ${url} as ${name}: ${grantWords[mcp]}`;
      },
      'gateway.left': ({ data }: EventEnvelope) =>
        `Left the gateway ${(data as EventData<typeof contract, 'gateway.left'>).url}`,
    },
    effects: {
      'gateway.forget': {
        async run() {
          await ports.gateway.forget();
          return undefined;
        },
      },
    },
    start: (life: Life<RegistrationState>) => tellGateway(ports, life),
  });
}
