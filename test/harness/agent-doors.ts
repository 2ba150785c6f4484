// Every way in that an agent has: each tries one capability, and tells in a word what came of it.

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { CliCapability } from '../../main/cli/capabilities.ts';
import { manifest } from '../../main/cli/manifest.ts';
import { commandDefs, queryDefs } from '../../preload/contract/features.ts';
import { musher } from '../integration/cli-world.ts';
import type { Answer, MusherClient } from './musher-client.ts';

/** `403 FORBIDDEN`, `200`, `no tool`, … */
export type Try = (type: string, data: Readonly<Record<string, unknown>>) => Promise<string>;

export function told({ status, body }: Answer): string {
  const { error } = (body ?? {}) as { error?: { code?: string } };
  return error?.code === undefined ? `${status}` : `${status} ${error.code}`;
}

export const byPost =
  (caller: MusherClient): Try =>
  async (type, data) =>
    told(await caller.send(`/v1/${type}`, { body: data }));

/** As clients that send no body do; a command has no such route. */
export const byGet =
  (caller: MusherClient): Try =>
  async (type, data) => {
    const parameters = Object.entries(data).map(([name, value]) => [name, String(value)]);
    return told(await caller.send(`/v1/${type}?${new URLSearchParams(parameters)}`));
  };

/** Under the name that its contract gives it as a tool, else under its own. */
export const byTool =
  (client: Client): Try =>
  async (type, data) => {
    const { tool } = commandDefs.get(type) ?? queryDefs.get(type) ?? {};
    const call = { name: tool?.name ?? type, arguments: { ...data } };
    const result = await client.callTool(call).catch((error: Error) => error);
    if (result instanceof Error) return /no tool/.test(result.message) ? 'no tool' : result.message;
    const { content, isError } = result as CallToolResult;
    const [first] = content;
    return isError && first?.type === 'text' ? (first.text.split(':')[0] ?? '') : '200';
  };

/** The command as an agent's terminal has it. */
export const byCommand =
  (env: Readonly<Record<string, string>>): Try =>
  async (type, data) => {
    const capability = manifest.find((one) => one.type === type);
    if (capability === undefined) return 'no command';
    const argv = [...capability.words, '--json', ...toArgv(capability, data)];
    const first = await run(argv, env);
    // Some ask first, and there is nobody to answer.
    return first === 'USAGE' ? run([...argv, '--yes'], env) : first;
  };

async function run(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { code, out, err } = await musher(argv, { env });
  const error = /"code":"([A-Z_]+)"/.exec(out + err)?.[1];
  return code === 0 ? '200' : (error ?? `exit ${code}: ${err}`);
}

function toArgv({ fields }: CliCapability, data: Readonly<Record<string, unknown>>): string[] {
  const typed = fields.flatMap((field) => {
    const value = field.name === '' ? data : data[field.name];
    if (value === undefined) return [];
    const isFlag = field.position === 'flag';
    if (typeof value === 'boolean')
      return value === (field.defaultValue === true) ? [] : [{ isFlag, argv: [field.spelling] }];
    const items = Array.isArray(value) ? value : [value];
    const texts = items.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)));
    const words = field.kind === 'duration' ? texts.map((text) => `${text}ms`) : texts;
    return [{ isFlag, argv: isFlag ? words.flatMap((one) => [field.spelling, one]) : words }];
  });
  const [flags, words] = [typed.filter((one) => one.isFlag), typed.filter((one) => !one.isFlag)];
  return [...flags, ...words].flatMap(({ argv }) => argv);
}

export async function mcpClient(url: string, token: string): Promise<Client> {
  const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport as Transport);
  return client;
}
