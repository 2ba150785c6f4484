import { describe, expect, it } from 'vitest';
import { settle, TestClock } from '../../test/harness/clock.ts';
import { Decisions, holdMs, type NewDecision } from './decisions.ts';

function setUp({ online = true, taken = true } = {}) {
  const clock = new TestClock();
  const decisions = new Decisions(clock);
  decisions.setOnline(online);
  const log: string[] = [];
  const decide = (subject: string, over: Partial<NewDecision> = {}) =>
    decisions.decide({
      subject,
      what: subject,
      send: async () => {
        log.push(`sent ${subject}`);
        return taken;
      },
      onBack: () => log.push(`back ${subject}`),
      ...over,
    });
  const states = () => decisions.store.getState().map(({ state }) => state);
  return { clock, decisions, decide, log, states };
}

describe('a decision', () => {
  it('is held for five seconds and sent then, once', async () => {
    const { clock, decide, log, states } = setUp();
    decide('q1');
    clock.advance(holdMs - 1);
    expect([log, states()]).toEqual([[], ['held']]);
    clock.advance(1);
    await settle(clock);
    clock.advance(holdMs);
    expect([log, states()]).toEqual([['sent q1'], ['sent']]);
  });

  it('that is undone is never sent, and says so to its view', async () => {
    const { clock, decisions, decide, log, states } = setUp();
    decide('q1');
    decide('q2');
    expect(decisions.undo()).toBe(true);
    clock.advance(holdMs);
    await settle(clock);
    expect(log).toEqual(['back q2', 'sent q1']);
    expect(states()).toEqual(['undone', 'sent']);
    expect(decisions.undo()).toBe(false);
  });

  it('without a connection waits for one, and can be undone for as long', async () => {
    const { clock, decisions, decide, log, states } = setUp({ online: false });
    decide('q1');
    decide('q2');
    clock.advance(60_000);
    expect([log, states()]).toEqual([[], ['offline', 'offline']]);
    decisions.undo(2);
    decisions.setOnline(true);
    await settle(clock);
    expect([log, states()]).toEqual([
      ['back q2', 'sent q1'],
      ['undone', 'sent'],
    ]);
  });

  it('goes at once when the page goes, in the order they were taken', async () => {
    const { clock, decisions, decide, log } = setUp();
    decide('q1');
    decide('q2');
    decisions.flush();
    await settle(clock);
    clock.advance(holdMs);
    expect(log).toEqual(['sent q1', 'sent q2']);
  });

  it('takes the place of an earlier one on the same subject that is still held', async () => {
    const { clock, decide, log, states } = setUp();
    decide('q1', { send: async () => log.push('first') > 0 });
    decide('q1');
    clock.advance(holdMs);
    await settle(clock);
    expect([log, states()]).toEqual([['sent q1'], ['sent', 'undone']]);
  });

  it('that is refused comes back', async () => {
    const { clock, decide, log, states } = setUp({ taken: false });
    decide('q1');
    clock.advance(holdMs);
    await settle(clock);
    expect([log, states()]).toEqual([['sent q1', 'back q1'], ['refused']]);
  });
});

it('the list of decisions is bounded, and what is not sent yet stays in it', async () => {
  const { clock, decisions, decide, states } = setUp();
  for (let at = 0; at < 60; at += 1) decide(`q${at}`);
  decisions.flush();
  await settle(clock);
  decide('last');
  expect(states().length).toBe(51);
  expect(states()[0]).toBe('held');
});

it('one about several is undone as one, and a later one on any of them takes its place', async () => {
  const { clock, decide, log, states, decisions } = setUp();
  decide('q1', { others: ['q2', 'q3'] });
  decide('q3');
  clock.advance(holdMs);
  await settle(clock);
  expect([log, states()]).toEqual([['sent q3'], ['sent', 'undone']]);
  decide('q1', { others: ['q2'] });
  decisions.undo();
  clock.advance(holdMs);
  await settle(clock);
  expect(log).toEqual(['sent q3', 'back q1']);
});
