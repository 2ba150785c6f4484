import { expect, it } from 'vitest';
import { TestClock } from '../../../test/harness/clock.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import { welcomeDoor } from './index.ts';
import type { WelcomePorts } from './ports.ts';

const plain = toWireError('REPOSITORY_INVALID', { path: '/home/me/notes' });

function doorOn(ports: Partial<WelcomePorts> = {}) {
  const clock = new TestClock();
  const done: string[] = [];
  const door = welcomeDoor(
    {
      ...{ host: 'browser', home: '/home/me', asked: undefined, choose: undefined },
      look: async (path) => ({ path, kind: 'folder', refusal: plain }),
      folders: async () => ({ folders: [], isCut: false }),
      recent: () => [],
      forget: (path) => void done.push(`forgot ${path}`),
      places: () => [],
      programs: async () => [],
      async open(path) {
        done.push(`opened ${path}`);
        return { project: 'p1', root: path };
      },
      make: async (path) => void done.push(`made ${path}`),
      openDemo: async () => ({ project: 'demo', root: '/tmp/demo' }),
      demoObstacle: () => undefined,
      ...ports,
    },
    clock,
  );
  const { signal } = new AbortController();
  const ask = (type: string, data: object = {}) => door.query({ type, data, signal }, 'operator');
  const run = (type: string, data: object = {}, id?: string) =>
    door.dispatch({ type, data, ...(id !== undefined && { id }) }, 'operator');
  return { door, clock, done, ask, run };
}

it.each([
  ['agent.add', 'NOT_FOUND'],
  ['constructor', 'NOT_FOUND'],
  ['__proto__', 'NOT_FOUND'],
  ['welcome.open', 'BODY_INVALID'],
])('%s without data is refused with %s', async (type, code) => {
  await expect(doorOn().run(type)).rejects.toMatchObject({ wire: { code } });
});

it('is for the operator alone', async () => {
  const { door } = doorOn();
  const opened = door.dispatch({ type: 'welcome.open', data: { path: '/x' } }, 'agent:ada');
  await expect(opened).rejects.toMatchObject({ wire: { code: 'FORBIDDEN' } });
});

it('a command that comes again after a lost connection is done once', async () => {
  const { run, done } = doorOn();
  const first = await run('welcome.open', { path: '/home/me/shop' }, 'page-12345678');
  expect(await run('welcome.open', { path: '/home/me/shop' }, 'page-12345678')).toBe(first);
  expect(done).toEqual(['opened /home/me/shop']);
});

it('makes a folder a repository only where that is one for itself', async () => {
  const { run, done } = doorOn();
  await expect(run('welcome.make', { path: '/home/me' })).rejects.toMatchObject({
    wire: { code: 'FOLDER_TOO_WIDE' },
  });
  expect(done).toEqual([]);
  const file = doorOn({ look: async (path) => ({ path, kind: 'file' }) });
  await expect(file.run('welcome.make', { path: '/home/me/a.txt' })).rejects.toMatchObject({
    wire: { code: 'REPOSITORY_MISSING' },
  });
});

it('makes one that is there already no second time', async () => {
  const repository = { root: '/home/me/shop', commonDir: '/home/me/shop/.git', isOpenHere: false };
  const { run, done } = doorOn({ look: async (path) => ({ path, kind: 'folder', repository }) });
  const { result } = await run('welcome.make', { path: '/home/me/shop/src' });
  expect([result, done]).toEqual([{ root: '/home/me/shop' }, []]);
});

it('a folder that does not answer is called off, told, and holds up no other', async () => {
  const gone: string[] = [];
  const { ask, clock } = doorOn({
    recent: () => ['/far', '/near'],
    look: (path, signal) =>
      path === '/near'
        ? Promise.resolve({ path, kind: 'none' })
        : new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              gone.push(path);
              reject(signal.reason);
            });
          }),
  });
  const looked = ask('welcome.look');
  const checked = ask('welcome.check', { path: '/far' });
  checked.catch(() => undefined);
  await clock.advance(10_000);
  expect(await looked).toMatchObject({
    recent: [
      { path: '/far', state: 'refused', said: expect.stringContaining('longer than 4 s') },
      { path: '/near', state: 'gone' },
    ],
  });
  await expect(checked).rejects.toMatchObject({ wire: { code: 'WELCOME_TIMEOUT' } });
  expect(gone).toEqual(['/far', '/far']);
});

it('the demo says what is in its way, and a browser has no dialog', async () => {
  const obstacle = toWireError('DEMO_BESIDE', { path: '/home/me/shop' });
  const { run, ask } = doorOn({ demoObstacle: () => obstacle });
  await expect(run('welcome.demo')).rejects.toMatchObject({ wire: { code: 'DEMO_BESIDE' } });
  await expect(ask('welcome.choose')).rejects.toMatchObject({ wire: { code: 'NOT_FOUND' } });
});
