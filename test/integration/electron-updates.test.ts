import { afterEach, describe, expect, test } from 'vitest';
import type { DesktopDeps } from '../../main/bridge/desktop.ts';
import { waitUntil } from '../harness/bridge/wait-until.ts';
import { FakeUpdater } from '../harness/electron/fake-updater.ts';
import { makeDesktop, type TestDesktop } from '../harness/electron/start-desktop.ts';

const minute = 60_000;
const next = { version: '1.3.0', releaseNotes: '<h2>New</h2><ul><li>A &amp; B</li></ul>' };

let desktop: TestDesktop;
let updater: FakeUpdater;

async function started(deps: Partial<DesktopDeps> = {}, remembered: [string, string][] = []) {
  updater = new FakeUpdater();
  desktop = await makeDesktop({ updater, ...deps });
  for (const [name, value] of remembered) desktop.memory.set(name, value);
  await desktop.start();
}

/** A newer version was found and fetched. */
async function ready(deps: Partial<DesktopDeps> = {}) {
  await started(deps);
  updater.found = next;
  desktop.clock.advance(minute);
  updater.fetched();
}

const help = () => desktop.standIn.menuLabels('help');

afterEach(() => desktop.remove());

describe('looking', () => {
  test('half a minute after the start and every six hours, without a word while there is nothing', async () => {
    await started();
    expect(updater).toMatchObject({ channel: 'latest', allowDowngrade: false, checks: 0 });
    desktop.clock.advance(minute);
    expect(updater.checks).toBe(1);
    desktop.clock.advance(12 * 60 * minute);
    expect(updater.checks).toBe(3);
    expect(desktop.standIn.questions).toEqual([]);
    expect(desktop.standIn.notices).toEqual([]);
  });

  test('not at all where the operator does not want it, unless asked', async () => {
    await started();
    desktop.standIn.clickMenu('Look for Updates by Itself', false);
    desktop.clock.advance(12 * 60 * minute);
    expect(updater.checks).toBe(0);
    desktop.standIn.clickMenu('Check for Updates…');
    await waitUntil(() => desktop.standIn.questions.length === 1);
    expect(desktop.standIn.questions[0]).toMatchObject({
      message: 'Musher 1.2.3 is the newest version',
    });
  });

  test('beta versions are taken where the operator wants them, and lead to no older one', async () => {
    await started();
    desktop.standIn.clickMenu('Take Beta Versions', true);
    expect(updater).toMatchObject({
      channel: 'beta',
      allowPrerelease: true,
      allowDowngrade: false,
    });
    expect(updater.checks).toBe(1);
  });

  test('a failure is told to who asked, once, and to nobody else', async () => {
    await started();
    updater.found = new Error('net::ERR_NAME_NOT_RESOLVED');
    desktop.clock.advance(minute);
    await waitUntil(() => help().includes('Check for Updates…'));
    expect(desktop.standIn.questions).toEqual([]);
    desktop.standIn.clickMenu('Check for Updates…');
    await waitUntil(() => desktop.standIn.questions.length > 0);
    expect(desktop.standIn.questions).toHaveLength(1);
    expect(desktop.standIn.questions[0]?.detail).toContain('net::ERR_NAME_NOT_RESOLVED');
  });

  test('where the app says nowhere to look there is nothing of it in the menu', async () => {
    await started({ updater: undefined });
    expect(help()).toEqual(['Copy Diagnostics', 'Show Logs']);
  });
});

describe('one that is fetched', () => {
  test('is told while it comes and when it is there, and restarts nothing', async () => {
    await started();
    updater.found = next;
    desktop.clock.advance(minute);
    updater.emit('download-progress', { percent: 43.7 });
    expect(help()).toContain('Fetching Musher 1.3.0: 43 %');
    updater.fetched();
    expect(help()).toContain('Restart to Update to 1.3.0…');
    expect(desktop.standIn.notices[0]?.options.title).toBe('Musher 1.3.0 is ready');
    desktop.clock.advance(24 * 60 * minute);
    expect(updater.installs).toEqual([]);
    expect(desktop.hub).toEqual(['opened']);
    // Not told anew at each look.
    expect(desktop.standIn.notices).toHaveLength(1);
  });

  test('is put in place after the hub is closed, when the operator says so; agents go on', async () => {
    await ready({ platform: 'darwin' });
    desktop.running = ['ada'];
    desktop.standIn.answer = async () => 0;
    desktop.standIn.notices[0]?.emit('click');
    await waitUntil(() => updater.installs.length === 1);
    expect(desktop.standIn.questions[0]).toMatchObject({
      message: 'Restart to update to Musher 1.3.0?',
      detail: 'One agent goes on working meanwhile: ada.',
      buttons: ['Restart', 'Later'],
    });
    expect(updater.installs).toEqual([{ isRestarted: true }]);
    expect(desktop.hub).toEqual(['opened', 'closing', 'closed']);
    // Whoever puts it in place ends the app; where that fails, it ends all the same.
    expect(desktop.standIn.app.exitCode).toBeUndefined();
    desktop.clock.advance(minute);
    expect(desktop.standIn.app.exitCode).toBe(0);
  });

  test('where a program that runs cannot be replaced, agents are stopped for it, and that is said', async () => {
    await ready({ platform: 'win32' });
    desktop.running = ['ada', 'bob'];
    desktop.standIn.answer = async () => 0;
    desktop.standIn.clickMenu('Restart to Update to 1.3.0…');
    await waitUntil(() => updater.installs.length === 1);
    expect(desktop.standIn.questions[0]).toMatchObject({
      detail:
        '2 agents are stopped for it: ada, bob. Started again, they take up their conversations.',
      buttons: ['Stop them and restart', 'Later'],
    });
    expect(desktop.hub).toEqual(['opened', 'closing with agents', 'closed']);
  });

  test.each<[string, Partial<DesktopDeps>]>([
    ['Windows', { platform: 'win32' }],
    ['an AppImage', { platform: 'linux', isAppImage: true }],
  ])('on %s agents go on where their terminals have a program of their own', async (_, deps) => {
    await ready(deps);
    desktop.running = ['ada'];
    desktop.apart = { isApart: true };
    desktop.standIn.answer = async () => 0;
    desktop.standIn.clickMenu('Restart to Update to 1.3.0…');
    await waitUntil(() => updater.installs.length === 1);
    expect(desktop.standIn.questions[0]).toMatchObject({
      detail: 'One agent goes on working meanwhile: ada.',
      buttons: ['Restart', 'Later'],
    });
    expect(desktop.hub).toEqual(['opened', 'closing', 'closed']);
  });

  test('why they have none is said; one that cannot be asked counts as none', async () => {
    await ready({ platform: 'win32' });
    desktop.running = ['ada'];
    desktop.apart = { isApart: false, why: 'it takes 210 MB, and 90 MB are free' };
    desktop.standIn.answer = async () => 1;
    desktop.standIn.clickMenu('Restart to Update to 1.3.0…');
    await waitUntil(() => desktop.standIn.questions.length === 1);
    const stopped =
      'One agent is stopped for it: ada. Started again, they take up their conversations.';
    const why =
      ' Their terminals have no program of their own: it takes 210 MB, and 90 MB are free.';
    expect(desktop.standIn.questions[0]).toMatchObject({ detail: stopped + why });
    desktop.apart = Promise.reject(new Error('silent'));
    desktop.standIn.clickMenu('Restart to Update to 1.3.0…');
    await waitUntil(() => desktop.standIn.questions.length === 2);
    expect(desktop.standIn.questions[1]).toMatchObject({ detail: stopped });
    expect(updater.installs).toEqual([]);
  });

  test('waits when the operator would rather not', async () => {
    await ready();
    desktop.standIn.answer = async () => 1;
    desktop.standIn.clickMenu('Restart to Update to 1.3.0…');
    await waitUntil(() => desktop.standIn.questions.length === 1);
    expect(updater.installs).toEqual([]);
    expect(desktop.hub).toEqual(['opened']);
  });

  test.each<[string, Partial<DesktopDeps>, string[], object[]]>([
    ['Windows, nothing at work', { platform: 'win32' }, [], [{ isRestarted: false }]],
    ['Windows, agents that live in the app’s program', { platform: 'win32' }, ['ada'], []],
    ['an AppImage', { platform: 'linux', isAppImage: true }, [], [{ isRestarted: false }]],
    ['a package, which asks for a password', { platform: 'linux' }, [], []],
    ['macOS, which does it by itself', { platform: 'darwin' }, ['ada'], []],
  ])('at a quit of %s', async (...[, deps, running, installs]) => {
    await ready(deps);
    desktop.running = running;
    desktop.standIn.answer = async () => 0;
    desktop.standIn.app.quit();
    await waitUntil(() => desktop.hub.includes('closed'));
    desktop.clock.advance(minute);
    await waitUntil(() => desktop.standIn.app.exitCode === 0);
    expect(updater.installs).toEqual(installs);
  });

  test('is put in place at a quit under agents that have a program of their own', async () => {
    await ready({ platform: 'win32' });
    desktop.running = ['ada'];
    desktop.apart = { isApart: true };
    desktop.standIn.answer = async () => 0;
    desktop.standIn.app.quit();
    await waitUntil(() => updater.installs.length === 1);
    expect(updater.installs).toEqual([{ isRestarted: false }]);
    expect(desktop.hub).toEqual(['opened', 'closing', 'closed']);
  });

  test('where it is not known who works, nothing is put in place by a quit, and a restart says so', async () => {
    await ready({ platform: 'win32' });
    desktop.running = Promise.reject(new Error('the terminal host is silent'));
    desktop.standIn.answer = async () => 1;
    desktop.standIn.clickMenu('Restart to Update to 1.3.0…');
    await waitUntil(() => desktop.standIn.questions.length === 1);
    expect(desktop.standIn.questions[0]).toMatchObject({
      detail: expect.stringContaining('It is not known which agents are at work'),
      buttons: ['Stop them and restart', 'Later'],
    });
    desktop.standIn.app.quit();
    await waitUntil(() => desktop.standIn.app.exitCode === 0);
    expect(updater.installs).toEqual([]);
  });

  test('says once what has changed', async () => {
    await ready();
    const notes = [...desktop.memory].find(([, value]) => value.startsWith('1.3.0'));
    expect(notes?.[1]).toBe('1.3.0\nNew\n\n• A & B');
    await desktop.remove();
    await started({}, [[notes?.[0] ?? '', '1.2.3\nNew\n\n• A & B']]);
    expect(desktop.standIn.questions).toMatchObject([
      { message: 'Musher is 1.2.3 now', detail: 'New\n\n• A & B' },
    ]);
    const kept: [string, string][] = [...desktop.memory];
    await desktop.remove();
    await started({}, kept);
    expect(desktop.standIn.questions).toEqual([]);
  });
});
