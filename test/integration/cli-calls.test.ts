import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Host } from '../../main/cli/io.ts';
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

const sent = { seq: 12, deliveredTo: ['backend', 'tests'], failed: [] };

describe('a command', () => {
  it('sends its words as one text, with token and command id, and tells its receipt in one line', async () => {
    const at = await brokerWith({ 'message.send': () => sent });
    const ran = await musher(['send', 'backend', 'the', 'schema', 'moved'], agentAt(at));
    expect(ran).toEqual({ code: 0, out: 'Sent to backend, tests as #12.\n', err: '' });
    expect(at.calls[0]?.data).toEqual({ to: 'backend', body: 'the schema moved' });
    expect(at.calls[0]?.headers).toMatchObject({
      authorization: 'Bearer secret-token',
      'idempotency-key': 'command-id-1',
    });
  });

  it('prints its result as one JSON value, wherever --json stands', async () => {
    const at = await brokerWith({ 'message.send': () => sent });
    for (const argv of [
      ['--json', 'send', 'backend', 'hi'],
      ['send', '--re', '3', 'backend', 'hi', '--json'],
    ]) {
      const { out } = await musher(argv, agentAt(at));
      expect(JSON.parse(out)).toEqual(sent);
      expect(out.split('\n')).toHaveLength(2);
    }
  });

  it('is sent again with the same id when the connection broke', async () => {
    let tries = 0;
    const at = await brokerWith({
      'message.send': (call) => {
        tries += 1;
        return tries === 1 ? call.breakOff() : sent;
      },
    });
    const { code } = await musher(['send', 'backend', 'hi'], agentAt(at));
    expect(code).toBe(0);
    const ids = at.calls.map(({ headers }) => headers['idempotency-key']);
    expect(ids).toEqual(['command-id-1', 'command-id-1']);
  });

  it('of an agent waits for a hub that restarts, and is the same command then', async () => {
    let tries = 0;
    const at = await brokerWith({
      'message.send': () => {
        tries += 1;
        if (tries < 4) throw musherError('SHUTTING_DOWN');
        return sent;
      },
    });
    const { env } = agentAt(at);
    const ran = await musher(['send', 'backend', 'hi'], { env: { ...env, MUSHER_AGENT: 'tests' } });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(new Set(at.calls.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it('of an agent says after 20 s that no hub is there; a hook of it, and whoever asks, at once', async () => {
    const at = await brokerWith({});
    const { env } = agentAt(at);
    await at.close();
    const clock = leapingClock();
    const waited = async (argv: string[]) => {
      const startedMs = clock.now();
      const { code } = await musher(argv, { env: { ...env, MUSHER_AGENT: 'tests' }, clock });
      return [code, clock.now() - startedMs];
    };
    expect(await waited(['send', 'backend', 'hi'])).toEqual([3, 20_000]);
    expect(await waited(['inbox'])).toEqual([3, 0]);
    expect(await waited(['hook', 'busy'])).toEqual([3, 0]);
  });

  it('takes everything after -- as it is', async () => {
    const at = await brokerWith({ 'agent.add': () => ({ agent: 'tests' }) });
    const argv = ['agent', 'add', 'tests', '--profile', 'script', '--no-start', '--'];
    const ran = await musher([...argv, 'node', 'run.mjs', '--json'], agentAt(at));
    expect(ran.out).toBe('Adding tests.\n');
    expect(at.calls[0]?.data).toEqual({
      name: 'tests',
      profile: 'script',
      start: false,
      command: ['node', 'run.mjs', '--json'],
    });
  });
});

describe('stdin', () => {
  it('stands for a text that is "-", without the last newline', async () => {
    const at = await brokerWith({ 'message.send': () => sent });
    const bytes = new TextEncoder().encode('ünï\nlines\n');
    const stdin = [bytes.slice(0, 1), bytes.slice(1)];
    await musher(['send', 'backend', '-'], { ...agentAt(at), stdin });
    expect(at.calls[0]?.data.body).toBe('ünï\nlines');
  });

  it('is bounded', async () => {
    const at = await brokerWith({});
    const stdin = [new Uint8Array(1024 * 1024), new Uint8Array(1)];
    const ran = await musher(['send', 'backend', '-'], { ...agentAt(at), stdin });
    expect([ran.code, at.calls.length]).toEqual([2, 0]);
    expect(ran.err).toContain('more than 1048576 bytes');
  });

  it('feeds one field only, and none that is short', async () => {
    const at = await brokerWith({ 'question.answer': () => ({ question: '-' }) });
    const two = await musher(['ask', '-', '--default', '-'], agentAt(at));
    expect(two.err).toContain('Only one of text and --default can be "-"');
    await musher(['answer', '-', 'yes'], { ...agentAt(at), stdin: 'no' });
    expect(at.calls[0]?.data).toEqual({ question: '-', choices: ['yes'] });
  });
});

describe('an error', () => {
  const refused: Answers = {
    'message.send': () => {
      throw musherError('RECIPIENT_UNKNOWN', { to: '\u001b[2Jx', known: 'backend' });
    },
  };

  it('is told in two lines: message with code, then what to do', async () => {
    const ran = await musher(['send', 'x', 'hi'], agentAt(await brokerWith(refused)));
    expect(ran).toEqual({
      code: 1,
      out: '',
      err: 'There is no recipient "‹ESC›[2Jx". [RECIPIENT_UNKNOWN]\n→ Send to "operator", "*" or one of: backend.\n',
    });
  });

  it('is JSON on stdout with --json', async () => {
    const ran = await musher(['send', 'x', 'hi', '--json'], agentAt(await brokerWith(refused)));
    expect([ran.code, ran.err]).toEqual([1, '']);
    expect(JSON.parse(ran.out)).toMatchObject({ error: { code: 'RECIPIENT_UNKNOWN' } });
    expect(ran.out).not.toContain('\u001b');
  });

  it('has colour on a terminal, but not against NO_COLOR', async () => {
    const { env } = agentAt(await brokerWith(refused));
    const coloured = await musher(['send', 'x', 'hi'], { env, isTTY: true });
    expect(coloured.err).toContain('\u001b[31m');
    const plain = await musher(['send', 'x', 'hi'], {
      env: { ...env, NO_COLOR: '1' },
      isTTY: true,
    });
    expect(plain.err).not.toContain('\u001b');
  });

  it('without a token says where tokens come from, and asks nobody', async () => {
    const at = await brokerWith({});
    const ran = await musher(['inbox'], { env: { MUSHER_URL: at.url } });
    expect([ran.code, at.calls.length]).toEqual([1, 0]);
    expect(ran.err).toContain('MUSHER_TOKEN is not set. [UNAUTHENTICATED]');
    expect(ran.err).toContain('never stored on disk');
  });

  it('of a hub that is not there ends with 3', async () => {
    const at = await brokerWith({});
    await at.close();
    const ran = await musher(['inbox'], agentAt(at));
    expect(ran.code).toBe(3);
    expect(ran.err).toContain(`No Musher answers at ${at.url}. [HUB_UNREACHABLE]`);
  });

  it('never shows the token of a capability address', async () => {
    const at = await brokerWith({});
    await at.close();
    const ran = await musher(['inbox'], { env: { MUSHER_URL: `${at.url}/a/s3cret` } });
    expect(ran.code).toBe(3);
    expect(ran.err).not.toContain('s3cret');
  });

  it('of a program that is no Musher ends with 3 too', async () => {
    const at = await brokerWith({ status: () => ({ git_paw: true, agents: [] }) });
    expect((await musher(['status'], agentAt(at))).code).toBe(3);
  });

  it('of a reader that has gone is no error, and nothing is acked for it', async () => {
    const item = {
      seq: 4,
      atMs: 0,
      from: 'operator',
      type: 'message.sent',
      data: {},
      text: 'hi',
      redelivered: false,
    };
    const at = await brokerWith({ 'inbox.read': () => ({ items: [item], cursor: 4 }) });
    const onOut = () => {
      throw Object.assign(new Error('broken pipe'), { code: 'EPIPE' });
    };
    const ran = await musher(['inbox', '--ack'], { ...agentAt(at), onOut });
    expect([ran.code, ran.err, at.calls.length]).toEqual([0, '', 1]);
  });
});

describe('the app', () => {
  it('shows the status without a token', async () => {
    const at = await brokerWith({});
    const ran = await musher(['status', '--url', at.url]);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('Musher 0.1.0, up 1m30s\n/code/shop');
    expect(ran.out).toMatch(/backend {2}claude {2}working {2}3s ago/);
  });

  it('serves the folder it is in, or the one named', async () => {
    const asked: unknown[] = [];
    const serve = async (options: unknown) => {
      asked.push(options);
      return 0;
    };
    await musher(['serve', '--port', '0', '--json'], { host: { serve } });
    await musher(['serve', '--repo', '../books', '--demo'], { host: { serve } });
    expect(asked).toEqual([
      { repo: '/code/shop', isNamed: false, port: 0, json: true, demo: false },
      { repo: '/code/books', isNamed: true, json: false, demo: true },
    ]);
  });

  it('opens the browser when asked to, and says so when it cannot', async () => {
    const opened: string[] = [];
    const host: Partial<Host> = {
      async serve({ onReady }) {
        onReady?.('http://127.0.0.1:9119/login');
        return 0;
      },
    };
    const openBrowser = async (url: string) => void opened.push(url);
    expect((await musher(['serve', '--open'], { host, openBrowser })).err).toBe('');
    const env = { MUSHER_URL: 'http://127.0.0.1:1' };
    expect((await musher(['open'], { host, env })).err).toContain('No browser was opened');
    expect(opened).toEqual(['http://127.0.0.1:9119/login']);
  });

  it('opens the Musher that runs by a fresh login address', async () => {
    const opened: string[] = [];
    const openBrowser = async (url: string) => void opened.push(url);
    const at = await brokerWith({
      login: () => ({ loginUrl: 'http://127.0.0.1:9119/login?code=1' }),
    });
    const ran = await musher(['open', '--repo', '.'], { ...agentAt(at), openBrowser });
    expect([ran.code, ran.out]).toEqual([0, 'http://127.0.0.1:9119/login?code=1\n']);
    expect(opened).toEqual(['http://127.0.0.1:9119/login?code=1']);
  });

  it('verifies by the hub that has the repository open', async () => {
    const proof = { ok: false, head: 9, hash: 'ab', brokenAt: 4, reason: 'the hash differs' };
    const at = await brokerWith({ 'log.verify': () => proof });
    const ran = await musher(['verify'], agentAt(at));
    expect(ran).toEqual({
      code: 1,
      out: 'The log is broken at event #4: the hash differs\n',
      err: '',
    });
  });

  it.each([[['verify', '--repo', '/code/books']], [['verify', '--url', 'http://127.0.0.1:1']]])(
    'verifies the file when no hub has it open: %j',
    async (argv) => {
      const verifyRepository = async () => ({ ok: true, head: 9, hash: 'ab' });
      const ran = await musher(argv, {
        ...agentAt(await brokerWith({})),
        host: { verifyRepository },
      });
      expect([ran.code, ran.out]).toEqual([0, 'The log is whole: 9 events, last hash ab\n']);
    },
  );
});

describe('a join token', () => {
  const invite = { invite: 'j-7f3k2m9x', label: 'attic', expiresMs: 900_000 };

  it('is made here, and only its hash is sent', async () => {
    const nodesAt = 'https://192.168.1.5:9443';
    const list = { nodes: [], invites: [], claims: [], nodesAt };
    const at = await brokerWith({ 'node.invite': () => invite, 'node.list': () => list });
    const invited = () => at.calls.filter(({ type }) => type === 'node.invite');
    const argv = ['join-token', '--label', 'attic', '--for', '1h'];
    const ran = await musher([...argv, '--json'], agentAt(at));
    const made = JSON.parse(ran.out) as { token: string };
    expect(made).toEqual({
      ...{ token: expect.stringMatching(/^mj1\.[A-Za-z0-9_-]{43}$/) as string },
      ...{ invite: 'j-7f3k2m9x', expiresMs: 900_000 },
    });
    const hash = createHash('sha256').update(made.token).digest('hex');
    expect(invited()[0]?.data).toEqual({ hash, label: 'attic', forMs: 3_600_000 });
    const again = await musher(argv, agentAt(at));
    expect(again.out).toContain(`127.0.0.1:${new URL(at.url).port} you@this-machine`);
    expect(again.out).toContain(`--rendezvous ${nodesAt} --join mj1.`);
    expect(invited()[1]?.data.hash).not.toBe(hash);
  });

  it('that would be open for too long is refused by its flag, before anything is sent', async () => {
    const at = await brokerWith({ 'node.invite': () => invite });
    const ran = await musher(['join-token', '--for', '8d'], agentAt(at));
    expect([ran.code, at.calls.length]).toEqual([2, 0]);
    expect(ran.err).toContain('Field "--for"');
  });
});
