// The real CLIs, started by Musher in real terminals, with a stand-in for the model: each finds Musher's MCP server and calls a
// tool of it, tells by its hooks what it does, asks the operator for a permission, a decision and a review, goes on over the
// death of the hub, and takes up its conversation after a stop. Installed from the registry into a
// scratch folder; no account, no network beyond it.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import type { ApprovalRecord } from '../../preload/contract/approvals.ts';
import type { CostReport } from '../../preload/contract/cost-report.ts';
import type { PermissionRecord } from '../../preload/contract/permissions.ts';
import type { QuestionRecord } from '../../preload/contract/questions.ts';
import { makeCliHome } from '../harness/cli-homes.ts';
import { type ModelApi, startModelApi, type Turn } from '../harness/model-api.ts';
import { canRun, folderOf } from '../harness/real-clis.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import { agentRecord, makeServeWorld, untilAgent } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

const installMs = 300_000;
const turnMs = 60_000;
const clis = ['claude', 'codex'];
const wanted = { programs: clis, packages: ['@anthropic-ai/claude-code', '@openai/codex'] };
const word = 'kumquat';
const prices = '[costs.prices."*"]\ninput = 3\noutput = 15\ncache_read = 0.3\ncache_write = 3.75\n';
const report: Turn = { tool: 'report_status', input: { status: 'working', note: 'by MCP' } };
let scratch = '';
let world: ServeWorld;
let serving: Serving;
let api: ModelApi;
let serve: () => Promise<Serving>;

beforeAll(async () => {
  if (!canRun(wanted)) return;
  scratch = await mkdtemp(path.join(tmpdir(), 'musher-clis-'));
  const bin = await folderOf(wanted, scratch);
  api = await startModelApi(report);
  world = await makeServeWorld();
  const { root, worktreesFolder, env } = world.repository;
  const trusted = [root, ...clis.map((name) => path.join(worktreesFolder, name))];
  const own = await makeCliHome({ home: path.join(scratch, 'home'), model: api.url, trusted });
  const data = path.join(scratch, 'data');
  await mkdir(data);
  await writeFile(path.join(data, 'config.toml'), prices);
  const searched = [bin, env.PATH].join(path.delimiter);
  const searching = { ...env, ...own, PATH: searched, MUSHER_DATA: data };
  serve = () => world.serve({ env: searching });
  serving = await serve();
}, installMs);
afterAll(async () => {
  await world?.dispose();
  await api?.close();
  if (scratch !== '') await rm(scratch, { recursive: true, force: true });
});

interface Told {
  readonly type: string;
  readonly data: { readonly agent?: string; readonly event?: string };
}

interface Watch {
  readonly uses: ReadonlyArray<{ readonly kind: string; readonly used?: number }>;
  readonly contextTokens?: number;
}

async function eventsOf(agent: string): Promise<Told[]> {
  const ask = { after: 0, limit: 500 };
  const { events } = await serving.operator.query<{ events: Told[] }>('log.page', ask);
  return events.filter(({ data }) => data.agent === agent);
}

/** What its hooks told, in order. */
async function hooksOf(agent: string): Promise<string[]> {
  const told = (await eventsOf(agent)).filter(({ type }) => type === 'agent.hooked');
  return told.map(({ data }) => data.event ?? '');
}

/** On giving up, what stands on its screen is told. */
function until(agent: string, is: (record: AgentRecord) => boolean): Promise<AgentRecord> {
  const look = async () => {
    const record = await agentRecord(serving, agent);
    if (is(record)) return record;
    const screen = await serving.operator
      .query<{ text: string }>('agent.screen', { agent })
      .catch(() => ({ text: '' }));
    return new Error(`${JSON.stringify(record)}\n${screen.text}`);
  };
  return waitFor(`what ${agent} should be`, look, { timeoutMs: turnMs });
}

/** The old conversation, among others: what is typed before it is there is lost. */
function untilOnScreen(agent: string, words: string): Promise<unknown> {
  const look = async () => {
    const { text } = await serving.operator.query<{ text: string }>('agent.screen', { agent });
    return text.includes(words) || text;
  };
  return waitFor(`${words} on its screen`, look, { timeoutMs: turnMs });
}

/** The newest one that waits. */
async function firstOf<T>(kind: 'permission' | 'question' | 'approval'): Promise<T | undefined> {
  const all = await serving.operator.query<Record<string, T[]>>(`${kind}.list`);
  return all[`${kind}s`]?.at(-1);
}

/** A command that each CLI asks for before it runs it. */
function shellUse(name: string, command: string): Turn {
  if (name === 'claude') return { tool: 'Bash', input: { command, description: 'Make it' } };
  const outside = { sandbox_permissions: 'require_escalated', justification: 'May I?' };
  return { tool: 'exec_command', input: { cmd: command, ...outside } };
}

async function headOf(name: string): Promise<string> {
  return (await world.repository.git(['rev-parse', `agent/${name}`])).trim();
}

const isIdle = ({ status }: AgentRecord) => status.value === 'idle' && status.source === 'hook';

/** Types it, and waits until the turn that it begins is over. */
async function turn(agent: string, text: string): Promise<AgentRecord> {
  const before = await agentRecord(serving, agent);
  await serving.operator.command('agent.type', { agent, text });
  return until(
    agent,
    (record) => isIdle(record) && record.status.sinceMs !== before.status.sinceMs,
  );
}

describe.skipIf(!canRun(wanted)).each(clis)('the real %s', (name) => {
  let first: AgentRecord;

  it('works through its first turn, and says so by its hooks', async () => {
    const prompt = `Remember the word ${word}.`;
    await serving.operator.command('agent.add', { name, profile: name, prompt });
    first = await until(name, isIdle);
    expect(await hooksOf(name)).toEqual(['busy', 'idle']);
    expect(api.asked()).toContain('coordinated by Musher');
    expect(first.conversation).toEqual({
      how: 'new',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('takes up its conversation after a stop', async () => {
    await serving.operator.command('agent.stop', { agent: name });
    await untilAgent(serving, name, 'stopped');
    await serving.operator.command('agent.start', { agent: name });
    const next = await untilAgent(serving, name, 'running');
    expect(next.conversation).toEqual({ how: 'resumed', id: first.conversation?.id });
    await untilOnScreen(name, word);
    const last = await turn(name, 'Which word was it?');
    expect(await hooksOf(name)).toEqual(['busy', 'idle', 'busy', 'idle']);
    expect(last.conversation).toEqual(next.conversation);
    expect(last.failure).toBeUndefined();
    // The model is told all of it.
    expect(api.asked()).toContain(word);
    expect(api.asked()).toContain('Which word was it?');
  });

  it('calls a tool of Musher’s own, and hears what came of it', async () => {
    api.wants(report);
    const before = api.results().length;
    // It connects beside its first turns: the model is asked again until it is offered the tool.
    await waitFor(
      'what the tool answered',
      async () => {
        await turn(name, 'Report.');
        return api.results().length > before;
      },
      { timeoutMs: turnMs },
    );
    const reported = (await eventsOf(name)).filter(({ type }) => type === 'agent.reported');
    expect(reported.length).toBeGreaterThan(0);
  });

  it('asks the operator for a permission, and works on once it is given', async () => {
    const before = (await hooksOf(name)).length;
    const commit = `git -c user.name=${name} -c user.email=${name}@x commit -q -m made`;
    const command = `printf made > made-${name}.txt && git add . && ${commit}`;
    api.wants(shellUse(name, command));
    const done = turn(name, 'Make it.');
    const asked = await waitFor('the permission', () => firstOf<PermissionRecord>('permission'));
    expect(asked).toMatchObject({ agent: name, subject: command, state: 'open' });
    expect((await agentRecord(serving, name)).status).toMatchObject({ value: 'waiting' });
    await serving.operator.command('permission.allow', { permission: asked.id });
    await done;
    expect((await hooksOf(name)).slice(before)).toEqual(['busy', 'waiting', 'busy', 'idle']);
    expect(await headOf(name)).not.toBe(first.base?.commit);
  });

  it('asks a question by MCP, and hears the answer', async () => {
    const options = ['left', 'right'];
    api.wants({ tool: 'ask', input: { text: 'Which?', options, waitMs: 60_000 } });
    const done = turn(name, 'Ask.');
    const { id } = await waitFor('the question', () => firstOf<QuestionRecord>('question'));
    await serving.operator.command('question.answer', { question: id, choices: ['right'] });
    await done;
    expect(api.results().at(-1)).toContain('right');
  });

  it('has its commit reviewed and merged', async () => {
    const commit = await headOf(name);
    api.wants({ tool: 'request_approval', input: { commit, waitMs: 60_000 } });
    const done = turn(name, 'Have it merged.');
    const { id, pin } = await waitFor('the request', () => firstOf<ApprovalRecord>('approval'));
    const seen = { approval: id, commit: pin.commit, diffHash: pin.diffHash };
    await serving.operator.command('approval.approve', { ...seen, updateCheckout: true });
    await done;
    expect(api.results().at(-1)).toContain('merged');
    const merged = await world.repository.git(['show', `main:made-${name}.txt`]);
    expect(merged).toContain('made');
  });

  it.skipIf(name !== 'claude')('tells its cost once that is limited', async () => {
    api.wants(undefined);
    await serving.operator.command('agent.limits', { agent: name, costUsd: 1_000 });
    const { session: before } = await agentRecord(serving, name);
    await serving.operator.command('agent.restart', { agent: name });
    await until(name, ({ session, state }) => state === 'running' && session > before);
    // Its status line, which is Musher's then, comes with its prompt.
    await untilOnScreen(name, ' tokens');
    await waitFor(
      'its cost and its context',
      async () => {
        await turn(name, 'What does this cost?');
        const watch = await serving.operator.query<Watch>('agent.watch', { agent: name });
        const isTold = watch.uses.some(({ kind, used = 0 }) => kind === 'costUsd' && used > 0);
        return (isTold && (watch.contextTokens ?? 0) > 0) || JSON.stringify(watch);
      },
      { timeoutMs: turnMs / 2 },
    );
  });

  it('goes on over the death of the hub, its conversation intact', async () => {
    api.wants(undefined);
    await serving.kill('SIGKILL');
    serving = await serve();
    await turn(name, 'Still there?');
    // A turn about messages that came meanwhile may have been before it.
    const isAsked = (record: AgentRecord) => isIdle(record) && api.asked().includes('Still there?');
    const { conversation } = await until(name, isAsked);
    expect(conversation?.id).toBe(first.conversation?.id);
    for (const words of [word, 'Which word was it?', 'Still there?'])
      expect(api.asked()).toContain(words);
  });

  // Over a stop, a conversation that was taken up, a restart and the death of the hub.
  it('told by its own record what its model says that it used, each answer once', async () => {
    const { model = '' } = JSON.parse(api.asked()) as { model?: string };
    const total = await waitFor('all of its tokens', async () => {
      const found = await serving.operator.query<CostReport>('cost.report', { agent: name });
      const isAll = found.total.requests >= api.used(model).requests;
      return isAll ? found.total : JSON.stringify(found.total);
    });
    const used = api.used(model);
    expect(total).toMatchObject({ ...used });
    expect(total.usd).toBeCloseTo(
      (used.input * 3 + used.output * 15 + used.cacheRead * 0.3 + used.cacheWrite * 3.75) / 1e6,
    );
  });

  it('does not begin anew in silence where its conversation is gone', async () => {
    await serving.operator.command('agent.stop', { agent: name });
    await untilAgent(serving, name, 'stopped');
    for (const folder of ['.claude/projects', '.codex/sessions', '.codex/state_5.sqlite'])
      await rm(path.join(scratch, 'home', folder), { recursive: true, force: true });
    await serving.operator.command('agent.start', { agent: name });
    const { failure, conversation } = await until(name, (record) => record.failure !== undefined);
    expect(failure).toMatchObject({ code: 'RESUME_FAILED' });
    expect(failure?.message).toMatch(/it said: .*(no|not|fail)/i);
    expect(conversation).toMatchObject({ how: 'resumed' });
  });
});
