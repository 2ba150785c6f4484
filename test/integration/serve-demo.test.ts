// `musher serve --demo`: a newcomer has something to decide within seconds, and every decision leads on.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApprovalRecord } from '../../preload/contract/approvals.ts';
import type { ConflictRecord } from '../../preload/contract/conflict-records.ts';
import type { QuestionRecord } from '../../preload/contract/questions.ts';
import type { TestRepository } from '../harness/repositories.ts';
import { makeRepository } from '../harness/repositories.ts';
import type { Serving } from '../harness/serve.ts';
import { startServe } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

let home: TestRepository;
let serving: Serving;
let startedMs: number;

beforeAll(async () => {
  home = await makeRepository();
  const env = { ...home.env, TMPDIR: home.env.HOME ?? '/tmp' };
  serving = await startServe(home.root, { args: ['--demo'], env });
  startedMs = performance.now();
});
afterAll(async () => {
  await serving.stop();
  await home.dispose();
});

async function approvals(all = false): Promise<ApprovalRecord[]> {
  return (await serving.operator.query<{ approvals: ApprovalRecord[] }>('approval.list', { all }))
    .approvals;
}

function pendingOf(agent: string, besides = ''): Promise<ApprovalRecord> {
  return waitFor(
    `${agent} to ask for a review`,
    async () =>
      (await approvals()).find(
        (one) => one.agent === agent && one.state === 'pending' && one.id !== besides,
      ),
    { timeoutMs: 25_000 },
  );
}

async function approve({ id, pin }: ApprovalRecord): Promise<ApprovalRecord> {
  await serving.operator.command('approval.approve', {
    approval: id,
    commit: pin.commit,
    diffHash: pin.diffHash,
    updateCheckout: true,
  });
  return waitFor(`${id} to be settled`, async () => {
    const record = await serving.operator.query<ApprovalRecord>('approval.get', {
      approval: id,
      waitMs: 5_000,
    });
    return ['merged', 'conflicted', 'failed'].includes(record.state) ? record : record.state;
  });
}

/** Seen while it is written: nothing was committed by one of them, and nobody has decided anything. */
function untilTheyCollide(): Promise<object> {
  return waitFor('catalog and checkout to collide', async () => {
    const { conflicts } = await serving.operator.query<{ conflicts: ConflictRecord[] }>(
      'conflict.list',
    );
    return conflicts.find(
      ({ kind, agents, files }) =>
        kind === 'in-flight' &&
        agents.toSorted().join() === 'catalog,checkout' &&
        files.some(({ path }) => path === 'src/pages.js'),
    );
  });
}

it('asks within five seconds, wants a review within fifteen, and tells of a collision before anything is merged', async () => {
  const question = await waitFor('a question', async () => {
    const { questions } = await serving.operator.query<{ questions: QuestionRecord[] }>(
      'question.list',
    );
    return questions.find((one) => one.to === 'operator' && one.state === 'open');
  });
  expect(performance.now() - startedMs).toBeLessThan(5_000);
  expect(question.options.length).toBeGreaterThan(1);
  await pendingOf('catalog');
  expect(performance.now() - startedMs).toBeLessThan(15_000);
  await untilTheyCollide();
  const choices = [question.options[1]];
  await serving.operator.command('question.answer', { question: question.id, choices });
});

it('two agents collide, and a denial and a conflict are both worked off', async () => {
  const shipping = await pendingOf('checkout');
  expect(shipping.title).toContain('always 4.90');
  expect((await approve(shipping)).state).toBe('merged');

  const search = await pendingOf('catalog');
  const note = 'Please escape what visitors type.';
  await serving.operator.command('approval.deny', { approval: search.id, note });
  const mended = await pendingOf('catalog', search.id);
  const conflicted = await approve(mended);
  expect(conflicted).toMatchObject({ state: 'conflicted', conflicts: ['src/pages.js'] });

  const merged = await approve(await pendingOf('catalog', mended.id));
  expect(merged.state).toBe('merged');
  expect((await approve(await pendingOf('tests'))).state).toBe('merged');
});

it('ends calmly: every agent is done and none failed', async () => {
  await waitFor('all agents to be done', async () => {
    const { agents } = await serving.operator.query<{
      agents: { state: string; status: { value: string } }[];
    }>('agent.list');
    const states = agents.map((agent) => `${agent.state} ${agent.status.value}`);
    return states.length === 3 && states.every((one) => one === 'running done')
      ? true
      : new Error(states.join());
  });
  expect(await serving.operator.query('log.verify')).toMatchObject({ ok: true });
});
