// The real CLIs, as their profiles start them, with a stand-in for the model: each finds Musher's MCP server, and one turn
// of each calls a tool of it. Installed from the registry into a scratch folder; no account, no network beyond it.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtInProfiles } from '../../main/features/agents/profiles.ts';
import { type ModelApi, startModelApi } from '../harness/model-api.ts';
import type { ServeWorld, TestAgent } from '../harness/serve-world.ts';
import { agentRecord, makeServeWorld } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';

const installMs = 300_000;
const turnMs = 120_000;
const said = { status: 'working', note: 'by MCP' };
const packages = ['@anthropic-ai/claude-code', '@openai/codex'];

let scratch: string;
let world: ServeWorld;
let serving: Serving;
let api: ModelApi;

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'musher-clis-'));
  await writeFile(path.join(scratch, 'package.json'), '{"private":true}');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await promisify(execFile)(npm, ['install', '--no-audit', '--no-fund', ...packages], {
    cwd: scratch,
    shell: process.platform === 'win32',
  });
  world = await makeServeWorld();
  serving = await world.serve();
}, installMs);
afterAll(async () => {
  await api?.close();
  await world?.dispose();
  await rm(scratch, { recursive: true, force: true });
});

/** What it printed, to its end. */
async function run(name: 'claude' | 'codex', args: string[], agent: TestAgent): Promise<string> {
  const home = path.join(scratch, `home-${name}`);
  await mkdir(home, { recursive: true });
  const env = {
    ...{ PATH: process.env.PATH, HOME: home, CODEX_HOME: home },
    ...{ MUSHER_URL: serving.url, MUSHER_TOKEN: agent.token, MUSHER_AGENT: agent.name },
    ...{ ANTHROPIC_BASE_URL: api.url, ANTHROPIC_API_KEY: 'none', STAND_IN_KEY: 'none' },
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  };
  const program = path.join(scratch, 'node_modules', '.bin', name);
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const child = spawn(program, args, { cwd: agent.worktree, env, stdio, timeout: turnMs });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (text += String(part)));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${text}`);
  return text;
}

function ownArgs(name: 'claude' | 'codex', prompt: string): string[] {
  const mcp = { url: `${serving.url}/mcp` };
  const ask = { agent: name, prompt, resume: false, mcp };
  return [...(builtInProfiles('sh').get(name)?.launch(ask).args ?? [])];
}

it('Claude Code lists Musher as connected, and calls a tool of it', async () => {
  api = await startModelApi({ tool: 'report_status', input: said });
  const agent = await world.addAgent(serving, 'claude');
  const headless = ['-p', '--output-format', 'stream-json', '--verbose'];
  const text = await run('claude', [...headless, ...ownArgs('claude', 'Begin.')], agent);
  expect(text).toContain('"mcp_servers":[{"name":"musher","status":"connected"');
  expect(api.results().join()).toContain('"tool_result"');
  expect((await agentRecord(serving, 'claude')).status).toMatchObject({
    ...{ value: 'working', note: 'by MCP', source: 'report' },
  });
  await api.close();
});

it('Codex connects to Musher, and calls a tool of it', async () => {
  api = await startModelApi({ tool: 'report_status', input: said });
  const agent = await world.addAgent(serving, 'codex');
  const provider = `{name="stand-in",base_url="${api.url}/v1",env_key="STAND_IN_KEY",wire_api="responses"}`;
  const headless = [
    ...['exec', '--json', '--skip-git-repo-check', '-m', 'stand-in'],
    ...['-c', 'model_provider="standin"', '-c', `model_providers.standin=${provider}`],
  ];
  const text = await run('codex', [...headless, ...ownArgs('codex', 'Begin.')], agent);
  expect(api.tools()).toEqual(expect.arrayContaining(['mcp__musher', 'ask', 'read_inbox']));
  expect(text).toContain('"server":"musher","tool":"report_status"');
  expect((await agentRecord(serving, 'codex')).status).toMatchObject({
    ...{ value: 'working', note: 'by MCP', source: 'report' },
  });
});
