/** One client's conversation: the protocol's half by the SDK, and behind it the registry, as whoever its token says. */
import { createHash } from 'node:crypto';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  type ServerNotification,
  type ServerRequest,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { MusherError, reasonOf } from '../../base/result.ts';
import type { Caller } from '../broker.ts';
import { briefing } from './briefing.ts';
import { ResourceWatch } from './resource-watch.ts';
import {
  findResource,
  kindsOfItems,
  listResources,
  listTemplates,
  type Resource,
  type Resources,
  readResource,
} from './resources.ts';
import { registryTools, type ToolsOf } from './session-tools.ts';
import type { Tool } from './tools.ts';

export interface SessionDeps {
  readonly tools: ReadonlyMap<string, Tool>;
  readonly resources: Resources;
  /** Of a server that has others in place of the registry's, and words of its own for them. */
  readonly others?: { readonly toolsOf: ToolsOf; readonly briefing: string } | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Version of the app. */
  readonly version: string;
}

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** How often a client that asked for it is told that its request still waits, milliseconds. */
const progressMs = 5_000;

export interface SessionOf {
  readonly caller: Caller;
  /** Random, and the session's own. */
  readonly name: string;
  /** Of the request that began it. */
  readonly url: string;
  /** Ends the stream of a request that gets no answer, because it was taken back. */
  readonly endStream: (request: string | number) => void;
}

/** What it watches ends with the server's connection. */
export function createSession(deps: SessionDeps, own: SessionOf): Server {
  const { caller } = own;
  const { actor } = caller;
  const { others } = deps;
  const server = new Server(
    { name: 'musher', title: 'Musher', version: deps.version },
    {
      capabilities: {
        tools: others === undefined ? {} : { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        ...(others === undefined && { prompts: {} }),
      },
      instructions: others?.briefing ?? briefing(actor),
    },
  );
  server.onerror = (error) =>
    deps.log.debug({ actor, error: reasonOf(error) }, 'an MCP client sent what could not be used');
  const closeTools = offerTools(server, { deps, ...own });
  const closeResources = offerResources(server, deps, caller);
  server.onclose = () => {
    closeTools();
    closeResources();
  };
  if (others === undefined) offerPrompts(server, caller);
  return server;
}

interface ToolParts extends SessionOf {
  readonly deps: SessionDeps;
}

/** Returns the end. */
function offerTools(server: Server, { deps, caller, name, url, endStream }: ToolParts): () => void {
  // A client that has gone wants to know nothing.
  const onListChanged = () => void server.sendToolListChanged().catch(() => undefined);
  const tools = deps.others?.toolsOf({ url, onListChanged }) ?? registryTools(deps.tools, caller);
  server.setRequestHandler(ListToolsRequestSchema, async (_request, { signal }) => ({
    tools: await tools.list(signal),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const stop = tellProgress(deps.clock, extra);
    extra.signal.addEventListener('abort', () => endStream(extra.requestId));
    try {
      const answer = await tools.call({
        name: params.name,
        data: params.arguments ?? {},
        commandId: commandIdOf(name, extra.requestId),
        signal: extra.signal,
      });
      if (answer !== undefined) return answer;
      throw new McpError(ErrorCode.InvalidParams, `There is no tool ${params.name}`);
    } catch (error) {
      throw defect(deps, error, `the tool ${params.name}`);
    } finally {
      stop();
    }
  });
  return () => tools.close();
}

/** A request that is sent again, because its answer was lost, is done once. */
function commandIdOf(session: string, request: string | number): string {
  const hash = createHash('sha256').update(`${session} ${typeof request} ${request}`);
  return `mcp.${hash.digest('hex').slice(0, 40)}`;
}

function tellProgress(clock: Clock, { _meta, sendNotification, signal }: Extra): () => void {
  const token = _meta?.progressToken;
  return token === undefined ? () => undefined : repeat(token);

  function repeat(progressToken: string | number): () => void {
    const startedMs = clock.elapsed();
    let cancel = schedule();
    function schedule(): () => void {
      return clock.schedule(() => {
        if (signal.aborted) return;
        const progress = Math.round((clock.elapsed() - startedMs) / 1000);
        const params = { progressToken, progress, message: `still waiting after ${progress} s` };
        // A client that has gone wants to know nothing.
        void sendNotification({ method: 'notifications/progress', params }).catch(() => undefined);
        cancel = schedule();
      }, progressMs);
    }
    return () => cancel();
  }
}

/** Returns the end. */
function offerResources(server: Server, deps: SessionDeps, { actor, project }: Caller): () => void {
  const { door } = project;
  const require = (uri: string): Resource => {
    const found = findResource(deps.resources, uri, actor);
    if (found !== undefined) return found;
    // The protocol's own number for it.
    throw new McpError(-32002, `There is no resource ${uri}`, { uri });
  };
  /** Addresses that the client was told last, as one text. */
  let told: string | undefined;
  const list = async (signal: AbortSignal) => {
    const resources = await listResources(deps.resources, { door, actor, signal });
    return { resources, addresses: resources.map(({ uri }) => uri).join(' ') };
  };
  const over = new AbortController();
  const watch = new ResourceWatch(door, deps.clock, {
    // A client that has gone wants to know nothing.
    onUpdated: (uri) => void server.sendResourceUpdated({ uri }).catch(() => undefined),
    onListed: () => void tellList().catch(() => undefined),
  });
  async function tellList(): Promise<void> {
    const { addresses } = await list(over.signal);
    if (addresses === told) return;
    told = addresses;
    await server.sendResourceListChanged();
  }
  server.setRequestHandler(ListResourcesRequestSchema, async (_request, { signal }) => {
    watch.watchList(kindsOfItems(deps.resources));
    const { resources, addresses } = await list(signal);
    told = addresses;
    return { resources };
  });
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: listTemplates(deps.resources, actor),
  }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }, { signal }) => {
    const resource = require(uri);
    try {
      return { contents: [await readResource(resource, { door, actor, signal })] };
    } catch (error) {
      throw defect(deps, error, `the resource ${uri}`);
    }
  });
  server.setRequestHandler(SubscribeRequestSchema, ({ params: { uri } }) => {
    watch.watch(require(uri));
    return {};
  });
  server.setRequestHandler(UnsubscribeRequestSchema, ({ params: { uri } }) => {
    watch.unwatch(uri);
    return {};
  });
  return () => {
    over.abort();
    watch.close();
  };
}

const workHere = {
  name: 'work_here',
  title: 'How to work here',
  description: 'The rules of this team, and a task to begin with.',
  arguments: [{ name: 'task', description: 'What is to be done', required: false }],
};

function offerPrompts(server: Server, { actor }: Caller): void {
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: [workHere] }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => {
    if (params.name !== workHere.name)
      throw new McpError(ErrorCode.InvalidParams, `There is no prompt ${params.name}`);
    const task = params.arguments?.task;
    const text = task === undefined ? briefing(actor) : `${briefing(actor)}\n\nYour task: ${task}`;
    return {
      description: workHere.description,
      messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }],
    };
  });
}

/** What the hub refuses keeps its words; what nobody caught is logged, and its inside is not shown. */
function defect({ log }: SessionDeps, error: unknown, what: string): Error {
  if (error instanceof McpError) return error;
  if (error instanceof MusherError) {
    const { code, message, mend } = error.wire;
    return new McpError(ErrorCode.InvalidRequest, `${code}: ${message} ${mend}`);
  }
  log.error({ error: reasonOf(error), what }, 'a defect stopped an MCP request');
  return new McpError(ErrorCode.InternalError, `A defect in Musher stopped ${what}.`);
}
