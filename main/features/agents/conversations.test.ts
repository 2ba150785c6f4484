import { describe, expect, it } from 'vitest';
import { type Box, openBox } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { world, type World } from '../../../test/harness/hub-ports.ts';
import { selectAgents } from './slice.ts';
import { statusOf } from './view.ts';

const agentIn = (box: Box, id = 'a') => {
  const agent = selectAgents(box.hub.state()).byId.get(id);
  if (agent === undefined) throw new Error(`there is no agent ${id}`);
  return agent;
};
const statusIn = (box: Box) => statusOf(agentIn(box));

async function running(profile = 'claude', played: World = world()) {
  const box = await openBox({ features: played.features, store: memoryStore() });
  await box.dispatch('agent.add', { name: 'a', profile, prompt: 'go' });
  const hook = (event: string, data: object = {}) =>
    box.dispatch('agent.hook', { event, ...data }, { actor: 'agent:a' });
  const restart = async (data: object = {}) => {
    await box.dispatch('agent.stop', { agent: 'a' });
    await box.dispatch('agent.start', { agent: 'a', ...data });
    return agentIn(box).conversation;
  };
  const { opened } = played.outside;
  return {
    box,
    played,
    hook,
    restart,
    argsOf: (id: string) => opened.get(id)?.args.join(' ') ?? '',
  };
}

describe('hooks', () => {
  it('say that a turn was refused, until the next one; a reminder of the prompt says nothing new', async () => {
    const { box, hook } = await running();
    await hook('busy');
    await hook('waiting', { detail: 'Not logged in · Please run /login', failed: true });
    await hook('idle');
    expect(statusIn(box)).toMatchObject({
      value: 'waiting',
      note: 'Not logged in · Please run /login',
    });
    await hook('busy');
    await hook('idle');
    expect(statusIn(box)).toMatchObject({ value: 'idle' });
    // Whoever was denied a permission is at its prompt.
    await hook('waiting', { detail: 'Bash: rm -rf x' });
    await hook('idle');
    expect(statusIn(box)).toMatchObject({ value: 'idle' });
  });

  it('say what a CLI does, above its own word, and only news is written', async () => {
    const { box, hook } = await running();
    await hook('busy');
    await box.dispatch('agent.report', { status: 'idle' }, { actor: 'agent:a' });
    expect(statusIn(box)).toMatchObject({ value: 'working', source: 'hook' });
    const { seq } = box.hub.head();
    for (let i = 0; i < 5; i += 1) await hook('busy', { detail: `tool ${i}` });
    expect(box.hub.head().seq).toBe(seq);
    await hook('waiting', { detail: 'Bash: rm -rf x' });
    expect(statusIn(box)).toMatchObject({ value: 'waiting', note: 'Bash: rm -rf x' });
    await hook('waiting');
    expect(statusIn(box)).toMatchObject({ note: 'Bash: rm -rf x' });
    await hook('limit', { detail: 'resets at 3pm' });
    expect(statusIn(box)).toMatchObject({
      value: 'blocked',
      source: 'hook',
      note: 'resets at 3pm',
    });
    // It waits for its limit to end: that it is at its prompt is no news.
    await hook('idle');
    expect(statusIn(box)).toMatchObject({ value: 'blocked', source: 'hook' });
    await hook('busy');
    await hook('idle');
    expect(statusIn(box)).toMatchObject({ value: 'idle', source: 'hook' });
  });

  it('do not undo what it said in the same turn, and end with their session', async () => {
    const { box, hook, restart } = await running();
    await hook('busy');
    await box.dispatch('agent.report', { status: 'done', note: 'all of it' }, { actor: 'agent:a' });
    await hook('idle');
    expect(statusIn(box)).toMatchObject({ value: 'done', source: 'report', note: 'all of it' });
    await box.advance(10);
    await hook('busy');
    await hook('idle');
    expect(statusIn(box)).toMatchObject({ value: 'idle', source: 'hook' });
    await restart();
    expect(statusIn(box)).toMatchObject({ value: 'unknown', source: 'none' });
  });

  it('count as a sign of life also when they say nothing new', async () => {
    const { box, hook } = await running();
    await hook('busy');
    await box.advance(6 * 60_000);
    await hook('busy');
    expect(agentIn(box)).toMatchObject({ liveness: 'active', lastSeenMs: box.clock.now() });
  });

  it('of a stopped agent change nothing', async () => {
    const { box, hook } = await running();
    await box.dispatch('agent.stop', { agent: 'a' });
    const { seq } = box.hub.head();
    await hook('busy', { sessionId: 'x' });
    expect(box.hub.head().seq).toBe(seq);
  });
});

describe('a conversation', () => {
  it('gets its id before it begins, and is taken up by it', async () => {
    const { box, hook, restart, argsOf } = await running();
    const { conversation } = agentIn(box);
    expect(conversation).toEqual({ how: 'new', id: expect.any(String) });
    expect(argsOf('a.1')).toContain(`--session-id ${conversation?.id}`);
    await hook('busy', { sessionId: conversation?.id });
    expect(await restart()).toEqual({ how: 'resumed', id: conversation?.id });
    expect(argsOf('a.2')).toContain(`--resume ${conversation?.id}`);
    expect(argsOf('a.2')).not.toContain('-- go');
  });

  it('in which nobody spoke is begun again, with the first prompt', async () => {
    const { box, hook, restart, argsOf } = await running();
    const id = agentIn(box).conversation?.id;
    await hook('session', { sessionId: id });
    expect(await restart()).toEqual({ how: 'new', id });
    expect(argsOf('a.2')).toContain('-- go');
  });

  it('is the one that a hook names, also after it was cleared', async () => {
    const { hook, restart, argsOf } = await running('codex');
    await hook('session', { sessionId: 'one' });
    await hook('busy', { sessionId: 'one' });
    await hook('session', { sessionId: 'two', detail: 'clear' });
    await hook('busy', { sessionId: 'two' });
    expect(await restart()).toEqual({ how: 'resumed', id: 'two' });
    expect(argsOf('a.2')).toContain('resume two');
  });

  it('that nobody named is the last in its folder, and that is said', async () => {
    const { restart, argsOf } = await running('codex');
    expect(await restart()).toEqual({ how: 'continued' });
    expect(argsOf('a.2')).toContain('resume --last');
  });

  it('is left when the operator wants a new one, over a restart too', async () => {
    const { box, hook, restart } = await running();
    const first = agentIn(box).conversation?.id;
    await hook('busy', { sessionId: first });
    const second = await restart({ fresh: true });
    expect(second).toMatchObject({ how: 'new' });
    expect(second?.id).not.toBe(first);
    await box.dispatch('agent.restart', { agent: 'a', fresh: true });
    expect(agentIn(box).conversation).toMatchObject({ how: 'new' });
    expect(agentIn(box).conversation?.id).not.toBe(second?.id);
  });

  it('of a shell is always a new one', async () => {
    const { restart } = await running('shell');
    expect(await restart()).toEqual({ how: 'new' });
  });
});

describe('a conversation that is not taken up is said', () => {
  async function resumed() {
    const ran = await running();
    const id = agentIn(ran.box).conversation?.id ?? '';
    await ran.hook('busy', { sessionId: id });
    await ran.restart();
    return { ...ran, id };
  }

  it('with the last words of a CLI that ended', async () => {
    const { box, played, id } = await resumed();
    played.outside.screen = `\n  No conversation found\nwith session ID: ${id}  \n\n`;
    played.outside.exit({ id: 'a.2', exitCode: 1, signal: null });
    await box.advance(1_000);
    expect(agentIn(box)).toMatchObject({
      state: 'stopped',
      conversation: { how: 'resumed', id },
      failure: {
        code: 'RESUME_FAILED',
        message: expect.stringContaining(`No conversation found with session ID: ${id}`),
      },
    });
    const { seq } = box.hub.head();
    await box.advance(1_000);
    expect(box.hub.head().seq).toBe(seq);
    // It is tried again by the same id, never begun anew in silence.
    await box.dispatch('agent.start', { agent: 'a' });
    expect(agentIn(box).conversation).toEqual({ how: 'resumed', id });
    expect(agentIn(box).failure).toBeUndefined();
  });

  it('of one that went on with another', async () => {
    const { box, hook, id } = await resumed();
    await hook('session', { sessionId: 'other', detail: 'startup' });
    expect(agentIn(box)).toMatchObject({
      state: 'running',
      conversation: { id: 'other' },
      failure: { code: 'RESUME_FAILED', message: expect.stringContaining(id) },
    });
  });

  it('but not of one that took it up under a new id', async () => {
    const { box, hook } = await resumed();
    await hook('session', { sessionId: 'other', detail: 'resume' });
    expect(agentIn(box).failure).toBeUndefined();
  });

  it('also of one that was held until it ended: that proves nothing', async () => {
    const { box, played } = await resumed();
    await box.dispatch('agent.pause', { agent: 'a' });
    await box.advance(60_000);
    played.outside.exit({ id: 'a.2', exitCode: 1, signal: null });
    await box.advance(1_000);
    expect(agentIn(box).failure).toMatchObject({ code: 'RESUME_FAILED' });
  });

  it.each([
    { why: 'a hook had proved it', isHooked: true, afterMs: 0, exitCode: 1 },
    { why: 'it ran for long', isHooked: false, afterMs: 21_000, exitCode: 1 },
    { why: 'it ended well', isHooked: false, afterMs: 0, exitCode: 0 },
  ])('nor of one that ended when $why', async ({ isHooked, afterMs, exitCode }) => {
    const { box, played, hook, id } = await resumed();
    if (isHooked) await hook('session', { sessionId: id, detail: 'resume' });
    await box.advance(afterMs);
    played.outside.exit({ id: 'a.2', exitCode, signal: null });
    await box.advance(1_000);
    expect(agentIn(box)).toMatchObject({ state: 'stopped', exit: { code: exitCode } });
    expect(agentIn(box).failure).toBeUndefined();
  });
});
