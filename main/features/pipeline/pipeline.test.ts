import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { hex } from '../../../test/harness/hub-ports.ts';
import { pipelineBox } from '../../../test/harness/pipeline-box.ts';
import { selectAgents } from '../agents/index.ts';

describe('a story that is ready', () => {
  it('waits while the pipeline was never started, and begins when it is', async () => {
    const on = await pipelineBox({ isOn: false });
    const id = await on.add('Log in');
    expect([on.stage(id), await on.waiting()]).toEqual(['backlog', ['s-1 paused']]);
    await on.box.dispatch('pipeline.start');
    await on.box.settle();
    expect(on.stage(id)).toBe('coding');
    expect(on.agentOf(id)).toMatchObject({ id: 's-1-log-in', state: 'running', profile: 'claude' });
  });

  it('is its agent’s before that begins, and its program is started with all of it', async () => {
    const on = await pipelineBox();
    const id = await on.add('Crash', {
      type: 'bug',
      body: 'On an empty file.',
      criteria: ['a test'],
    });
    const { prompt = '', state } = on.agentOf(id) ?? {};
    expect(state).toBe('running');
    for (const part of ['Crash', 'On an empty file.', '1. [ ] a test', 'begin with a test'])
      expect(prompt).toContain(part);
    expect(prompt).toContain('musher story tick s-1 1');
    const types = on.box.store.page({ after: 0, limit: 100 }).map(({ type }) => type);
    const order = [
      'pipeline.begun',
      'agent.added',
      'story.assigned',
      'story.moved',
      'pipeline.handed',
    ];
    expect(types.filter((type) => order.includes(type))).toEqual(order);
  });

  it('begins in order as far as the slots go, and the others say why not', async () => {
    const on = await pipelineBox({ pipeline: { profile: 'claude', max_agents: 2 }, isOn: false });
    for (const priority of ['normal', 'low', 'high', 'critical'])
      await on.add(priority, { priority });
    await on.box.dispatch('pipeline.start');
    await on.box.settle();
    const { active, working } = await on.status();
    expect([active, working.map(({ story }) => story)]).toEqual([2, ['s-4', 's-3']]);
    expect(await on.waiting()).toEqual(['s-1 no-slot', 's-2 no-slot']);
  });

  it('of a profile that is full waits, and holds up no other', async () => {
    const profiles = { codex: { max_agents: 1 } };
    const on = await pipelineBox({ pipeline: { profile: 'claude', profiles } });
    for (const profile of ['codex', 'codex', undefined]) await on.add('x', { profile });
    expect(['s-1', 's-2', 's-3'].map(on.stage)).toEqual(['coding', 'backlog', 'coding']);
    expect(await on.waiting()).toEqual(['s-2 profile-slot']);
  });

  it.each([
    [{}, {}, 'profile-missing'],
    [{}, { profile: 'nobody' }, 'profile-unknown'],
    [{}, { profile: 'script' }, 'profile-command'],
    [{ max_agents: 0, profile: 'claude' }, {}, 'no-slot'],
  ])('with %j and %j says %s', async (pipeline, more, why) => {
    const on = await pipelineBox({ pipeline });
    await on.add('x', more);
    expect(await on.waiting()).toEqual([`s-1 ${why}`]);
  });

  it('waits for what it depends on, and for who holds it', async () => {
    const on = await pipelineBox();
    const first = await on.add('one');
    await on.add('two', { dependsOn: [first] });
    const held = await on.add('three', { dependsOn: [first] });
    await on.box.dispatch('story.hold', { story: held, reason: 'look' });
    expect(await on.waiting()).toEqual(['s-2 dependency', 's-3 held']);
    await on.box.dispatch('story.move', { story: first, to: 'done', reason: 'by hand' });
    await on.box.settle();
    expect(on.stage('s-2')).toBe('coding');
    expect(await on.waiting()).toEqual(['s-3 held']);
  });

  it('whose agent cannot be made frees its slot, is tried later, and is blocked after the third time', async () => {
    const on = await pipelineBox({ pipeline: { profile: 'claude', max_agents: 1 } });
    on.played.outside.before = (deed) => {
      if (deed.startsWith('check s-1')) throw new Error('no');
    };
    await on.add('bad');
    await on.add('good', { profile: 'codex' });
    expect([on.stage('s-1'), on.stage('s-2')]).toEqual(['backlog', 'coding']);
    expect((await on.status()).waiting[0]).toMatchObject({
      why: 'stalled',
      untilMs: expect.any(Number),
    });
    await on.box.dispatch('story.move', { story: 's-2', to: 'done', reason: 'x' });
    await on.box.advance(31_000);
    await on.box.advance(62_000);
    await on.box.settle();
    expect(on.story('s-1').place).toMatchObject({ stage: 'blocked', over: { stage: 'backlog' } });
  });
});

describe('an agent whose program ends', () => {
  it('with commits has submitted, by the tip of its branch', async () => {
    const on = await pipelineBox();
    const id = await on.add('x');
    on.commits(true);
    await on.exit(id, 3);
    expect(on.story(id).place).toEqual({ stage: 'qa', commit: hex('d') });
    const { items } = (await on.box.ask('inbox.list')) as { items: unknown[] };
    expect(items).toEqual([]);
  });

  it('without is started again and told so, until nothing changed three times in a row', async () => {
    const on = await pipelineBox();
    const id = await on.add('x');
    on.commits(false);
    for (const session of [2, 3]) {
      await on.exit(id);
      expect(on.agentOf(id)).toMatchObject({ state: 'running', session });
      expect(on.lastText(id)).toContain('without a commit and without a change');
    }
    await on.exit(id);
    const { place } = on.story(id);
    expect(place).toMatchObject({ stage: 'blocked', over: { stage: 'coding' } });
    expect('reason' in place && place.reason).toBe(
      '3 times in a row its agent’s program ended without a commit (the last time it ended), and nothing was changed.',
    );
    await on.box.dispatch('story.unblock', { story: id, reason: 'mended' });
    await on.box.settle();
    expect(on.agentOf(id)).toMatchObject({ state: 'running', session: 4 });
    expect(on.lastText(id)).toContain('It was blocked, and may go on: mended');
    expect((await on.status()).working[0]?.attempts).toBe(0);
  });

  it('without, but with changes each time, is blocked at the eighth', async () => {
    const on = await pipelineBox();
    const id = await on.add('x');
    for (let end = 1; end <= 8; end++) {
      on.commits(false, String(end).repeat(40));
      await on.exit(id);
    }
    expect(on.story(id).place).toMatchObject({ stage: 'blocked' });
    expect(on.agentOf(id)?.session).toBe(8);
  });

  it('by the operator, or at a limit, waits visibly and does not count', async () => {
    const on = await pipelineBox();
    const id = await on.add('x');
    const agent = on.agentOf(id)?.id ?? '';
    const waits = async () => (await on.status()).working[0]?.waits?.why;
    await on.box.dispatch('agent.pause', { agent });
    expect(await waits()).toBe('agent-paused');
    await on.box.dispatch('agent.stop', { agent });
    await on.box.settle();
    expect([await waits(), on.stage(id)]).toEqual(['agent-stopped', 'coding']);
    await on.box.dispatch('agent.start', { agent });
    await on.box.settle();
    expect(await waits()).toBeUndefined();
    await on.box.dispatch(
      'agent.hook',
      { event: 'limit', detail: 'in 30 min' },
      { actor: `agent:${agent}` },
    );
    await on.exit(id);
    expect(await waits()).toBe('rate-limit');
    await on.box.advance(32 * 60_000);
    await on.box.settle();
    expect(on.agentOf(id)).toMatchObject({ state: 'running', session: 3 });
    expect((await on.status()).working[0]?.attempts).toBe(0);
  });

  it('while the pipeline is paused is looked at once it runs again', async () => {
    const on = await pipelineBox();
    const id = await on.add('x');
    on.commits(true);
    await on.box.dispatch('pipeline.pause', { reason: 'release' });
    await on.exit(id);
    await on.add('y');
    expect([on.stage(id), await on.waiting()]).toEqual(['coding', ['s-2 paused']]);
    const { active, working } = await on.status();
    expect([active, working[0]?.waits?.why]).toEqual([1, 'paused']);
    await on.box.dispatch('pipeline.start');
    await on.box.settle();
    expect([on.stage(id), on.stage('s-2')]).toEqual(['qa', 'coding']);
  });

  it('because its conversation was not taken up gets a new one', async () => {
    const on = await pipelineBox();
    const id = await on.add('x');
    const actor = `agent:${on.agentOf(id)?.id}` as const;
    const sessionId = on.agentOf(id)?.conversation?.id;
    await on.box.dispatch('agent.hook', { event: 'session', sessionId }, { actor });
    await on.box.dispatch('agent.hook', { event: 'busy', sessionId }, { actor });
    on.commits(false);
    await on.exit(id);
    expect(on.agentOf(id)?.conversation?.how).toBe('resumed');
    await on.exit(id, 1);
    await on.box.advance(2_000);
    await on.box.settle();
    expect(on.agentOf(id)).toMatchObject({
      session: 3,
      state: 'running',
      conversation: { how: 'new' },
    });
  });
});

it('an agent at rest is reminded of its story, once in each rest, and at last the story is blocked', async () => {
  const on = await pipelineBox({ pipeline: { profile: 'claude', max_attempts: 2 } });
  const id = await on.add('x');
  const actor = `agent:${on.agentOf(id)?.id}` as const;
  const told = async () => {
    const { items } = (await on.box.ask('inbox.read', {}, actor)) as { items: { type: string }[] };
    return items.filter(({ type }) => type === 'pipeline.reminded').length;
  };
  const rest = async () => {
    for (const event of ['busy', 'idle']) await on.box.dispatch('agent.hook', { event }, { actor });
    await on.box.advance(11 * 60_000);
    await on.box.settle();
  };
  await on.box.dispatch('agent.hook', { event: 'busy' }, { actor });
  await rest();
  await on.box.advance(60 * 60_000);
  expect([await told(), on.stage(id)]).toEqual([1, 'coding']);
  await on.box.dispatch('question.ask', { text: 'Which?' }, { actor });
  await rest();
  expect(await told()).toBe(1);
  await on.box.dispatch('story.move', { story: id, to: 'qa' });
  await on.box.dispatch('story.move', { story: id, to: 'coding' });
  await on.box.dispatch('question.cancel', { question: (await questions())[0] }, { actor });
  await rest();
  expect(await told()).toBe(2);
  await rest();
  expect(on.story(id).place).toMatchObject({ stage: 'blocked' });

  async function questions(): Promise<string[]> {
    const asked = (await on.box.ask('question.list')) as { questions: { id: string }[] };
    return asked.questions.map((one) => one.id);
  }
});

describe('a story that came back', () => {
  it('is handed to its agent with why, before anything else begins', async () => {
    const on = await pipelineBox({ pipeline: { profile: 'claude', max_agents: 1 } });
    const id = await on.add('x');
    const actor = `agent:${on.agentOf(id)?.id}` as const;
    await on.box.dispatch('story.submit', { story: id, commit: hex('d') }, { actor });
    await on.box.settle();
    const other = await on.add('y');
    expect([on.stage(id), on.stage(other)]).toEqual(['qa', 'coding']);
    const advance = {
      story: id,
      transition: 'fail',
      cause: { kind: 'gate' },
      reason: 'test: 3 failed',
    };
    await on.box.dispatch('story.advance', advance, { actor: 'system' });
    await on.box.settle();
    expect(on.stage(id)).toBe('coding');
    const { working, active } = await on.status();
    expect([active, working.find(({ story }) => story === id)?.waits?.why]).toEqual([1, 'no-slot']);
    await on.add('z', { priority: 'critical' });
    await on.box.dispatch('story.freeze', { story: other });
    await on.box.settle();
    expect(on.lastText(id)).toContain('It was checked, and is not good enough yet: test: 3 failed');
    expect(on.stage('s-3')).toBe('backlog');
    const inbox = (await on.box.ask('inbox.read', {}, actor)) as { items: { text: string }[] };
    expect(inbox.items.at(-1)?.text).toContain('test: 3 failed');
  });

  it('over and over by machines is blocked', async () => {
    const on = await pipelineBox({ pipeline: { profile: 'claude', max_attempts: 2 } });
    const id = await on.add('x');
    for (let round = 0; round < 2; round++) {
      await on.box.dispatch('story.submit', { story: id, commit: hex('d') });
      const data = { story: id, transition: 'fail', cause: { kind: 'gate' }, reason: 'red' };
      await on.box.dispatch('story.advance', data, { actor: 'system' });
      await on.box.settle();
    }
    expect(on.story(id).place).toMatchObject({
      stage: 'blocked',
      reason: expect.stringContaining('red'),
    });
  });
});

describe('a story that the operator gives away', () => {
  it('begins with that agent, one after the other, and a running one is told in its inbox', async () => {
    const on = await pipelineBox();
    await on.box.dispatch('agent.add', { name: 'a', profile: 'claude' });
    await on.box.dispatch('pipeline.pause');
    await on.add('one', { body: 'Do it.' });
    await on.add('two');
    for (const story of ['s-1', 's-2'])
      await on.box.dispatch('story.assign', { story, agent: 'a' });
    await on.box.dispatch('pipeline.start');
    await on.box.settle();
    expect(['s-1', 's-2'].map(on.stage)).toEqual(['coding', 'backlog']);
    expect(await on.waiting()).toEqual(['s-2 agent-busy']);
    const inbox = (await on.box.ask('inbox.read', {}, 'agent:a')) as { items: { text: string }[] };
    expect(inbox.items.at(-1)?.text).toContain('Do it.');
    expect(selectAgents(on.box.hub.state()).byId.size).toBe(1);
  });

  it('in work goes on with the other agent', async () => {
    const on = await pipelineBox();
    const id = await on.add('one');
    const former = on.agentOf(id)?.id ?? '';
    await on.box.dispatch('agent.add', { name: 'a', profile: 'claude' });
    await on.box.dispatch('story.assign', { story: id, agent: 'a' });
    await on.box.settle();
    expect(on.lastText(id)).toContain('You work on story s-1');
    expect(selectAgents(on.box.hub.state()).byId.get(former)?.state).toBe('stopped');
  });
});

describe('a story that leaves', () => {
  it('given up ends the program of its agent, whose files stay; shelved and begun again, it has that agent again', async () => {
    const on = await pipelineBox();
    const id = await on.add('one');
    const agent = on.agentOf(id)?.id ?? '';
    const at = () => selectAgents(on.box.hub.state()).byId.get(agent);
    await on.box.dispatch('pipeline.pause');
    await on.box.dispatch('story.move', { story: id, to: 'backlog' });
    await on.box.settle();
    expect(at()?.state).toBe('running');
    await on.box.dispatch('story.hold', { story: id });
    await on.box.dispatch('pipeline.start');
    await on.box.settle();
    expect(at()).toMatchObject({ state: 'stopped', worktreePath: expect.any(String) });
    await on.box.dispatch('story.release', { story: id });
    await on.box.settle();
    expect(on.agentOf(id)).toMatchObject({ id: agent, state: 'running', session: 2 });
  });

  it('taken from its agent in coding, it goes to another', async () => {
    const on = await pipelineBox();
    const id = await on.add('one', { body: 'x'.repeat(60_000) });
    expect(on.agentOf(id)?.prompt).toContain('(There is more: musher story show s-1)');
    await on.box.dispatch('story.unassign', { story: id });
    await on.box.settle();
    expect(on.agentOf(id)).toMatchObject({ id: 's-1-one-2', state: 'running' });
  });

  it('an agent that is destroyed is followed by another', async () => {
    const on = await pipelineBox();
    const id = await on.add('one');
    await on.box.dispatch('agent.destroy', { agent: on.agentOf(id)?.id });
    await on.box.settle();
    expect(on.agentOf(id)).toMatchObject({ id: 's-1-one-2', state: 'running' });
  });
});

it('on a machine that slept, what waited for a time goes on soon after', async () => {
  const on = await pipelineBox({ pipeline: { profile: 'claude', max_agents: 1 } });
  const { clock } = on.box;
  on.played.outside.before = (deed) => {
    if (deed.startsWith('check')) throw new Error('no room');
  };
  const [first, second] = [await on.add('one'), await on.add('two')];
  await on.box.advance(31_000);
  await on.box.advance(62_000);
  on.played.outside.before = () => undefined;
  // For two minutes, after the third.
  expect(await on.waiting()).toEqual([`${first} blocked`, `${second} stalled`]);
  clock.setWall(clock.now() + 130_000);
  await on.box.advance(61_000);
  expect(on.stage(second)).toBe('coding');
});

it('a hub that died anywhere goes on where it was', async () => {
  const store = memoryStore(() => 0);
  const first = await pipelineBox({ store });
  first.played.outside.before = (deed) => {
    if (deed.startsWith('provision')) first.box.crash();
  };
  await first.add('one').catch(() => undefined);
  first.played.outside.before = () => undefined;
  const next = await pipelineBox({ store, played: first.played, isOn: false });
  await next.box.settle();
  expect(next.agentOf('s-1')).toMatchObject({ id: 's-1-one', state: 'running', session: 1 });
  expect(selectAgents(next.box.hub.state()).byId.size).toBe(1);
});
