import { afterEach, describe, expect, test } from 'vitest';
import type { DesktopDeps } from '../../main/bridge/desktop.ts';
import { waitUntil } from '../harness/bridge/wait-until.ts';
import { makeDesktop, type TestDesktop } from '../harness/electron/start-desktop.ts';

let desktop: TestDesktop;

async function started(
  deps: Partial<DesktopDeps> = {},
  lacks: Partial<Pick<TestDesktop['standIn'], 'hasTray' | 'hasIcons'>> = {},
) {
  desktop = await makeDesktop(deps);
  Object.assign(desktop.standIn, lacks);
  await desktop.start();
  const [tray] = desktop.standIn.trays;
  return { ...desktop.standIn, tray };
}

afterEach(() => desktop.remove());

describe('beside the clock', () => {
  test('stands how much waits, as it changes, and the way to it', async () => {
    const { tray, windows } = await started();
    expect(tray?.toolTip).toBe('Nothing waits for you');
    desktop.setWaiting(1);
    expect(tray?.toolTip).toBe('One thing waits for you');
    desktop.setWaiting(3);
    expect(tray?.toolTip).toBe('3 things wait for you');
    tray?.choose('3 things wait for you');
    await waitUntil(() => windows.at(-1)?.loaded.at(-1)?.includes('#/inbox') === true);
  });

  test('a click shows the app, but on macOS, where it opens the menu', async () => {
    const { tray, windows } = await started({ platform: 'win32' });
    let focused = 0;
    windows[0]?.on('focus', () => focused++);
    tray?.emit('click');
    expect(focused).toBe(1);
    await desktop.remove();
    const mac = await started({ platform: 'darwin' });
    desktop.setWaiting(2);
    expect(mac.tray).toMatchObject({ title: '2' });
    expect(mac.tray?.listenerCount('click')).toBe(0);
    expect(desktop.standIn.templates).toEqual(['/app/icons/trayTemplate.png']);
  });

  test('nothing stands after the end', async () => {
    const { tray, app } = await started();
    app.quit();
    await waitUntil(() => app.exitCode === 0);
    expect(tray?.isDestroyed).toBe(true);
  });

  test.each([
    ['a desktop without a place for it', { hasTray: false }],
    ['an icon that cannot be read', { hasIcons: false }],
  ])('%s has none, and all else', async (_, lacks) => {
    const { tray, windows } = await started({}, lacks);
    expect(tray).toBeUndefined();
    expect(windows).toHaveLength(1);
    desktop.setWaiting(2);
    expect(desktop.standIn.app.badge).toBe(2);
  });
});

describe('what whoever helps will ask for', () => {
  test('crashes are kept on this machine from before the first window on', async () => {
    await started();
    expect(desktop.standIn.crashReports).toEqual([{ uploadToServer: false }]);
  });

  test('diagnostics are copied, and it is said what is in them', async () => {
    const { copied, questions } = await started();
    desktop.standIn.clickMenu('Copy Diagnostics');
    await waitUntil(() => questions.length === 1);
    expect(copied).toEqual(['Musher 1.2.3 …']);
    expect(questions[0]).toMatchObject({ message: 'Diagnostics are copied' });
  });

  test('where they cannot be had, it is said why', async () => {
    const text = () => Promise.reject(new Error('the disk is gone'));
    await started({ diagnostics: { logPath: '/logs/desktop.log', text } });
    desktop.standIn.clickMenu('Copy Diagnostics');
    await waitUntil(() => desktop.standIn.errorBoxes.length === 1);
    expect(desktop.standIn.errorBoxes[0]).toEqual({
      title: 'Diagnostics were not copied',
      content: 'the disk is gone',
    });
  });

  test('logs are shown where they lie', async () => {
    const { shownItems } = await started();
    desktop.standIn.clickMenu('Show Logs');
    expect(shownItems).toEqual(['/logs/desktop.log']);
  });
});
