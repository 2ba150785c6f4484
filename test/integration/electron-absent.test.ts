import { afterEach, describe, expect, test } from 'vitest';
import type { DesktopDeps } from '../../main/bridge/desktop.ts';
import type { WaitingItem } from '../../preload/contract/inbox.ts';
import { batchMs } from '../../preload/contract/notice-batch.ts';
import { makeDesktop, type TestDesktop } from '../harness/electron/start-desktop.ts';

let desktop: TestDesktop;
afterEach(() => desktop.remove());

const asks = (agent: string, title: string, over: Partial<WaitingItem> = {}): WaitingItem => ({
  ...{ id: `question/${agent}`, kind: 'question', subject: agent, agent, title },
  ...{ sinceMs: 0, seq: 1, isBlocking: true },
  ...over,
});

/** Two repositories, of which `api` (`p2`) is shown by no window. */
async function started(deps: Partial<DesktopDeps> = {}) {
  desktop = await makeDesktop(deps);
  await desktop.start();
  desktop.standIn.app.emit('second-instance', {}, ['musher', '.', '/home/me/api'], '/home/me');
  await expect.poll(() => desktop.standIn.windows.length).toBe(2);
  desktop.standIn.windows[1]?.close();
  desktop.setItems('p1', []);
  desktop.setItems('p2', []);
}

const told = () => desktop.standIn.notices.filter(({ isShown }) => isShown);
const texts = () => told().map(({ options: { title, body } }) => [title, body]);

describe('what comes to wait in a repository that no window shows', () => {
  test('is told together after a moment, and a click opens it there', async () => {
    await started();
    desktop.setItems('p2', [asks('tax', 'Round up?')]);
    desktop.clock.advance(batchMs - 1);
    expect(texts()).toEqual([]);
    desktop.clock.advance(1);
    expect(texts()).toEqual([['tax asks you', 'Round up? (api)']]);
    desktop.setItems('p2', [asks('tax', 'Round up?'), asks('shop', 'Why?'), asks('ui', 'How?')]);
    desktop.clock.advance(batchMs);
    expect(texts()).toEqual([['2 questions', 'shop, ui (api)']]);
    told()[0]?.emit('click');
    const url = desktop.standIn.windows.at(-1)?.loaded.at(-1) ?? '';
    expect(url).toContain('p2');
    expect(url).toMatch(/#\/inbox$/);
  });

  test('is told as it is: nothing in it hides, and nothing breaks its line', async () => {
    await started();
    desktop.setItems('p2', [asks('tax', 'a\u202eb\n\nc'.padEnd(5_000, 'x'))]);
    desktop.clock.advance(batchMs);
    const [body = ''] = texts().map(([, text]) => text);
    expect(body).toMatch(/^a[^\u202e]+b cx+ \(api\)$/);
    expect(body.length).toBeLessThan(1_100);
  });

  test.each([
    ['is decided meanwhile', [[asks('tax', 'Now?')], []]],
    ['is put off until later', [[asks('tax', 'Now?', { snoozedUntilMs: 1 })]]],
    ['is a message', [[asks('tax', 'Hi', { kind: 'message', isBlocking: false })]]],
  ])('is not told when it %s', async (_what, seen) => {
    await started();
    for (const items of seen) desktop.setItems('p2', items);
    desktop.clock.advance(2 * batchMs);
    expect(texts()).toEqual([]);
  });

  test('is not told when it waited before the repository was opened', async () => {
    await started();
    desktop.standIn.app.emit('second-instance', {}, ['musher', '.', '/home/me/docs'], '/');
    await expect.poll(() => desktop.standIn.windows.length).toBe(3);
    desktop.setItems('p3', [asks('old', 'Old?')]);
    desktop.standIn.windows[2]?.close();
    desktop.setItems('p3', [asks('old', 'Old?')]);
    desktop.clock.advance(2 * batchMs);
    expect(texts()).toEqual([]);
  });

  test('is the page’s to tell where a window shows it, also one that opened meanwhile', async () => {
    await started();
    desktop.setItems('p1', [asks('tax', 'Now?')]);
    desktop.setItems('p2', [asks('tax', 'Now?')]);
    desktop.standIn.app.emit('second-instance', {}, ['musher', '.', '/home/me/api'], '/home/me');
    await expect.poll(() => desktop.standIn.windows.length).toBe(3);
    desktop.clock.advance(2 * batchMs);
    expect(desktop.standIn.notices).toEqual([]);
  });

  test('what is told goes when a window shows it, and at the end', async () => {
    await started();
    desktop.setItems('p2', [asks('tax', 'Now?')]);
    desktop.clock.advance(batchMs);
    expect(texts()).toHaveLength(1);
    desktop.standIn.app.emit('second-instance', {}, ['musher', '.', '/home/me/api'], '/home/me');
    await expect.poll(() => desktop.standIn.windows.length).toBe(3);
    desktop.setItems('p2', [asks('tax', 'Now?')]);
    expect(texts()).toEqual([]);
  });

  test('nobody is told who does not want to be, or whose system has no notices', async () => {
    await started();
    desktop.standIn.hasNotices = false;
    desktop.setItems('p2', [asks('tax', 'Now?')]);
    desktop.clock.advance(batchMs);
    desktop.standIn.hasNotices = true;
    desktop.standIn.clickMenu('Notify When No Window Shows the Repository', false);
    desktop.setItems('p2', [asks('ui', 'How?')]);
    desktop.clock.advance(batchMs);
    expect(desktop.standIn.notices).toEqual([]);
  });
});

describe('the last window', () => {
  const label = 'Keep Running When the Last Window Closes';
  const close = () => desktop.standIn.windows[0]?.close();

  test('ends the app, unless it is to stay beside the clock', async () => {
    desktop = await makeDesktop({ platform: 'linux' });
    await desktop.start();
    desktop.standIn.clickMenu(label, true);
    close();
    expect(desktop.hub).toEqual(['opened']);
    desktop.standIn.trays[0]?.choose('Show Musher');
    expect(desktop.standIn.windows).toHaveLength(2);
    desktop.standIn.clickMenu(label, false);
    desktop.standIn.windows[1]?.close();
    await expect.poll(() => desktop.standIn.app.exitCode).toBe(0);
  });

  test.each([
    ['where nothing stands beside the clock', 'linux', false],
    ['on macOS, where apps stay anyway', 'darwin', true],
  ] as const)('the choice is not offered %s', async (_, platform, hasTray) => {
    desktop = await makeDesktop({ platform });
    desktop.standIn.hasTray = hasTray;
    desktop.memory.set('keep running without a window', 'yes');
    await desktop.start();
    expect(() => desktop.standIn.clickMenu(label, true)).toThrow(label);
    close();
    if (platform === 'darwin') expect(desktop.hub).toEqual(['opened']);
    else await expect.poll(() => desktop.standIn.app.exitCode).toBe(0);
  });
});
