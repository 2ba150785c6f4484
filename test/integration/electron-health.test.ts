// Windows that die, hang, or were on a screen that is gone; and the number that waits.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settled } from '../harness/bridge/memory-channel.ts';
import { waitUntil } from '../harness/bridge/wait-until.ts';
import { makeDesktop } from '../harness/electron/start-desktop.ts';
import type { TestDesktop } from '../harness/electron/start-desktop.ts';

let desktop: TestDesktop;

beforeEach(async () => {
  desktop = await makeDesktop();
  await desktop.start();
});
afterEach(() => desktop.remove());

describe('a page', () => {
  test('comes back when its process dies, but not for ever', () => {
    const { window } = desktop;
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
    expect(window.reloads).toBe(0);
    for (let n = 0; n < 10; n += 1)
      window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
    expect(window.reloads).toBe(3);
  });

  test('that hangs is ended and loaded again when somebody wants it', async () => {
    const { window, standIn } = desktop;
    window.emit('unresponsive');
    window.emit('unresponsive');
    await waitUntil(() => window.reloads === 1);
    expect(standIn.questions).toHaveLength(1);
    expect(standIn.questions[0]?.buttons).toEqual(['Load it again', 'Wait']);
  });

  test('that hangs is let be when somebody would rather wait, and when it has come back', async () => {
    const { window, standIn } = desktop;
    standIn.answer = async () => 1;
    window.emit('unresponsive');
    await settled();
    const late = Promise.withResolvers<number>();
    standIn.answer = () => late.promise;
    window.emit('unresponsive');
    window.emit('responsive');
    late.resolve(0);
    await settled();
    expect([standIn.questions.length, window.reloads]).toEqual([2, 0]);
  });
});

describe('a window', () => {
  test('is where it was at the next start, whole on a screen that is there', async () => {
    desktop.window.bounds = { x: 2500, y: 40, width: 1000, height: 700 };
    desktop.window.maximize();
    desktop.window.close();
    for (const [displays, bounds] of [
      [[1920, 2560], { x: 2500, y: 40, width: 1000, height: 700 }],
      [[1920], { x: 240, y: 90, width: 1440, height: 900 }],
      // A laptop at 300 %.
      [[640], { x: 0, y: 0, width: 640, height: 560 }],
    ] as const) {
      const next = await makeDesktop();
      for (const [name, value] of desktop.memory) next.memory.set(name, value);
      next.standIn.displays = displays.map((width, n) => ({
        ...{ id: n + 1 },
        workArea: { x: n * 1920, y: 0, width, height: width === 640 ? 560 : 1080 },
      }));
      await next.start();
      expect(next.window.options).toMatchObject(bounds);
      expect(next.window.isMaximized()).toBe(true);
      await next.remove();
    }
  });

  test('opens beside another of the same repository, and not on it', () => {
    desktop.standIn.clickMenu('New Window');
    const [first, second] = desktop.standIn.windows.map(({ options }) => options.x ?? 0);
    expect(second).toBe((first ?? 0) + 24);
  });
});

describe('the number that waits', () => {
  test('is on the dock, and a window calls for attention where nobody looks', () => {
    const { standIn, window } = desktop;
    desktop.setWaiting(2);
    expect([standIn.app.badge, window.isFlashing]).toEqual([2, true]);
    window.focus();
    desktop.setWaiting(3);
    expect([standIn.app.badge, window.isFlashing]).toEqual([3, false]);
    desktop.setWaiting(1);
    expect(standIn.app.badge).toBe(1);
  });

  test('is gone with the app', async () => {
    desktop.setWaiting(2);
    desktop.standIn.app.quit();
    await waitUntil(() => desktop.standIn.app.exitCode === 0);
    expect(desktop.standIn.app.badge).toBe(0);
    desktop.setWaiting(9);
    expect(desktop.standIn.app.badge).toBe(0);
  });

  test('harms nobody where the desktop has no badges', async () => {
    desktop.standIn.app.setBadgeCount = () => {
      throw new Error('no launcher');
    };
    desktop.setWaiting(2);
    desktop.standIn.app.quit();
    await waitUntil(() => desktop.standIn.app.exitCode === 0);
  });
});
