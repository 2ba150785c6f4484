// The protocol's own conformance suite, against `musher serve` as it is shipped. A scenario of the suite is either run
// here or has its reason below: one that a later version of the suite brings is noticed.

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ServeWorld, TestAgent } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';

const suite = path.join(
  path.dirname(
    createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/package.json'),
  ),
  'dist/index.js',
);
const itsTool =
  'calls a tool of the suite’s own; Musher’s tools come from its registry and answer in JSON';
const itsResource = 'reads a resource of the suite’s own; watching is held by mcp.test.ts';
const itsPrompt = 'asks for a prompt of the suite’s own; Musher has one, held by mcp.test.ts';
const notOffered = 'Musher does not offer it, and does not say so in its capabilities';

const doesNotApply: Readonly<Record<string, string>> = {
  'logging-set-level': notOffered,
  'completion-complete': notOffered,
  'tools-call-simple-text': itsTool,
  'tools-call-image': itsTool,
  'tools-call-audio': itsTool,
  'tools-call-embedded-resource': itsTool,
  'tools-call-mixed-content': itsTool,
  'tools-call-with-logging': itsTool,
  'tools-call-error': itsTool,
  'tools-call-with-progress': itsTool,
  'tools-call-sampling': itsTool,
  'tools-call-elicitation': itsTool,
  'json-schema-2020-12': itsTool,
  'elicitation-sep1034-defaults': itsTool,
  'elicitation-sep1330-enums': itsTool,
  'server-sse-polling': itsTool,
  'resources-read-text': itsResource,
  'resources-read-binary': itsResource,
  'resources-templates-read': itsResource,
  'resources-subscribe': itsResource,
  'resources-unsubscribe': itsResource,
  'prompts-get-simple': itsPrompt,
  'prompts-get-with-args': itsPrompt,
  'prompts-get-embedded-resource': itsPrompt,
  'prompts-get-with-image': itsPrompt,
};
const applies = [
  'server-initialize',
  'ping',
  'tools-list',
  'resources-list',
  'prompts-list',
  'server-sse-multiple-streams',
  'dns-rebinding-protection',
];

let world: ServeWorld;
let serving: Serving;
let agent: TestAgent;
let folder: string;

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  agent = await world.addAgent(serving, 'one');
  folder = await mkdtemp(path.join(tmpdir(), 'musher-conformance-'));
});
afterAll(async () => {
  await world.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** What it printed; it writes its results into the folder. Rejects when a check failed. */
async function conformance(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [suite, ...args], { cwd: folder });
  return stdout;
}

it('each scenario of the suite is run, or has a reason why not', async () => {
  const listed = await conformance('list', '--server');
  const names = [...listed.matchAll(/^ {2}- (\S+)/gm)].map(([, name]) => name);
  expect(names.toSorted()).toEqual([...applies, ...Object.keys(doesNotApply)].toSorted());
});

it.each(applies)('%s', async (scenario) => {
  const url = `${serving.url}/a/${agent.token}/mcp`;
  const printed = await conformance('server', '--url', url, '--scenario', scenario);
  expect(printed).toMatch(/[1-9]\d*\/\d+ passed|Passed: [1-9]|[1-9]\d* passed, 0 failed/);
});
