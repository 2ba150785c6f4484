import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../main/base/logger.ts';
import { startSession } from '../../main/bridge/session.ts';
import { maxOpenRequests } from '../../main/bridge/session-requests.ts';
import { maxAttachments } from '../../main/bridge/session-terminals.ts';
import type { Actor } from '../../preload/contract/envelope.ts';
import { MemoryChannel, settled } from '../harness/bridge/memory-channel.ts';
import { MemoryDoor } from '../harness/bridge/memory-door.ts';
import { MemoryTerminals } from '../harness/bridge/memory-terminals.ts';

function open(actor: Actor = 'operator') {
  const channel = new MemoryChannel();
  const door = new MemoryDoor();
  const terminals = new MemoryTerminals();
  const log = silentLogger;
  const session = startSession({ door, terminals, actor, version: '1.2.3', channel, log });
  return { channel, door, terminals, session };
}

function greeted() {
  const all = open();
  all.channel.say({ k: 'hello', protocol: 4, sinceSeq: 0 });
  return all;
}

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('greeting', () => {
  test('hello is answered by welcome and a snapshot', () => {
    const { channel } = greeted();
    expect(channel.sent).toEqual([
      { k: 'welcome', protocol: 4, version: '1.2.3', actor: 'operator', logId: 'log-1' },
      { k: 'snapshot', snapshot: { seq: 0, records: {} } },
    ]);
  });

  test('the page is told which repositories are open, then each other list, until it goes', () => {
    const listeners = new Set<() => void>();
    let all = [{ id: 'log-1', name: 'shop', root: '/shop' }];
    const projects = {
      openProjects: () => all,
      onOpened(listener: () => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
    const channel = new MemoryChannel();
    const [door, terminals, log] = [new MemoryDoor(), new MemoryTerminals(), silentLogger];
    const actor = 'operator' as const;
    const session = startSession({ door, terminals, actor, version: '1', channel, log, projects });
    channel.say({ k: 'hello', protocol: 4, sinceSeq: 0 });
    all = [...all, { id: 'log-2', name: 'api', root: '/api' }];
    for (const tell of listeners) tell();
    expect(channel.of('projects').map((one) => one.projects.map(({ name }) => name))).toEqual([
      ['shop'],
      ['shop', 'api'],
    ]);
    session.close();
    expect(listeners.size).toBe(0);
  });

  test.each([
    ['log-1', 0],
    ['log-2', 1],
    [undefined, 1],
  ])(
    'FEED-1: a page that holds records of %s at the same seq gets %i snapshots',
    (logId, snapshots) => {
      const { channel, door } = open();
      door.put({ 'agent/a': { id: 'a' } });
      channel.say({
        k: 'hello',
        protocol: 4,
        ...(logId === undefined ? {} : { logId }),
        sinceSeq: 1,
      });
      expect(channel.of('snapshot')).toHaveLength(snapshots);
    },
  );

  test.each([
    ['anything before hello', [{ k: 'resync' }], /first frame/],
    [
      'hello twice',
      [
        { k: 'hello', protocol: 4, sinceSeq: 0 },
        { k: 'hello', protocol: 4, sinceSeq: 0 },
      ],
      /twice/,
    ],
    ['another protocol', [{ k: 'hello', protocol: 99, sinceSeq: 0 }], /protocol 99/],
  ])('%s ends the session', (_title, frames, reason) => {
    const { channel, door } = open();
    for (const frame of frames) channel.sayRaw(frame);
    expect(channel.of('bye')).toEqual([
      {
        k: 'bye',
        error: expect.objectContaining({
          code: 'BAD_REQUEST',
          message: expect.stringMatching(reason),
        }),
      },
    ]);
    expect(channel.closedFor).toBe('refused');
    expect(door.feeds.size).toBe(0);
  });

  test.each<Actor>(['agent:backend', 'system'])('%s gets no session', (actor) => {
    const { channel, door } = open(actor);
    channel.say({ k: 'hello', protocol: 4, sinceSeq: 0 });
    expect(channel.sent.map((frame) => frame.k)).toEqual(['bye']);
    expect(channel.of('bye')[0]?.error.code).toBe('FORBIDDEN');
    expect(channel.closedFor).toBe('refused');
    expect(door.feeds.size).toBe(0);
  });
});

describe('malformed frames', () => {
  const almost = fc.record(
    {
      k: fc.oneof(
        fc.constantFrom(
          'hello',
          'command',
          'query',
          'cancel',
          'term.open',
          'term.input',
          'term.ack',
          '__proto__',
        ),
        fc.string(),
      ),
      rid: fc.anything(),
      ch: fc.anything(),
      command: fc.anything(),
      type: fc.anything(),
      protocol: fc.anything(),
      cols: fc.anything(),
      rows: fc.anything(),
      data: fc.anything(),
      terminalId: fc.anything(),
    },
    { requiredKeys: ['k'] },
  );

  test('by the ten thousand never throw, and leave nothing open behind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.anything(), almost), { minLength: 1, maxLength: 20 }),
        async (frames) => {
          const { channel, door, terminals } = greeted();
          channel.say({ k: 'term.open', ch: 7, terminalId: 'a.1', cols: 80, rows: 24 });
          channel.say({ k: 'query', rid: 7, type: 'test.wait', data: {} });
          for (const frame of frames) channel.sayRaw(frame);
          channel.sayRaw({ k: 'nonsense' });
          await settled();
          expect(channel.sent.at(-1)).toMatchObject({ k: 'bye', error: { code: 'BAD_REQUEST' } });
          expect(channel.closedFor).toBe('refused');
          expect([door.feeds.size, door.waiting.size, terminals.attached.size]).toEqual([0, 0, 0]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('say where they are wrong', () => {
    const { channel } = greeted();
    channel.sayRaw({ k: 'term.open', ch: 1, terminalId: 'a.1', cols: 0, rows: 24 });
    expect(channel.of('bye')[0]?.error.message).toMatch(/malformed at cols/);
  });

  test('after the end nothing is heard any more', async () => {
    const { channel, door } = greeted();
    channel.sayRaw(42);
    channel.say({ k: 'command', rid: 1, command: { id: 'command-1', type: 'x', data: {} } });
    await settled();
    expect(door.dispatched).toEqual([]);
  });
});

describe('requests', () => {
  test('a command runs as the operator and is answered by its receipt', async () => {
    const { channel, door } = greeted();
    const command = { id: 'command-1', type: 'agent.stop', data: { agent: 'a' } };
    channel.say({ k: 'command', rid: 5, command });
    await settled();
    expect(door.dispatched).toEqual([{ command, actor: 'operator' }]);
    expect(channel.of('receipt')).toEqual([
      { k: 'receipt', rid: 5, receipt: { commandId: 'command-1', seq: 1, result: { agent: 'a' } } },
    ]);
  });

  test('a refusal goes to the page as it is; a defect says nothing of its inside', async () => {
    const { channel } = greeted();
    channel.say({ k: 'query', rid: 1, type: 'test.refused', data: {} });
    channel.say({ k: 'command', rid: 2, command: { type: 'test.defect', data: {} } });
    channel.say({ k: 'query', rid: 3, type: 'test.echo', data: 'fine' });
    await settled();
    expect(channel.of('error').map(({ rid, error }) => [rid, error.code])).toEqual([
      [1, 'QUESTION_UNKNOWN'],
      [2, 'INTERNAL'],
    ]);
    expect(JSON.stringify(channel.sent)).not.toContain('secret');
    expect(channel.of('answer')).toEqual([{ k: 'answer', rid: 3, result: 'fine' }]);
  });

  test('a cancelled query is aborted and not answered', async () => {
    const { channel, door } = greeted();
    channel.say({ k: 'query', rid: 1, type: 'test.wait', data: {} });
    channel.say({ k: 'cancel', rid: 1 });
    channel.say({ k: 'query', rid: 1, type: 'test.echo', data: 'second' });
    await settled();
    expect(door.waiting.size).toBe(0);
    expect(channel.sent.slice(2)).toEqual([{ k: 'answer', rid: 1, result: 'second' }]);
  });

  test('the one request too many is refused, the others live', async () => {
    const { channel, door } = greeted();
    for (let rid = 1; rid <= maxOpenRequests + 1; rid += 1) {
      channel.say({ k: 'query', rid, type: 'test.wait', data: {} });
    }
    expect(channel.of('error').map(({ rid }) => rid)).toEqual([maxOpenRequests + 1]);
    for (const answer of [...door.waiting]) answer('done');
    await settled();
    expect(channel.of('answer')).toHaveLength(maxOpenRequests);
    expect(channel.closedFor).toBeUndefined();
  });

  test('a number that is still open ends the session', () => {
    const { channel, door } = greeted();
    channel.say({ k: 'query', rid: 1, type: 'test.wait', data: {} });
    channel.say({ k: 'query', rid: 1, type: 'test.wait', data: {} });
    expect(channel.closedFor).toBe('refused');
    expect(door.waiting.size).toBe(0);
  });
});

describe('terminals', () => {
  const openFrame = { k: 'term.open', ch: 1, terminalId: 'a.1', cols: 80, rows: 24 } as const;

  test('restore, data and exit reach the page; input, size and credit reach the terminal', async () => {
    const { channel, terminals } = greeted();
    channel.say(openFrame);
    channel.say({ k: 'term.input', ch: 1, data: 'early' });
    await settled();
    const [attachment] = terminals.everAttached;
    attachment?.viewer.onData(new Uint8Array([1, 2, 3]));
    attachment?.viewer.onExit({ id: 'a.1', exitCode: 0, signal: null });
    channel.say({ k: 'term.ack', ch: 1, parsedBytes: 3 });
    channel.say({ k: 'term.resize', ch: 1, cols: 100, rows: 30 });
    expect(channel.sent.slice(2)).toEqual([
      { k: 'term.restore', ch: 1, data: 'screen of a.1', cols: 80, rows: 24 },
      { k: 'term.data', ch: 1, bytes: new Uint8Array([1, 2, 3]) },
      { k: 'term.exit', ch: 1, exitCode: 0, signal: null },
    ]);
    expect(attachment?.calls).toEqual(['input early', 'ack 3', 'resize 100x30']);
  });

  test('a page that was too far behind is told with the new screen', async () => {
    const { channel, terminals } = greeted();
    channel.say(openFrame);
    await settled();
    const screen = { data: 'later', cols: 80, rows: 24 };
    terminals.everAttached[0]?.viewer.onRestore({ ...screen, hasSkipped: true });
    const expected = { k: 'term.restore', ch: 1, ...screen, hasSkipped: true };
    expect(channel.of('term.restore').at(-1)).toEqual(expected);
  });

  test('a terminal that is gone is an error of its channel alone', async () => {
    const { channel } = greeted();
    channel.say({ ...openFrame, terminalId: 'gone.1' });
    await settled();
    channel.say({ k: 'term.input', ch: 1, data: 'late' });
    expect(channel.of('term.error').map(({ ch, error }) => [ch, error.code])).toEqual([
      [1, 'TERMINAL_GONE'],
    ]);
    expect(channel.closedFor).toBeUndefined();
  });

  test('closed before it was attached, it is detached when it comes', async () => {
    const { channel, terminals } = greeted();
    const gate = deferred();
    terminals.gate = gate.promise;
    channel.say(openFrame);
    channel.say({ k: 'term.close', ch: 1 });
    channel.say({ ...openFrame, terminalId: 'b.1' });
    gate.resolve();
    await settled();
    expect([...terminals.attached].map((one) => one.terminalId)).toEqual(['b.1']);
    expect(channel.of('term.restore').map((one) => one.data)).toEqual(['screen of b.1']);
  });

  test('a page that went while it was attaching leaves nothing attached', async () => {
    const { channel, terminals, door } = greeted();
    const gate = deferred();
    terminals.gate = gate.promise;
    channel.say(openFrame);
    channel.leave();
    gate.resolve();
    await settled();
    expect(terminals.everAttached).toHaveLength(1);
    expect(terminals.attached.size).toBe(0);
    expect(door.feeds.size).toBe(0);
  });

  test('the one attachment too many is refused, the others live', async () => {
    const { channel, terminals } = greeted();
    for (let ch = 1; ch <= maxAttachments + 1; ch += 1) channel.say({ ...openFrame, ch });
    await settled();
    expect(channel.of('term.error').map(({ ch }) => ch)).toEqual([maxAttachments + 1]);
    expect(terminals.attached.size).toBe(maxAttachments);
  });

  test('what is typed before it is open is bounded', async () => {
    const { channel, terminals } = greeted();
    const gate = deferred();
    terminals.gate = gate.promise;
    channel.say(openFrame);
    channel.say({ k: 'term.input', ch: 1, data: 'x'.repeat(1024 * 1024) });
    channel.say({ k: 'term.input', ch: 1, data: 'y' });
    gate.resolve();
    await settled();
    expect(channel.of('term.error')).toHaveLength(1);
    expect(terminals.attached.size).toBe(0);
  });

  test('one that does not detach does not keep the others attached', async () => {
    const { channel, terminals } = greeted();
    channel.say(openFrame);
    channel.say({ ...openFrame, ch: 2 });
    await settled();
    const [first] = terminals.everAttached;
    if (first)
      first.detach = () => {
        throw new TypeError('stuck');
      };
    channel.leave();
    expect([...terminals.attached]).toEqual([first]);
  });
});

describe('records', () => {
  test('what is committed reaches the page; a resync brings a snapshot', () => {
    const { channel, door } = greeted();
    door.put({ 'agent/a': { id: 'a' } });
    channel.say({ k: 'resync' });
    expect(channel.sent.slice(2)).toEqual([
      { k: 'delta', delta: { fromSeq: 0, toSeq: 1, put: { 'agent/a': { id: 'a' } }, remove: [] } },
      { k: 'snapshot', snapshot: { seq: 1, records: { 'agent/a': { id: 'a' } } } },
    ]);
  });

  test('a slow page is spared deltas, and gets a snapshot when it has caught up', () => {
    const { channel, door } = greeted();
    channel.pending = 2 * 1024 * 1024;
    for (let n = 0; n < 100; n += 1) door.put({ 'agent/a': n });
    expect(channel.of('delta')).toEqual([]);
    channel.pending = 0;
    door.put({ 'agent/a': 'last' });
    expect(channel.of('delta')).toEqual([]);
    expect(channel.of('snapshot').at(-1)?.snapshot).toEqual({
      seq: 101,
      records: { 'agent/a': 'last' },
    });
  });

  test('a page that reads nothing any more is let go', async () => {
    const { channel, door } = greeted();
    channel.say({ k: 'query', rid: 1, type: 'test.wait', data: {} });
    channel.pending = 65 * 1024 * 1024;
    channel.say({ k: 'query', rid: 2, type: 'test.echo', data: 'more' });
    await settled();
    expect(channel.closedFor).toBe('overflow');
    expect([door.waiting.size, door.feeds.size]).toEqual([0, 0]);
  });

  test('a page that reloads in mid-stream leaves nothing behind, and its successor starts whole', async () => {
    const { channel, door, terminals } = greeted();
    channel.say({ k: 'term.open', ch: 1, terminalId: 'a.1', cols: 80, rows: 24 });
    channel.say({ k: 'query', rid: 1, type: 'test.wait', data: {} });
    await settled();
    const [attachment] = terminals.everAttached;
    channel.leave();
    const before = channel.sent.length;
    attachment?.viewer.onData(new Uint8Array(8));
    door.put({ 'agent/a': 1 });
    await settled();
    expect(channel.sent).toHaveLength(before);
    expect([door.feeds.size, door.waiting.size, terminals.attached.size]).toEqual([0, 0, 0]);
  });

  test('a host that closes the session detaches everything', async () => {
    const { channel, door, terminals, session } = greeted();
    channel.say({ k: 'term.open', ch: 1, terminalId: 'a.1', cols: 80, rows: 24 });
    await settled();
    session.close();
    session.close();
    expect(channel.closedFor).toBe('going-away');
    expect([door.feeds.size, terminals.attached.size]).toEqual([0, 0]);
  });
});
