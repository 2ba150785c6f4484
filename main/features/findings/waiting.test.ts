import { expect, it } from 'vitest';
import type { Actor } from '../../../preload/contract/envelope.ts';
import type { FindingRecord } from '../../../preload/contract/findings.ts';
import { type Box, openBox } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';
import { Pace } from '../../base/pace.ts';
import { rebuild } from '../../hub/rebuild.ts';
import { buildRegistry } from '../../hub/registry.ts';
import { selectFindings } from './index.ts';

const as = (agent: string): { actor: Actor } => ({ actor: `agent:${agent}` });

/** By agent and kind: how often, how long in all, and the longest, seconds. */
function waited(findings: readonly FindingRecord[]): Record<string, readonly unknown[]> {
  const waits = findings.filter(({ category }) => category === 'waiting');
  return Object.fromEntries(
    waits.map(({ subject, count, totalMs = 0, longestMs = 0 }) => [
      subject.join(' '),
      [count, totalMs / 1_000, longestMs / 1_000],
    ]),
  );
}

async function asked(box: Box, agent: string): Promise<string> {
  const { result } = await box.dispatch('question.ask', { text: 'Which?' }, as(agent));
  return (result as { question: string }).question;
}

it('waiting for the operator is measured from open to settle, to the millisecond, and alike by a replay', async () => {
  const store = memoryStore();
  const played = world();
  const box = await openBox({ features: played.features, store });
  for (const name of ['a', 'b']) await box.dispatch('agent.add', { name });
  const first = await asked(box, 'a');
  await box.advance(10_000);
  // Side by side, of another agent and of the same.
  const second = await asked(box, 'a');
  await box.dispatch('message.send', { to: 'operator', body: 'fyi' }, as('b'));
  const blocked = { kind: 'blocked', to: 'operator', body: 'stuck', payload: {} };
  await box.dispatch('message.announce', blocked, as('b'));
  await box.advance(20_000);
  await box.dispatch('inbox.snooze', { item: `question/${second}`, when: '60s' });
  await box.dispatch('question.answer', { question: first, text: 'x' });
  await box.advance(30_500);
  await box.dispatch('question.answer', { question: second, text: 'x' });
  await box.dispatch('message.send', { to: 'b', body: 'go on' });
  // Asked of a peer, it is not the operator who is waited for.
  await box.dispatch('question.ask', { text: 'You?', to: 'b' }, as('a'));
  const request = { commit: hex('1'), title: 'work' };
  const { result } = await box.dispatch('approval.request', request, as('a'));
  const { approval } = result as { approval: string };
  await box.advance(100_000);
  played.outside.before = (deed) => {
    if (deed.startsWith('merge')) throw new Error('no');
  };
  // Decided: what the merge takes, and what comes after it failed, is no wait of the agent.
  await box.dispatch('approval.approve', { approval, commit: hex('1') });
  await box.advance(500_000);
  const open = await asked(box, 'b');
  await box.advance(7_000);
  const expected = {
    'a question': [2, 30 + 50.5, 50.5],
    'b message': [1, 50.5, 50.5],
    'a approval': [1, 100, 100],
  };
  expect(waited(selectFindings(box.hub.state()).values())).toEqual(expected);
  await box.dispatch('agent.destroy', { agent: 'b' });
  const all = { ...expected, 'b question': [1, 7, 7] };
  expect(waited(selectFindings(box.hub.state()).values())).toEqual(all);
  const registry = buildRegistry(world().features);
  const { state } = await rebuild({ registry, store, pace: new Pace(box.clock) });
  expect(JSON.stringify(selectFindings(state))).toBe(
    JSON.stringify(selectFindings(box.hub.state())),
  );
  expect(open).toMatch(/^q-/);
});
