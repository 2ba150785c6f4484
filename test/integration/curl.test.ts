// An agent that has a shell and curl, and no more, can do all that an agent may do: by the table in the broker's README.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SnapshotOutcome } from '../../preload/contract/snapshots.ts';
import { commandDefs, queryDefs } from '../../preload/contract/features.ts';
import { makePng } from '../harness/png.ts';
import { waitFor } from '../harness/wait.ts';
import type { Serving } from '../harness/serve.ts';
import {
  makeServeWorld,
  scriptedAgent,
  type ServeWorld,
  type TestAgent,
} from '../harness/serve-world.ts';

const page = readFileSync(new URL('../../main/broker/README.md', import.meta.url), 'utf8');
const section = page.split(/^## /m).find((one) => one.startsWith('With curl alone')) ?? '';
const [, preamble = ''] = /```sh\n(.*?)```/s.exec(section) ?? [];
const rows = [...section.matchAll(/^\| [^|]+ \| `(curl .+)` \|$/gm)].map(([, call = '']) => ({
  call,
  type: /\$v1\/([a-z.]+)/.exec(call)?.[1] ?? '',
}));
const ofAgents = [...commandDefs, ...queryDefs].filter(([, { who }]) => who.includes('agent'));

/** What a call makes, by the name that the page has for it and the field that says its id. */
const made: Readonly<Record<string, readonly [name: string, field: string]>> = {
  'question.ask': ['q-81', 'question'],
  'approval.request': ['p-4', 'approval'],
  'proposal.make': ['p-9', 'proposal'],
  'gate.run': ['gc-7', 'check'],
  'snapshot.take': ['sn-7', 'ask'],
  'permission.ask': ['perm-5', 'id'],
  'timer.remind': ['t-3', 'timer'],
};

let world: ServeWorld;
let agent: TestAgent;
let url: string;
let reviewer: string;
let data: string;
/** What the page calls `q-81`, `q-82`, `p-4` and so on. */
const ids = new Map<string, string>();

beforeAll(async () => {
  world = await makeServeWorld();
  const gate = '[[gates]]\nname = "quick"\ncommand = ["git", "--version"]\n';
  await world.repository.write({ '.musher/config.toml': gate });
  data = await mkdtemp(join(tmpdir(), 'musher-curl-'));
  const [program = '', ...args] = scriptedAgent('keeps-token.mjs', join(data, 'token'));
  const profile = `[profiles.reads]\nprogram = ${JSON.stringify(program)}\nargs = ${JSON.stringify(args)}\n`;
  await writeFile(join(data, 'config.toml'), `[pipeline]\nreview_profile = "reads"\n${profile}`);
  const serving = await world.serve({ env: { ...world.repository.env, MUSHER_DATA: data } });
  url = serving.url;
  agent = await world.addAgent(serving, 'one');
  const peer = await world.addAgent(serving, 'two');
  await mkdir(join(peer.worktree, 'db'));
  await writeFile(join(peer.worktree, 'db', 'schema.sql'), 'create table a;\n');
  const question = { text: 'Where to?', to: 'one', attachments: ['db/schema.sql'] };
  const asked = await peer.command<{ question: string }>('question.ask', question);
  ids.set('q-82', asked.question);
  const written = { title: 'a logo', criteria: ['it is small'] };
  const { story } = await serving.operator.command<{ story: string }>('story.add', written);
  await serving.operator.command('story.assign', { story, agent: 'one' });
  await serving.operator.command('story.move', { story, to: 'coding' });
  ids.set('s-12', story);
  await reviewOf(serving, peer);
  const kept = await agent.command<{ ask: string }>('snapshot.take', {});
  const outcome = { ask: kept.ask, waitMs: 30_000 };
  const { snapshot } = await agent.query<SnapshotOutcome>('snapshot.outcome', outcome);
  ids.set('3f2a91c0de45', snapshot?.id ?? '');
  const intent = { summary: 'the form', files: ['src/auth.ts'] };
  for (const one of [peer, agent]) await one.command('intent.declare', intent);
  const conflict = await waitFor('both to collide', async () => {
    const { conflicts } = await peer.query<{ conflicts: { id: string }[] }>('conflict.list');
    return conflicts[0];
  });
  ids.set('c-7', conflict.id);
  const logo = { 'logo.png': makePng(2, 2) };
  const commit = await world.repository.commit('a logo', logo, agent.worktree);
  const { approval } = await agent.command<{ approval: string }>('approval.request', { commit });
  const comments = [{ path: 'logo.png', text: 'too small' }];
  const said = { approval, comments };
  const sent = await serving.operator.command<{ review: string }>('review.submit', said);
  ids.set('r-6', sent.review);
});
afterAll(async () => {
  await world.dispose();
  await rm(data, { recursive: true, force: true });
});

/** Its story is with an agent that reviews it, and may say what it thinks. */
async function reviewOf({ operator }: Serving, peer: TestAgent): Promise<void> {
  const written = { title: 'a form', review: 'agent' };
  const { story } = await operator.command<{ story: string }>('story.add', written);
  await operator.command('story.assign', { story, agent: peer.name });
  await operator.command('story.move', { story, to: 'coding' });
  const commit = await world.repository.commit('a form', { 'form.txt': 'f' }, peer.worktree);
  await peer.command('story.submit', { story, commit });
  ids.set('s-13', story);
  const token = await waitFor('the token of its reviewer', () => readFile(join(data, 'token')));
  reviewer = token.toString('utf8');
}

/** What it prints. */
async function runCall(call: string): Promise<string> {
  // Nobody settles anything here, so nothing is worth a minute.
  const meant = call
    .replace(/\b((q|p|r|perm|sn|gc|c|s|t)-\d+|3f2a91c0de45)\b/g, (id) => ids.get(id) ?? id)
    .replace('60000', '50');
  const env = {
    ...world.repository.env,
    MUSHER_URL: url,
    MUSHER_TOKEN: call.includes('/story.review') ? reviewer : agent.token,
  };
  const options = { env, cwd: agent.worktree };
  const { stdout } = await promisify(execFile)('sh', ['-euc', preamble + meant], options);
  return stdout;
}

it('there is a call for each thing that an agent may do', () => {
  expect(rows.map(({ type }) => type).toSorted()).toEqual(
    ofAgents.map(([type]) => type).toSorted(),
  );
});

describe.skipIf(process.platform === 'win32')('each of them works as it is written', () => {
  it.each(rows)('$type', async ({ call, type }) => {
    const answer = JSON.parse(await runCall(call)) as { error?: unknown; result?: unknown };
    expect(answer.error).toBeUndefined();
    const def = commandDefs.get(type) ?? queryDefs.get(type);
    const result = commandDefs.has(type) ? answer.result : answer;
    expect(def && z.safeParse(def.result, result).error).toBeUndefined();
    noteId(type, (result ?? {}) as Readonly<Record<string, string>>);
  });
});

/** By the name that the page has for it. */
function noteId(type: string, result: Readonly<Record<string, string>>): void {
  const [name, field] = made[type] ?? [];
  if (name !== undefined && field !== undefined) ids.set(name, result[field] ?? '');
}
