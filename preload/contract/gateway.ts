/**
 * The gateway: one entry to the projects of several Mushers. It has a log of its own and no repository; these capabilities are the
 * gateway's alone, and no project offers them.
 */
import { z } from 'zod';
import { joinTokenMs } from './cluster.ts';
import type { CommandDef, QueryDef } from './define.ts';
import { command, defineFeature, event, query } from './define.ts';
import {
  mcpGrantSchema,
  projectLinkSchema,
  projectNameSchema,
  registeredProjectSchema,
} from './gateway-facts.ts';
import { log } from './log.ts';

const operator = ['operator'] as const;
const project = z.string().min(1).max(40).describe('Its name, or its id, g-2');
const invite = z.string().min(1).max(40).describe('Its id, t-7f3k2m9x');
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected SHA-256 in hexadecimal digits');

/** Registration tokens that wait to be used. */
export const openTokens = 50;
/** Projects that are registered. */
export const openProjects = 50;

const tokenRow = z.object({
  invite: z.string(),
  name: z.string().optional(),
  /** Until when it lets one project register, Unix ms. */
  expiresMs: z.number(),
});
const projectRow = registeredProjectSchema.extend({
  /** Absent: nothing was heard of it since this gateway started. */
  link: projectLinkSchema.optional(),
});
export type ProjectRow = z.infer<typeof projectRow>;

const joined = {
  project: z.string().min(1).max(80),
  repository: z.string().max(4_096),
  mcp: mcpGrantSchema,
};

export const gateway = defineFeature({
  name: 'gateway',
  commands: {
    'project.invite': command({
      summary: 'Let one project register at this gateway, once',
      who: operator,
      byHand: 'it lets a project be seen and reached through this gateway',
      data: z.object({
        hash: hash.describe('SHA-256 of the token: the token itself stays with who makes it'),
        name: projectNameSchema
          .optional()
          .describe('What the project is to be called; default: its folder'),
        forMs: z.coerce
          .number()
          .int()
          .min(joinTokenMs.least)
          .max(joinTokenMs.most)
          .default(joinTokenMs.default)
          .describe('How long it may be used, at most seven days'),
      }),
      result: tokenRow,
      cli: { name: 'gateway token', examples: ['musher gateway token --name shop --for 1h'] },
    }),
    'project.uninvite': command({
      summary: 'Take back a registration token that nobody used',
      who: operator,
      byHand: 'it is about who may register',
      data: z.object({ invite }),
      result: z.object({ invite: z.string() }),
      cli: { name: 'gateway uninvite', args: ['invite'] },
    }),
    'project.rename': command({
      summary: 'Call a project of this gateway something else',
      who: operator,
      data: z.object({ project, name: projectNameSchema }),
      result: z.object({ id: z.string(), name: z.string() }),
      cli: { name: 'gateway rename', args: ['project', 'name'] },
    }),
    'project.remove': command({
      summary: 'Forget a project: its link ends now, and its key opens nothing any more',
      who: operator,
      byHand: 'it takes a project out of this gateway',
      data: z.object({ project }),
      result: z.object({ id: z.string(), name: z.string() }),
      cli: {
        name: 'gateway remove',
        args: ['project'],
        examples: ['musher gateway remove shop'],
      },
    }),
    'project.join': command({
      summary: 'A project registers by its token',
      who: ['system'],
      data: z.object({
        ...joined,
        /** Of the registration token. */
        invite: hash,
        /** Of the key that the project made for itself, and shows from now on. */
        key: hash,
        /** Of the key that it had before, when it registers anew. */
        before: hash.optional(),
        name: projectNameSchema.optional(),
        /** Where its page is, as its operator says; refused unless that project answers there. */
        address: z.string().max(300).optional(),
      }),
      result: z.object({ id: z.string(), name: z.string() }),
    }),
    'project.leave': command({
      summary: 'A project goes by itself',
      who: ['system'],
      data: z.object({ id: z.string() }),
      result: z.object({}),
    }),
  },
  queries: {
    'project.list': query({
      summary: 'List the projects of this gateway: how each stands, and what waits for you there',
      who: operator,
      data: z.object({}),
      result: z.object({ projects: z.array(projectRow), tokens: z.array(tokenRow) }),
      cli: { name: 'gateway list' },
    }),
  },
  events: {
    'project.invited': event({ v: 1, data: tokenRow.extend({ hash }) }),
    'project.uninvited': event({ v: 1, data: z.object({ invite: z.string() }) }),
    'project.joined': event({
      v: 1,
      data: z.object({
        ...joined,
        ...{ id: z.string(), name: z.string(), invite: z.string(), key: hash },
        address: z.string().optional(),
      }),
    }),
    'project.renamed': event({ v: 1, data: z.object({ id: z.string(), name: z.string() }) }),
    'project.removed': event({
      v: 1,
      data: z.object({ id: z.string(), name: z.string(), byItself: z.boolean() }),
    }),
  },
  records: { project: registeredProjectSchema },
  live: { projectLink: projectLinkSchema },
});

/** The capabilities of a gateway, as the doors have those of a project: its log is read as any. */
export const gatewayCommands: ReadonlyMap<string, CommandDef> = new Map(
  Object.entries<CommandDef>({ ...gateway.commands, ...log.commands }),
);
export const gatewayQueries: ReadonlyMap<string, QueryDef> = new Map(
  Object.entries<QueryDef>({ ...gateway.queries, ...log.queries }),
);
