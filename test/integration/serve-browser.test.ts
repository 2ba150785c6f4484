// How a browser is let in, and how other pages are kept out.

import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';

let world: ServeWorld;
let serving: Serving;
let host: string;

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  host = new URL(serving.url).host;
});
afterAll(() => world.dispose());

async function freshLink(): Promise<URL> {
  const { body } = await serving.operator.send('/v1/login', { method: 'POST' });
  return new URL((body as { loginUrl: string }).loginUrl);
}

async function signIn(): Promise<string> {
  const link = await freshLink();
  const { headers } = await serving.as().send(`${link.pathname}${link.search}`);
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

describe('the login link', () => {
  it('works once', async () => {
    const { pathname, search } = new URL(serving.loginUrl);
    const first = await serving.as().send(pathname + search);
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    const again = await serving.as().send(pathname + search);
    expect(again.status).toBe(401);
    expect(again.text).toContain('LOGIN_CODE_INVALID');
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  it('sets a cookie that scripts cannot read and other sites cannot send', async () => {
    const { pathname, search } = await freshLink();
    const cookie = String((await serving.as().send(pathname + search)).headers['set-cookie']);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).not.toMatch(/Domain=/i);
  });

  it.each(['', '?code=', '?code=x', '?code=a&code=b', '?code[]=a'])(
    '%j is none',
    async (search) => {
      const answer = await serving.as().send(`/login${search}`);
      expect(answer.status).toBe(401);
    },
  );

  it('is made for the operator alone', async () => {
    expect((await serving.as().send('/v1/login', { method: 'POST' })).status).toBe(401);
  });
});

describe('the cookie', () => {
  it('opens no HTTP route: those take tokens only', async () => {
    const headers = { cookie: await signIn() };
    const answer = await serving.as().send('/v1/agent.list', { headers });
    expect(answer.status).toBe(401);
  });

  it('opens the page’s socket, and nothing less does', async () => {
    const cookie = await signIn();
    expect(await knock({ cookie })).toBe('welcome');
    expect(await knock({})).toBe('UNAUTHENTICATED');
    expect(await knock({ cookie: `${cookie}x` })).toBe('UNAUTHENTICATED');
    expect(await knock({ cookie: cookie.replace(/=.*/, '=') })).toBe('UNAUTHENTICATED');
    expect(await knock({ authorization: `Bearer ${serving.operatorToken}` })).toBe(
      'UNAUTHENTICATED',
    );
  });

  it('opens no socket for a foreign page or a foreign name', async () => {
    const cookie = await signIn();
    expect(await knock({ cookie, origin: 'https://example.com' })).toBe(403);
    expect(await knock({ cookie, origin: 'null' })).toBe(403);
    expect(await knock({ cookie, origin: `http://${host.replace(/\d+$/, '1')}` })).toBe(403);
    expect(await knock({ cookie, host: 'example.com' })).toBe(403);
  });

  it('survives a restart', async () => {
    const cookie = await signIn();
    await serving.stop();
    serving = await world.serve({ port: Number(host.split(':')[1]) });
    expect(await knock({ cookie })).toBe('welcome');
  });
});

/** The kind of the first frame, the refusal inside it, or the HTTP status it was refused with. */
function knock(headers: Record<string, string>): Promise<string | number> {
  const origin = headers.origin ?? `http://${host}`;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${host}/bridge`, { headers: { ...headers, origin } });
    const end = (answer: string | number) => {
      socket.terminate();
      resolve(answer);
    };
    socket.once('open', () =>
      socket.send(JSON.stringify({ k: 'hello', protocol: 4, sinceSeq: 0 })),
    );
    socket.once('message', (data) => {
      const frame = JSON.parse(String(data)) as { k: string; error?: { code: string } };
      end(frame.error?.code ?? frame.k);
    });
    socket.once('unexpected-response', (_request, { statusCode = 0 }) => end(statusCode));
    socket.on('error', reject);
  });
}

describe('every request', () => {
  it.each(['example.com', 'musher.local', '127.0.0.1', '127.0.0.1:1', '0.0.0.0', '[::1]:1'])(
    'to host %j is refused',
    async (name) => {
      for (const path of ['/status', '/', '/v1/agent.list', '/login?code=x']) {
        const answer = await serving.operator.send(path, { headers: { host: name } });
        expect([path, answer.status]).toEqual([path, 403]);
      }
    },
  );

  it.each(['https://example.com', 'http://127.0.0.1:1', 'null', 'file://'])(
    'from origin %j is refused, also with the operator’s token',
    async (origin) => {
      const answer = await serving.operator.send('/v1/agent.list', { headers: { origin } });
      expect([answer.status, answer.text.includes('ORIGIN_REFUSED')]).toEqual([403, true]);
    },
  );

  it('by its own name and from its own page goes on', async () => {
    for (const name of [host, host.replace('127.0.0.1', 'localhost')]) {
      const headers = { host: name, origin: `http://${name}` };
      expect((await serving.operator.send('/v1/agent.list', { headers })).status).toBe(200);
    }
  });

  it('is answered without leave for any other origin', async () => {
    const answer = await serving.operator.send('/v1/agent.list');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

it('what has a digest in its name is asked for once; all else, whether it is as it was', async () => {
  const page = await fetch(serving.url);
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const [script = ''] = /assets\/index-[\w-]+\.js/.exec(await page.text()) ?? [];
  const { status, headers } = await fetch(`${serving.url}/${script}`);
  const forEver = 'private, max-age=31536000, immutable';
  expect([status, headers.get('cache-control')]).toEqual([200, forEver]);
});

it('the page comes with a policy that lets nothing foreign in', async () => {
  const { status, headers } = await serving.as().send('/');
  expect(status).toBe(200);
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).toContain("script-src 'self'");
  expect(headers['x-content-type-options']).toBe('nosniff');
});
