import { afterEach, describe, expect, test } from 'vitest';
import { musherError } from '../../main/base/result.ts';
import type { DesktopDeps } from '../../main/bridge/desktop.ts';
import { settled } from '../harness/bridge/memory-channel.ts';
import { waitUntil } from '../harness/bridge/wait-until.ts';
import { makeDesktop } from '../harness/electron/start-desktop.ts';
import type { TestDesktop } from '../harness/electron/start-desktop.ts';

let desktop: TestDesktop;

async function make(deps?: Partial<DesktopDeps>) {
  desktop = await makeDesktop(deps);
  return desktop;
}

async function started(deps?: Partial<DesktopDeps>) {
  await make(deps);
  await desktop.start();
  return desktop;
}

afterEach(() => desktop.remove());

describe('start', () => {
  test('opens the hub, then one window', async () => {
    const { hub, standIn } = await started();
    expect(hub).toEqual(['opened']);
    expect(standIn.windows).toHaveLength(1);
  });

  test('where another instance has the lock it ends without opening the hub', async () => {
    const { hub, standIn } = await make();
    standIn.app.hasLock = false;
    await desktop.start();
    expect(standIn.app.exitCode).toBe(0);
    expect(hub).toEqual([]);
    expect(standIn.windows).toEqual([]);
  });

  test('a repository that does not open is told with what to do, and ends it', async () => {
    const openMusher = async () => {
      throw musherError('REPOSITORY_INVALID', { path: '/tmp/x' });
    };
    const { standIn } = await started({ openMusher });
    expect(standIn.errorBoxes).toEqual([
      {
        title: 'Musher cannot start',
        content:
          '/tmp/x is not in a git repository. Run `git init` there, or name another folder with --repo.',
      },
    ]);
    expect(standIn.app.exitCode).toBe(1);
    expect(standIn.windows).toEqual([]);
  });

  test('without a repository shows where to choose one, and then that in the same window', async () => {
    await make();
    const openMusher = async () => ({ ...desktop.musher, welcome: desktop.door });
    Object.assign(desktop.deps, { openMusher });
    await desktop.start();
    const { standIn, window } = desktop;
    expect(window.loaded).toEqual(['musher://app/welcome.html']);
    standIn.clickMenu('Welcome');
    standIn.app.emit('activate');
    standIn.chosenFolders = ['/home/me/repo'];
    standIn.clickMenu('Open Repository…');
    await waitUntil(() => window.loaded.length === 2);
    expect(window.loaded[1]).toBe('musher://app/?project=p1');
    standIn.clickMenu('Welcome');
    expect(standIn.windows.map(({ webContents }) => webContents.url)).toEqual([
      'musher://app/?project=p1',
      'musher://app/welcome.html',
    ]);
    // Where it was is remembered of what it shows.
    window.close();
    expect([...desktop.memory.keys()]).toContain('window /home/me/repo');
  });

  test('a folder is asked for by the system’s own dialog', async () => {
    const asked: unknown[] = [];
    const openMusher: DesktopDeps['openMusher'] = async (chooseFolder) => {
      asked.push(await chooseFolder());
      return desktop.musher;
    };
    const { standIn } = await make({ openMusher });
    standIn.chosenFolders = ['/home/me/repo'];
    await desktop.start();
    expect(asked).toEqual(['/home/me/repo']);
  });
});

describe('quit', () => {
  test('says who works on, and lets them, stops them, or stays', async () => {
    const { standIn, window } = await started();
    desktop.running = ['ada', 'bob'];
    standIn.answer = async () => 2;
    standIn.app.quit();
    await waitUntil(() => window.isFocused());
    expect(standIn.questions[0]).toMatchObject({
      message: '2 agents go on working after Musher quits',
      detail: 'ada, bob. What they ask waits until Musher runs again.',
      buttons: ['Quit', 'Stop the agents and quit', 'Cancel'],
    });
    expect([desktop.hub, standIn.app.exitCode]).toEqual([['opened'], undefined]);
    standIn.answer = async () => 1;
    standIn.app.quit();
    await waitUntil(() => standIn.app.exitCode === 0);
    expect(desktop.hub).toEqual(['opened', 'closing with agents', 'closed']);
  });

  test('asks once, however often it is asked for', async () => {
    const { standIn } = await started();
    desktop.running = ['ada'];
    const answer = Promise.withResolvers<number>();
    standIn.answer = () => answer.promise;
    standIn.app.quit();
    await waitUntil(() => standIn.questions.length === 1);
    standIn.app.quit();
    answer.resolve(0);
    await waitUntil(() => standIn.app.exitCode === 0);
    expect(standIn.questions).toHaveLength(1);
    expect(desktop.hub).toEqual(['opened', 'closing', 'closed']);
  });

  test('goes on where the question cannot be asked', async () => {
    const { standIn } = await started();
    desktop.running = ['ada'];
    standIn.answer = () => Promise.reject(new Error('no dialogs here'));
    standIn.app.quit();
    await waitUntil(() => standIn.app.exitCode === 0);
    expect(desktop.hub).toEqual(['opened', 'closing', 'closed']);
  });

  test('names six of many', async () => {
    const { standIn } = await started();
    desktop.running = Array.from({ length: 9 }, (_, n) => `a${n}`);
    standIn.app.quit();
    await waitUntil(() => standIn.questions.length === 1);
    expect(standIn.questions[0]?.detail).toMatch(/^a0, a1, a2, a3, a4, a5 and 3 more\. /);
  });

  test('is not asked about where nobody can answer: a signal, or the machine that shuts down', async () => {
    for (const end of ['signal', 'shutdown']) {
      const desk = await makeDesktop();
      const running = await desk.start();
      desk.running = ['ada'];
      if (end === 'signal') running.end();
      else desk.standIn.power.emit('shutdown');
      await waitUntil(() => desk.standIn.app.exitCode === 0);
      expect([desk.standIn.questions, desk.hub]).toEqual([[], ['opened', 'closing', 'closed']]);
      await desk.remove();
    }
    await make();
  });

  test('does not wait for a terminal host that hangs before it asks', async () => {
    const { standIn, clock, musher } = await make();
    const never = { ...musher, runningAgents: () => new Promise<never>(() => {}) };
    Object.assign(desktop.deps, { openMusher: async () => never });
    await desktop.start();
    standIn.app.quit();
    await settled();
    clock.advance(2_000);
    await waitUntil(() => standIn.app.exitCode === 0);
    expect(standIn.questions).toEqual([]);
  });

  test('closes the hub before the process ends', async () => {
    const { standIn, hub, window } = await started();
    const closing = Promise.withResolvers<void>();
    desktop.close = () => closing.promise;
    window.show();
    standIn.app.quit();
    standIn.app.quit();
    await settled();
    expect([hub, standIn.app.exitCode, window.isShown]).toEqual([
      ['opened', 'closing'],
      undefined,
      false,
    ]);
    closing.resolve();
    await waitUntil(() => standIn.app.exitCode !== undefined);
    expect([hub, standIn.app.exitCode]).toEqual([['opened', 'closing', 'closed'], 0]);
    expect(desktop.clock.pending()).toEqual([]);
  });

  test('is not held up by a hub that hangs', async () => {
    const { standIn, clock } = await started();
    desktop.close = () => new Promise(() => {});
    standIn.app.quit();
    await settled();
    clock.advance(14_999);
    await settled();
    expect(standIn.app.exitCode).toBeUndefined();
    clock.advance(1);
    await waitUntil(() => standIn.app.exitCode === 1);
  });

  test('ends with 1 when the hub does not close cleanly', async () => {
    const { standIn } = await started();
    desktop.close = () => Promise.reject(new Error('disk full'));
    standIn.app.quit();
    await waitUntil(() => standIn.app.exitCode === 1);
  });

  test('in the middle of the start closes what opens after it', async () => {
    const opening = Promise.withResolvers<void>();
    await make();
    const { openMusher } = desktop.deps;
    Object.assign(desktop.deps, {
      openMusher: async () => {
        await opening.promise;
        return openMusher(async () => undefined, undefined);
      },
    });
    const done = desktop.start();
    await settled();
    desktop.standIn.app.quit();
    opening.resolve();
    await done;
    await waitUntil(() => desktop.standIn.app.exitCode === 0);
    expect(desktop.hub).toEqual(['opened', 'closing', 'closed']);
    expect(desktop.standIn.windows).toEqual([]);
  });

  test('before Electron is ready never opens the hub', async () => {
    await make();
    const done = (async () => {
      const start = desktop.start();
      desktop.standIn.app.quit();
      await start;
    })();
    await done;
    await waitUntil(() => desktop.standIn.app.exitCode === 0);
    expect(desktop.hub).toEqual([]);
  });
});

describe('the last window', () => {
  test('ends the app', async () => {
    const { window, standIn } = await started();
    window.close();
    await waitUntil(() => standIn.app.exitCode === 0);
  });

  test('on macOS leaves it, and the dock opens another', async () => {
    const { window, standIn } = await started({ platform: 'darwin' });
    window.close();
    await settled();
    expect(standIn.app.exitCode).toBeUndefined();
    standIn.app.emit('activate');
    expect(standIn.windows.filter((one) => !one.isDestroyed())).toHaveLength(1);
  });
});
