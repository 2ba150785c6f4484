/** A project at a gateway: one entry to several projects. What it tells there is numbers; what may be done from there its operator says. */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';
import { gatewayLinkSchema, mcpGrantSchema, projectNameSchema } from './gateway-facts.ts';

const registered = { url: z.string(), name: z.string(), mcp: mcpGrantSchema };

export const registration = defineFeature({
  name: 'registration',
  commands: {
    'gateway.register': command({
      summary: 'Register this project at a gateway, which shows how several projects stand',
      who: ['operator'],
      byHand: 'it decides who is told how this project stands, and may use its tools',
      data: z.object({
        gateway: z
          .string()
          .min(1)
          .max(300)
          .describe('Where it is: http://127.0.0.1:9129 on this machine or through an SSH tunnel'),
        join: z
          .string()
          .regex(/^gt1\.[A-Za-z0-9_-]{43}$/, 'expected a registration token, gt1.…')
          .describe('What `musher gateway token` printed there; it works once'),
        name: projectNameSchema
          .optional()
          .describe('What it is to be called there; default: what the token says, else its folder'),
        address: z
          .string()
          .min(1)
          .max(300)
          .optional()
          .describe('Where its page is, as a browser beside the gateway reaches it'),
        mcp: mcpGrantSchema
          .default('none')
          .describe(
            'What MCP clients of the gateway may do here: none, read (tools that only read), act (all tools of an operator)',
          ),
      }),
      result: z.object({
        ...registered,
        /** Its page as the gateway reaches it; absent where it does not. */
        page: z.string().optional(),
        pageProblem: z.string().optional(),
      }),
      cli: {
        name: 'register',
        examples: ['musher register --gateway http://127.0.0.1:9129 --join gt1.… --mcp read'],
      },
    }),
    'gateway.leave': command({
      summary: 'Take this project out of its gateway',
      who: ['operator'],
      byHand: 'it decides who is told how this project stands',
      data: z.object({}),
      result: z.object({ url: z.string(), name: z.string() }),
      cli: { name: 'unregister' },
    }),
  },
  queries: {
    'gateway.self': query({
      summary: 'Show at which gateway this project is registered, and what it may do from there',
      who: ['operator'],
      data: z.object({}),
      /** Null: at none. */
      result: z.object({ registration: gatewayLinkSchema.nullable() }),
      cli: { name: 'registration' },
    }),
  },
  events: {
    'gateway.registered': event({ v: 1, data: z.object(registered) }),
    'gateway.left': event({ v: 1, data: z.object({ url: z.string(), name: z.string() }) }),
  },
  records: {},
  live: { gatewayLink: gatewayLinkSchema },
});
