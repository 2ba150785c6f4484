// The hardening table, row by row: each is seen to hold where the app itself can be seen, under the stand-in.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hardening, type HardeningRow } from '../../main/bridge/hardening.ts';
import { contentSecurityPolicy } from '../../main/broker/page.ts';
import { settled } from '../harness/bridge/memory-channel.ts';
import { buildPreload } from '../harness/electron/build-preload.ts';
import type { StandInPage } from '../harness/electron/stand-in-page.ts';
import { makeDesktop } from '../harness/electron/start-desktop.ts';
import type { TestDesktop } from '../harness/electron/start-desktop.ts';

let folder: string;
let desktop: TestDesktop;
let page: StandInPage;
let sent: unknown[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'musher-hardening-'));
  desktop = await makeDesktop();
  await desktop.start();
  page = desktop.standIn.loadPage(desktop.window, await buildPreload(folder));
  sent = [];
});
afterAll(async () => {
  page.unload();
  await desktop.remove();
  await rm(folder, { recursive: true });
});

const preferences = () => desktop.window.options.webPreferences ?? {};
const contents = () => desktop.window.webContents;

function asks(url: string): boolean {
  const { web } = desktop.standIn.permissions as {
    web(details: { url: string }, answer: (answer: { cancel?: boolean }) => void): void;
  };
  let isRefused = false;
  web({ url }, ({ cancel }) => {
    isRefused = cancel === true;
  });
  return !isRefused;
}

function gets(permission: string): boolean {
  const { check } = desktop.standIn.permissions as {
    check(contents: null, permission: string): boolean;
  };
  return check(null, permission);
}

/** Every permission that Electron has a word for today, and one that it may have tomorrow. */
const permissions =
  'clipboard-read display-capture fullscreen geolocation hid idle-detection keyboardLock media mediaKeySystem midi midiSysex openExternal pointerLock serial speaker-selection storage-access top-level-storage-access usb window-management fileSystem unknown';

const checks: Readonly<Record<HardeningRow, () => void | Promise<void>>> = {
  'local-content'() {
    for (const url of [
      'https://a.example/x.js',
      'http://127.0.0.1:9119/',
      'ws://a/',
      'ftp://a/',
      'about',
    ])
      expect(asks(url), url).toBe(false);
    for (const url of ['musher://app/', 'blob:musher://app/1', 'data:image/png,', 'devtools://x/'])
      expect(asks(url), url).toBe(true);
  },
  'no-node'() {
    expect(preferences()).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    });
  },
  'isolated-preload'() {
    expect(preferences().contextIsolation).toBe(true);
    expect(Object.keys(page.api).toSorted()).toEqual(['connect', 'pathOf', 'tell']);
    expect(page.api.pathOf({ path: '/home/me/shop' })).toBe('/home/me/shop');
  },
  sandbox() {
    expect([desktop.standIn.app.isSandboxed, preferences().sandbox]).toEqual([true, true]);
  },
  permissions() {
    const all = [...permissions.split(' '), 'clipboard-sanitized-write', 'notifications'];
    expect(all.filter(gets)).toEqual(['clipboard-sanitized-write', 'notifications']);
  },
  devices() {
    expect((desktop.standIn.permissions.device as () => boolean)()).toBe(false);
  },
  'web-security'() {
    expect(preferences()).toMatchObject({ webSecurity: true, allowRunningInsecureContent: false });
  },
  async policy() {
    const answer = await desktop.standIn.fetch('musher://app/');
    expect(answer.headers.get('content-security-policy')).toBe(desktop.deps.files.policy);
    expect(contentSecurityPolicy).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(contentSecurityPolicy).not.toMatch(/script-src[^;]*(?:unsafe|data:|blob:|\*|http)/);
  },
  'no-experiments'() {
    const switches = [
      'experimentalFeatures',
      'enableBlinkFeatures',
      'plugins',
      'disableBlinkFeatures',
    ];
    expect(switches.filter((name) => name in preferences())).toEqual([]);
  },
  'no-webview'() {
    expect(preferences().webviewTag).toBe(false);
    expect(contents().tryEvent('will-attach-webview')).toBe(false);
  },
  navigation() {
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(contents().tryEvent(event, 'https://evil.example/')).toBe(false);
      expect(contents().tryEvent(event, 'musher://app/?project=p1#/inbox')).toBe(true);
    }
  },
  'no-windows'() {
    for (const url of ['https://a.example/', 'musher://app/', 'about:blank'])
      expect(contents().tryOpen(url)).toBe(false);
  },
  'open-external'() {
    desktop.standIn.openedLinks.length = 0;
    for (const url of [
      'file:///etc/passwd',
      'ms-msdt:/x',
      'https://me@evil.example/',
      'HTTPS://A.example/',
    ])
      contents().tryOpen(url);
    expect(desktop.standIn.openedLinks).toEqual(['https://a.example/']);
  },
  async 'current-electron'() {
    const read = async (file: string) =>
      JSON.parse(await readFile(path.join(import.meta.dirname, '../..', file), 'utf8'));
    const { devDependencies, dependencies } = await read('package.json');
    const wanted = { ...dependencies, ...devDependencies }.electron as string;
    expect(wanted).toMatch(/^\d+\.\d+\.\d+$/);
    expect((await read('node_modules/electron/package.json')).version).toBe(wanted);
  },
  async senders() {
    const stranger = { sender: { id: 99 }, senderFrame: null };
    const channels = desktop.standIn.ipc.channels();
    expect(channels.toSorted()).toEqual(['musher:connect', 'musher:notice']);
    for (const channel of channels)
      await expect(desktop.standIn.ipc.invoke(channel, stranger)).rejects.toThrow(/app’s own/);
  },
  async 'schema-of-messages'() {
    const own = { sender: { id: contents().id }, senderFrame: page.frame };
    const sent = desktop.standIn.ipc.invoke('musher:notice', own, { title: 7 });
    await expect(sent).rejects.toThrow(/texts/);
  },
  async 'own-protocol'() {
    expect(desktop.standIn.schemes.map(({ scheme }) => scheme)).toEqual(['musher']);
    expect((await desktop.standIn.fetch('musher://app/..%2fsecret.txt')).status).toBe(404);
  },
  'no-file-protocol'() {
    expect(desktop.standIn.windows.flatMap(({ loaded }) => loaded)).toEqual([
      expect.stringMatching(/^musher:\/\/app\//),
    ]);
    expect([asks('file:///etc/passwd'), asks('filesystem:musher://app/x')]).toEqual([false, false]);
  },
  'no-raw-electron'() {
    for (const given of Object.values(page.api))
      expect(String(given)).not.toMatch(/ipcRenderer\.on/);
    expect(JSON.stringify(page.api)).toBe('{}');
  },
  async 'deep-links'() {
    const before = desktop.standIn.windows.length;
    for (const link of ['musher://show/x?repo=/etc', 'musher://command/agent.start'])
      desktop.standIn.app.emit('open-url', { preventDefault: () => sent.push(link) }, link);
    await settled();
    expect([sent.length, desktop.standIn.windows.length]).toEqual([2, before]);
    expect(desktop.door.dispatched).toEqual([]);
  },
  async 'second-start'() {
    const before = desktop.standIn.windows.length;
    const hostile = ['electron', '.', '--repo', '/no\u0000where', '--js-flags=--x', '--inspect'];
    desktop.standIn.app.emit('second-instance', {}, hostile, '/');
    await settled();
    expect(desktop.standIn.windows).toHaveLength(before);
    const second = await makeDesktop();
    second.standIn.app.hasLock = false;
    await second.start();
    expect([second.standIn.app.exitCode, second.hub]).toEqual([0, []]);
    await second.remove();
  },
  drops() {
    expect(preferences().navigateOnDragDrop).toBe(false);
    expect(contents().tryEvent('will-navigate', 'file:///home/me/evil.html')).toBe(false);
  },
};

test.each(Object.entries(hardening))('%s: %s', (row) => checks[row as HardeningRow]());
