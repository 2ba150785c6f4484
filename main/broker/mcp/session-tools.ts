/** The tools of one MCP session: the registry's for whoever calls, or what stands in their place. */
import type { CallToolResult, Tool as ListedTool } from '@modelcontextprotocol/sdk/types.js';
import { mayUse } from '../../../preload/contract/define.ts';
import type { Caller } from '../broker.ts';
import { callTool, listTools, type Tool } from './tools.ts';

export interface SessionTools {
  list(signal: AbortSignal): Promise<ListedTool[]>;
  /** Undefined: there is no such tool. What can be mended is an answer; a defect is thrown. */
  call(ask: {
    readonly name: string;
    readonly data: Readonly<Record<string, unknown>>;
    /** The same for a retry. */
    readonly commandId: string;
    /** Aborts when the client goes or takes the request back. */
    readonly signal: AbortSignal;
  }): Promise<CallToolResult | undefined>;
  /** Once, with the session. */
  close(): void;
}

/** Makes those of a session; `url`: of the request that began it. */
export type ToolsOf = (own: {
  readonly url: string;
  /** Tells the client that the list is another one. */
  readonly onListChanged: () => void;
}) => SessionTools;

export function registryTools(tools: ReadonlyMap<string, Tool>, caller: Caller): SessionTools {
  return {
    list: async () => listTools(tools, caller.actor),
    async call({ name, ...ask }) {
      const tool = tools.get(name);
      if (tool === undefined || !mayUse(tool.def, caller.actor)) return undefined;
      return callTool(tool, { caller, ...ask });
    },
    close: () => undefined,
  };
}
