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

  test('the user is asked for a folder when none was named; who names none ends it', async () => {
    const asked: unknown[] = [];
    const openMusher: DesktopDeps['openMusher'] = async (chooseFolder) => {
      asked.push(await chooseFolder());
      return undefined;
    };
    const { standIn } = await make({ openMusher });
    standIn.chosenFolders = ['/home/me/repo'];
    await desktop.start();
    expect(asked).toEqual(['/home/me/repo']);
    await waitUntil(() => standIn.app.exitCode === 0);
  });
});

describe('a second start', () => {
  test('brings the window to the front and hands over what it was asked', async () => {
    const handedOver: unknown[] = [];
    const { window, standIn } = await started({
      onSecondInstance: (argv, folder) => void handedOver.push([argv, folder]),
    });
    window.minimize();
    standIn.app.emit('second-instance', {}, ['electron', '.', '--repo', 'b'], '/home/me');
    expect([window.isMinimized(), window.isShown, window.isFocused]).toEqual([false, true, true]);
    expect(handedOver).toEqual([[['electron', '.', '--repo', 'b'], '/home/me']]);
    expect(standIn.windows).toHaveLength(1);
    expect(standIn.errorBoxes).toEqual([]);
  });

  test('for something else is told why nothing opens', async () => {
    const { standIn } = await started({ onSecondInstance: () => 'It has a open.' });
    standIn.app.emit('second-instance', {}, [], '/');
    expect(standIn.errorBoxes).toEqual([
      { title: 'Musher is open already', content: 'It has a open.' },
    ]);
  });

  test('that comes before the hub is open opens nothing by itself', async () => {
    const { standIn } = await make({ openMusher: () => new Promise(() => {}) });
    void desktop.start();
    await settled();
    standIn.app.emit('second-instance', {}, [], '/');
    standIn.app.emit('activate');
    expect(standIn.windows).toEqual([]);
  });
});

describe('quit', () => {
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
        return openMusher(async () => undefined);
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
