/** What a project does for its gateway: the tools that its operator granted, as its operator, and nothing else. */
import type { CallToolResult, Tool as ListedTool } from '@modelcontextprotocol/sdk/types.js';
import { mayUse } from '../../../preload/contract/define.ts';
import { commandDefs, queryDefs } from '../../../preload/contract/features.ts';
import type { GatewayFrame } from '../../../preload/contract/gateway-frames.ts';
import { grantWords, type McpGrant } from '../../../preload/contract/say-gateway.ts';
import { musherError } from '../../base/result.ts';
import { selectRegistration } from '../../features/registration/index.ts';
import type { HubState } from '../../hub/feature.ts';
import type { Door } from '../../hub/door.ts';
import { callTool, listTools, type Tool, toolsOf } from '../mcp/tools.ts';

type Call = Extract<GatewayFrame, { k: 'tools' | 'call' }>;

export interface ServedProject extends Door {
  state(): HubState;
}

let known: ReadonlyMap<string, Tool> | undefined;

/** Throws GATEWAY_GRANT. What the hub refuses is an answer. */
export async function serveGateway(
  hub: ServedProject,
  call: Call,
  signal: AbortSignal,
): Promise<{ tools: ListedTool[] } | CallToolResult> {
  const { at } = selectRegistration(hub.state());
  const granted = at?.mcp ?? 'none';
  known ??= toolsOf({ commands: commandDefs, queries: queryDefs });
  const tools = new Map([...known].filter(([, tool]) => isGranted(tool, granted)));
  if (call.k === 'tools') return { tools: listTools(tools, 'operator') };
  const tool = tools.get(call.tool);
  if (tool === undefined)
    throw musherError('GATEWAY_GRANT', {
      ...{ project: at?.name ?? '', granted: grantWords[granted] },
      what: known.has(call.tool)
        ? `the tool ${call.tool}`
        : `a tool "${call.tool}", which it has not,`,
    });
  const { data, commandId } = call;
  const caller = { actor: 'operator', project: { door: hub } } as const;
  return callTool(tool, { caller, data, commandId: `gateway.${commandId}`, signal });
}

function isGranted({ def, kind }: Tool, granted: McpGrant): boolean {
  if (granted === 'none' || !mayUse(def, 'operator')) return false;
  return granted === 'act' || kind === 'query';
}
