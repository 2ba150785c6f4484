// Repositories and places that are asked for from outside: a second start, a folder that is dropped, a link, the menu.

import { resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { settled } from '../harness/bridge/memory-channel.ts';
import { makeDesktop } from '../harness/electron/start-desktop.ts';
import type { TestDesktop } from '../harness/electron/start-desktop.ts';

let desktop: TestDesktop;
async function started() {
  desktop = await makeDesktop();
  await desktop.start();
  return desktop;
}
afterEach(() => desktop.remove());

const second = async (...argv: string[]) => {
  desktop.standIn.app.emit('second-instance', {}, ['electron', '.', ...argv], '/home/me');
  await settled();
};
const event = { preventDefault() {} };
const shown = () => desktop.standIn.windows.map(({ webContents }) => webContents.url);

describe('a second start', () => {
  test('brings the window to the front', async () => {
    const { window, standIn } = await started();
    window.minimize();
    await second();
    expect([window.isMinimized(), window.isShown, window.isFocused()]).toEqual([false, true, true]);
    expect([standIn.windows.length, standIn.errorBoxes]).toEqual([1, []]);
  });

  test('hands its repository to the first, which shows it in a window of its own', async () => {
    const { standIn } = await started();
    await second('--repo', 'api');
    await second('--repo', '/home/me/api');
    await second('--repo', 'shop');
    expect(shown()).toEqual(['musher://app/?project=p1', 'musher://app/?project=p2']);
    expect(standIn.windows.map((one) => one.isFocused())).toEqual([true, true]);
    expect(standIn.app.recentDocuments).toContain(resolve('/home/me/api'));
  });

  test('for what is no repository is told so, and nothing changes', async () => {
    const { standIn } = await started();
    await second('--repo', 'nowhere');
    expect(standIn.errorBoxes).toEqual([
      {
        title: 'This cannot be opened',
        content: expect.stringMatching(/nowhere is not in a git repository\. Run `git init`/),
      },
    ]);
    expect(shown()).toHaveLength(1);
  });

  test('for the demo is told why there is none', async () => {
    const { standIn } = await started();
    await second('--demo');
    expect(standIn.errorBoxes[0]?.content).toMatch(/musher serve --demo/);
  });

  test('that comes before the hub is open waits for it', async () => {
    desktop = await makeDesktop();
    const opening = Promise.withResolvers<void>();
    const { openMusher } = desktop.deps;
    Object.assign(desktop.deps, {
      openMusher: async () => {
        await opening.promise;
        return openMusher(async () => undefined, undefined);
      },
    });
    const done = desktop.start();
    await settled();
    await second('--repo', 'api');
    desktop.standIn.app.emit('activate');
    expect(shown()).toEqual([]);
    opening.resolve();
    await done;
    await settled();
    expect(shown()).toEqual(['musher://app/?project=p1', 'musher://app/?project=p2']);
  });
});

describe('a folder that is dropped on the app', () => {
  test('is the first repository where the app starts by it', async () => {
    desktop = await makeDesktop();
    const done = desktop.start();
    desktop.standIn.app.emit('open-file', event, '/home/me/api');
    await done;
    expect(desktop.standIn.app.recentDocuments).toEqual(['/home/me/api']);
  });

  test('opens beside what is open', async () => {
    await started();
    desktop.standIn.app.emit('open-file', event, '/home/me/api');
    await settled();
    expect(shown()).toEqual(['musher://app/?project=p1', 'musher://app/?project=p2']);
  });
});

describe('a link', () => {
  const follow = async (link: string) => {
    desktop.standIn.app.emit('open-url', event, link);
    await settled();
  };

  test('is what the system brings to the app that is installed, and not to one that is worked on', async () => {
    await started();
    expect(desktop.standIn.app.protocolClients).toEqual([]);
    await desktop.remove();
    desktop = await makeDesktop({ isByElectron: false });
    await desktop.start();
    expect(desktop.standIn.app.protocolClients).toEqual(['musher']);
  });

  test('shows its place, in the window that is there', async () => {
    const { window } = await started();
    await follow('musher://show/review/approval/a-3');
    expect(window.loaded).toEqual([
      'musher://app/?project=p1',
      'musher://app/?project=p1#/review/approval/a-3',
    ]);
    expect(window.isFocused()).toBe(true);
  });

  test('comes by a second start where the system has no other way', async () => {
    await started();
    await second('musher://show/inbox');
    expect(shown()).toEqual(['musher://app/?project=p1#/inbox']);
  });

  test('opens a repository that was open before, and no other', async () => {
    const { standIn } = await started();
    await second('--repo', '/home/me/api');
    standIn.windows[1]?.close();
    await follow('musher://show/inbox?repo=/home/me/api');
    expect(standIn.windows[2]?.webContents.url).toBe('musher://app/?project=p2#/inbox');
    await follow('musher://show/inbox?repo=/home/me/evil');
    expect(standIn.windows).toHaveLength(3);
    expect(standIn.errorBoxes.at(-1)).toEqual({
      title: 'This link opens nothing',
      content: expect.stringContaining('which was not opened before'),
    });
  });

  test.each([
    'musher://run/agent',
    'musher://show/inbox?command=x',
    `musher://show/${'x'.repeat(5_000)}`,
  ])('that is none is told, and opens nothing: %.40s', async (link) => {
    const { standIn, window } = await started();
    await follow(link);
    expect(standIn.errorBoxes[0]?.title).toBe('This link opens nothing');
    expect(standIn.errorBoxes[0]?.content.length).toBeLessThan(300);
    expect(window.loaded).toHaveLength(1);
  });
});

describe('the menu', () => {
  test('opens a second window of the repository that is in front', async () => {
    await started();
    await second('--repo', '/home/me/api');
    desktop.standIn.clickMenu('New Window');
    expect(shown().map((url) => url.slice(-2))).toEqual(['p1', 'p2', 'p2']);
    desktop.standIn.app.emit('open-url', event, 'musher://show/inbox');
    await settled();
    expect(shown().filter((url) => url.endsWith('p2#/inbox'))).toHaveLength(1);
  });

  test('opens the folder that is chosen, and has it among the recent ones', async () => {
    const { standIn } = await started();
    standIn.chosenFolders = ['/home/me/R&D'];
    standIn.clickMenu('Open Repository…');
    await settled();
    expect(shown()).toHaveLength(2);
    expect(standIn.menuLabels('Open Recent')).toEqual([
      'R&&D  /home/me',
      'shop  /home/me',
      'Forget Them',
    ]);
    standIn.windows[1]?.close();
    standIn.clickMenu('R&&D  /home/me');
    await settled();
    expect(standIn.windows[2]?.webContents.url).toBe('musher://app/?project=p2');
    standIn.clickMenu('Forget Them');
    expect(standIn.menuLabels('Open Recent')).toEqual(['Forget Them']);
    expect(standIn.app.recentDocuments).toEqual([]);
  });

  test('leads to the settings in the window that is in front', async () => {
    const { standIn } = await started();
    standIn.clickMenu('Settings…');
    expect(shown()).toEqual([expect.stringMatching(/#\/settings$/)]);
  });

  test('has all repositories share one window when that is wanted', async () => {
    const { standIn } = await started();
    standIn.clickMenu('One Window for All Repositories', true);
    await second('--repo', '/home/me/api');
    expect(shown()).toEqual(['musher://app/?project=p2']);
  });
});
