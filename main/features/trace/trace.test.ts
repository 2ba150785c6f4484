import { expect, it } from 'vitest';
import type { Trace } from '../../../preload/contract/trace.ts';
import { openBox } from '../../../test/harness/hub.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';

const a = 'agent:a' as const;

/** An agent that asked, was denied once, and had its work merged by a squash; and one beside it. */
async function story() {
  const played = world();
  const box = await openBox({ features: played.features });
  const go = async (
    type: string,
    data: object,
    actor: 'operator' | typeof a | 'agent:b' = 'operator',
  ) => {
    const { result } = await box.dispatch(type, data, { actor });
    await box.settle();
    return result as { question: string; approval: string };
  };
  await go('agent.add', { name: 'a', prompt: 'Make it fast' });
  await go('agent.add', { name: 'b' });
  const { question } = await go('question.ask', { text: 'Which?', options: ['x', 'y'] }, a);
  await go('question.answer', { question, choices: ['y'], text: 'as ever' });
  await go('question.ask', { text: 'Mine?' }, 'agent:b');
  const first = await go('approval.request', { commit: hex('1') }, a);
  await go('approval.deny', { approval: first.approval, note: 'Too slow' });
  const { approval } = await go(
    'approval.request',
    { commit: hex('2'), description: 'Faster', title: hex('7') },
    a,
  );
  await go('approval.approve', { approval, commit: hex('2'), strategy: 'squash' });
  await go('question.ask', { text: 'After?' }, a);
  const why = (place = 'src/a:b.ts:12') => box.ask('trace.why', { place }) as Promise<Trace>;
  return { ...played, box, approval, question, denied: first.approval, why };
}

it('a line leads to its commit, agent, prompt, questions, notes, approval and reviewer', async () => {
  const { why, approval, question, denied } = await story();
  expect(await why()).toMatchObject({
    ...{ path: 'src/a:b.ts', line: 12, commit: { id: hex('e') } },
    approval: {
      ...{ id: approval, agent: 'a', commit: hex('2'), mergeCommit: hex('e'), target: 'main' },
      ...{ strategy: 'squash', description: 'Faster', reviewer: 'operator' },
    },
    agent: { id: 'a', prompt: 'Make it fast' },
    questions: [{ id: question, text: 'Which?', answer: 'y, as ever', answeredBy: 'operator' }],
    notes: [{ approval: denied, verdict: 'denied', text: 'Too slow' }],
    unknown: [],
  });
});

it('a commit that a title names is not one that was merged', async () => {
  const { outside, why } = await story();
  outside.blame = { ...outside.blame, id: hex('7') };
  const found = await why();
  expect([found.approval, found.agent, found.questions]).toEqual([undefined, undefined, []]);
  expect(found.unknown).toEqual([expect.stringContaining('No Musher of this repository merged')]);
});

it('one that came inside a merge is found by what brought it', async () => {
  const { outside, why, approval } = await story();
  outside.blame = { ...outside.blame, id: hex('5') };
  outside.broughtBy = hex('e');
  expect((await why()).approval?.id).toBe(approval);
});

it('what an agent was not told is said to be unknown, and work of before its last merge is not shown', async () => {
  const { box, outside, why } = await story();
  const next = await box.dispatch('approval.request', { commit: hex('3') }, { actor: 'agent:b' });
  const { approval } = next.result as { approval: string };
  await box.dispatch('approval.approve', { approval, commit: hex('3') });
  await box.settle();
  outside.blame = { ...outside.blame };
  const found = await why();
  expect(found.approval?.id).toBe(approval);
  expect(found.questions).toMatchObject([{ text: 'Mine?' }]);
  expect(found.questions[0]?.answer).toBeUndefined();
  expect(found.unknown).toEqual([expect.stringContaining('b was started without a prompt')]);
});
