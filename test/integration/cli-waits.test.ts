import { afterEach, describe, expect, it } from 'vitest';
import { musherError } from '../../main/base/result.ts';
import {
  agentAt,
  type Answers,
  type Broker,
  leapingClock,
  musher,
  startBroker,
} from './cli-world.ts';

let broker: Broker | undefined;

async function brokerWith(answers: Answers): Promise<Broker> {
  broker = await startBroker(answers);
  return broker;
}
afterEach(async () => {
  await broker?.close();
  broker = undefined;
});

const question = {
  id: 'q-1',
  asker: 'backend',
  to: 'operator',
  text: 'Which database?',
  options: ['postgres', 'sqlite'],
  multi: false,
  state: 'open',
  askedMs: 1_800_000_000_000,
};
const answered = { ...question, state: 'answered', answer: { choices: ['postgres'], text: 'v17' } };
const id = '0123456789abcdef0123456789abcdef01234567';
const approval = {
  id: 'a-1',
  agent: 'backend',
  title: 'Add login',
  pin: { commit: id, tree: id, base: id, target: 'main', diffHash: 'ab' },
  files: [],
  fileCount: 1,
  additions: 2,
  deletions: 3,
  commitCount: 1,
  state: 'pending',
  requestedMs: 1_800_000_000_000,
};

/** Answers each in turn; the last one for ever. A wait that is over takes its time. */
function inTurn(clock: ReturnType<typeof leapingClock>, results: readonly unknown[]) {
  let at = 0;
  return ({ data }: { data: Record<string, unknown> }) => {
    clock.leap(Number(data.waitMs));
    const result = results[Math.min(at, results.length - 1)];
    at += 1;
    if (result instanceof Error) throw result;
    return result;
  };
}

describe('ask --wait', () => {
  const argv = ['ask', 'Which database?', '--option', 'postgres', '--wait', '150s'];

  it.each([
    { record: answered, code: 0, out: 'postgres\nv17\n', said: 'q-1 is answered' },
    {
      record: { ...question, state: 'expired', answer: { choices: ['sqlite'] } },
      code: 4,
      out: 'sqlite\n',
      said: 'the default holds',
    },
    { record: { ...question, state: 'cancelled' }, code: 4, out: '', said: 'q-1 is cancelled' },
  ])('$record.state', async ({ record, code, out, said }) => {
    const clock = leapingClock();
    const at = await brokerWith({
      'question.ask': () => ({ question: 'q-1' }),
      'question.get': inTurn(clock, [question, record]),
    });
    const ran = await musher(argv, { ...agentAt(at), clock });
    expect([ran.code, ran.out]).toEqual([code, out]);
    expect(ran.err).toContain(said);
    expect(at.calls.map(({ data }) => data)).toEqual([
      { text: 'Which database?', options: ['postgres'] },
      { question: 'q-1', waitMs: 60_000 },
      { question: 'q-1', waitMs: 60_000 },
    ]);
  });

  it('ends with 4 when the time is over, after polls of a minute at most', async () => {
    const clock = leapingClock();
    const at = await brokerWith({
      'question.ask': () => ({ question: 'q-1' }),
      'question.get': inTurn(clock, [question]),
    });
    const ran = await musher(argv, { ...agentAt(at), clock });
    expect([ran.code, ran.out]).toEqual([4, '']);
    expect(ran.err).toContain('No answer within 2m30s. q-1 stays open');
    expect(at.calls.slice(1).map(({ data }) => data.waitMs)).toEqual([60_000, 60_000, 30_000]);
  });

  it('outlives a restart of the hub', async () => {
    const clock = leapingClock();
    const away = musherError('SHUTTING_DOWN');
    const at = await brokerWith({
      'question.ask': () => ({ question: 'q-1' }),
      'question.get': inTurn(clock, [away, away, answered]),
    });
    expect((await musher(argv, { ...agentAt(at), clock })).code).toBe(0);
    expect(at.calls).toHaveLength(4);
  });

  it('does not hide what the hub refuses', async () => {
    const at = await brokerWith({
      'question.ask': () => ({ question: 'q-1' }),
      'question.get': () => {
        throw musherError('UNAUTHENTICATED');
      },
    });
    expect((await musher(argv, agentAt(at))).err).toContain('[UNAUTHENTICATED]');
  });

  it('prints the question with --json, whatever became of it', async () => {
    const clock = leapingClock();
    const at = await brokerWith({
      'question.ask': () => ({ question: 'q-1' }),
      'question.get': inTurn(clock, [question]),
    });
    const ran = await musher([...argv, '--json'], { ...agentAt(at), clock });
    expect([ran.code, ran.err, JSON.parse(ran.out)]).toEqual([4, '', question]);
  });

  it('ends with 130 at Ctrl+C', async () => {
    const at = await brokerWith({
      'question.ask': () => ({ question: 'q-1' }),
      'question.get': () => new Promise(() => {}),
    });
    const controller = new AbortController();
    const running = musher(argv, { ...agentAt(at), signal: controller.signal });
    await at.nextCall();
    await at.nextCall();
    controller.abort();
    const ran = await running;
    expect([ran.code, ran.out]).toEqual([130, '']);
  });
});

it('ask without --wait only says where the answer will be', async () => {
  const at = await brokerWith({ 'question.ask': () => ({ question: 'q-1' }) });
  const ran = await musher(['ask', 'Which?', '--timeout', '10m'], agentAt(at));
  expect(ran.out).toBe('Asked as q-1; the answer comes to your inbox.\n');
  expect(at.calls[0]?.data).toEqual({ text: 'Which?', timeoutMs: 600_000 });
});

it('question get waits longer than one poll, and ends like ask', async () => {
  const clock = leapingClock();
  const at = await brokerWith({ 'question.get': inTurn(clock, [question, answered]) });
  const ran = await musher(['question', 'get', 'q-1', '--wait', '10m'], { ...agentAt(at), clock });
  expect([ran.code, at.calls.length]).toEqual([0, 2]);
  expect(ran.out).toContain('postgres');
});

describe('request-approval --wait', () => {
  it.each([
    [{ state: 'merged', mergeCommit: id }, 0, `merged into main as ${id}\n`],
    [{ state: 'denied', note: 'tests are missing' }, 5, 'denied\ntests are missing\n'],
    [{ state: 'conflicted', conflicts: ['a.ts'] }, 6, 'conflicted\nconflict: a.ts\n'],
    [
      { state: 'failed', failure: { code: 'GIT_FAILED', message: 'm', mend: 'n' } },
      6,
      'failed\nm\n→ n\n',
    ],
    [{ state: 'superseded' }, 4, 'superseded\n'],
    [{ state: 'merging' }, 4, 'a-1 is merging after 1m; the decision comes to your inbox.\n'],
  ])('%j ends with %i', async (outcome, code, out) => {
    const clock = leapingClock();
    const at = await brokerWith({
      'approval.request': () => ({ approval: 'a-1', commit: id }),
      'approval.get': inTurn(clock, [{ ...approval, ...outcome }]),
    });
    const ran = await musher(['request-approval', id, '--wait', '1m'], { ...agentAt(at), clock });
    expect([ran.code, ran.out]).toEqual([code, out]);
  });
});

const item = (seq: number, text = `text ${seq}`) => ({
  seq,
  atMs: 1_800_000_000_000,
  from: 'agent:tests',
  type: 'message.sent',
  data: {},
  text,
  redelivered: seq === 4,
});

describe('gate run --wait', () => {
  const run = {
    ...{ id: 'g-1', gate: 'test', hash: 'h', tree: id, commit: id, command: ['npm', 'test'] },
    ...{ required: true, timeoutMs: 600_000, terminalId: 'gate--test.7', queuedMs: 1 },
  };
  const gate = { gate: 'test', hash: 'h', required: true, applies: true, run: 'g-1' };
  const check = {
    ...{ id: 'gc-1', purpose: 'run', commit: id, target: 'main', result: id, from: id, tree: id },
    ...{ gates: [gate], changesGates: true, atMs: 1 },
  };
  const outcome = (verdict: string, over: object) => ({
    check,
    verdict,
    runs: [{ ...run, ...over }],
  });
  const under = outcome('running', { state: 'running', startedMs: 1 });

  it.each([
    {
      last: outcome('green', { state: 'passed', exitCode: 0, durationMs: 8_440 }),
      ...{ code: 0, said: ['All required gates have passed', 'passed  8s', 'changes the gates'] },
    },
    {
      last: outcome('red', { state: 'failed', exitCode: 3, lastLines: ['1 failed\u001b[2J'] }),
      ...{ code: 1, said: ['Required gates have not passed', 'failed (3)', '  1 failed'] },
    },
    { last: under, code: 4, said: ['Gates are still under way'] },
  ])('ends with $code', async ({ last, code, said }) => {
    const clock = leapingClock();
    const at = await brokerWith({
      'gate.run': () => ({ check: 'gc-1' }),
      'gate.outcome': inTurn(clock, [under, last]),
    });
    const argv = ['gate', 'run', id, '--wait', '90s'];
    const result = await musher(argv, { ...agentAt(at), clock });
    expect(result.code).toBe(code);
    for (const text of said) expect(result.out).toContain(text);
    expect(result.out).not.toContain('\u001b[2J');
  });
});

describe('inbox', () => {
  it('long-polls, prints and acks what it printed', async () => {
    const at = await brokerWith({
      'inbox.read': () => ({ items: [item(4), item(7)], cursor: 9 }),
      'inbox.ack': () => ({ acked: 7 }),
    });
    const ran = await musher(['inbox', '--wait', '60s', '--ack'], agentAt(at));
    expect(ran.out).toBe(
      '#4 tests now (again; may be handled already)\n  text 4\n\n#7 tests now\n  text 7\n',
    );
    expect(at.calls.map(({ type, data }) => [type, data])).toEqual([
      ['inbox.read', { waitMs: 60_000 }],
      ['inbox.ack', { upTo: 7 }],
    ]);
  });

  it('acks nothing when nothing came', async () => {
    const clock = leapingClock();
    const at = await brokerWith({ 'inbox.read': inTurn(clock, [{ items: [], cursor: 9 }]) });
    const ran = await musher(['inbox', '--wait', '2m', '--ack'], { ...agentAt(at), clock });
    expect([ran.code, ran.out]).toEqual([0, 'Nothing new.\n']);
    expect(at.calls.map(({ type }) => type)).toEqual(['inbox.read', 'inbox.read']);
  });

  it('follows from cursor to cursor, one JSON item to a line, until Ctrl+C', async () => {
    const controller = new AbortController();
    const pages = [
      { items: [item(4)], cursor: 4 },
      { items: [], cursor: 4 },
      { items: [item(5), item(6)], cursor: 6 },
    ];
    const at = await brokerWith({
      'inbox.read': () => {
        const page = pages.shift();
        if (page === undefined) controller.abort();
        return page ?? new Promise(() => {});
      },
    });
    const ran = await musher(['inbox', '--follow', '--json'], {
      ...agentAt(at),
      signal: controller.signal,
    });
    expect(ran.code).toBe(130);
    expect(
      ran.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).seq),
    ).toEqual([4, 5, 6]);
    expect(at.calls.map(({ data }) => data.after)).toEqual([undefined, 4, 4, 6]);
  });
});

describe('log --follow', () => {
  const event = (seq: number) => ({
    seq,
    id: `e-${seq}`,
    atMs: 1_800_000_000_000,
    type: 'agent.reported',
    v: 1,
    actor: 'agent:backend',
    causeId: 'c',
    data: { note: '\u001b]0;owned\u0007hi' },
    hash: 'ab',
  });
  const frame = (seq: number) => `id: ${seq}\ndata: ${JSON.stringify(event(seq))}\n\n`;

  it('prints the page, then the stream, and takes up again where it broke', async () => {
    const controller = new AbortController();
    const asked: unknown[] = [];
    const streams = [`: hello\n\n${frame(2)}${frame(3)}`, `${frame(3)}${frame(4)}`];
    const at = await brokerWith({
      'log.page': () => ({ events: [event(1), event(2)], head: 2 }),
      events: ({ data }) => {
        asked.push(data.after);
        const stream = streams.shift();
        if (stream === undefined) controller.abort();
        return stream ?? '';
      },
    });
    const ran = await musher(['log', '--follow'], { ...agentAt(at), signal: controller.signal });
    expect(ran.code).toBe(130);
    expect(ran.out.match(/^#\d+/gm)).toEqual(['#1', '#2', '#3', '#4']);
    expect(ran.out).not.toContain('\u001b');
    expect(asked).toEqual(['2', '3', '4']);
  });
});
