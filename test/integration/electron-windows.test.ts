import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeDesktop } from '../harness/electron/start-desktop.ts';
import type { TestDesktop } from '../harness/electron/start-desktop.ts';

let desktop: TestDesktop;

beforeEach(async () => {
  desktop = await makeDesktop();
  await desktop.start();
});

afterEach(() => desktop.remove());

describe('a window', () => {
  test('gives its page nothing but the preload', () => {
    expect(desktop.standIn.app.isSandboxed).toBe(true);
    expect(desktop.window.loaded).toEqual(['musher://app/?project=p1']);
    expect(desktop.window.options.webPreferences).toEqual({
      preload: '/app/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    });
  });

  test('is shown when it has something to show, on the colour of the theme', () => {
    const { window, standIn } = desktop;
    expect([window.options.show, window.isShown]).toEqual([false, false]);
    expect(window.options.backgroundColor).toBe('#ffffff');
    window.emit('ready-to-show');
    expect(window.isShown).toBe(true);
    standIn.theme.shouldUseDarkColors = true;
    standIn.theme.emit('updated');
    expect(window.backgroundColor).toBe('#101113');
  });
});

describe('whatever gets into a page', () => {
  const elsewhere = [
    'https://evil.example/',
    'file:///etc/passwd',
    'musher://app/other.html',
    'musher://evil/',
    'javascript:alert(1)',
    'data:text/html,x',
    'not an address',
  ];

  test.each(elsewhere)('it cannot lead the page to %s', (url) => {
    const { webContents } = desktop.window;
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(webContents.tryEvent(name, url)).toBe(false);
    }
  });

  test('the page may load itself again', () => {
    expect(desktop.window.webContents.tryEvent('will-navigate', 'musher://app/#/inbox')).toBe(true);
  });

  test.each([
    ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
    ['HTTP://EXAMPLE.COM', 'http://example.com/'],
  ])('the link %s opens in the user’s browser, never in a window', (url, opened) => {
    expect(desktop.window.webContents.tryOpen(url)).toBe(false);
    expect(desktop.standIn.openedLinks).toEqual([opened]);
  });

  test.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-msdt:/id',
    'smb://host/share',
    'musher://app/',
    'https://github.com@evil.example/',
    'about:blank',
    '',
    '\\\\host\\share',
  ])('the link %s opens nowhere', (url) => {
    expect(desktop.window.webContents.tryOpen(url)).toBe(false);
    expect(desktop.standIn.openedLinks).toEqual([]);
  });

  test('it holds no other page', () => {
    expect(desktop.window.webContents.tryEvent('will-attach-webview')).toBe(false);
  });

  test.each(['media', 'geolocation', 'clipboard-read', 'openExternal', 'fullscreen', 'unknown'])(
    'it does not get %s',
    (permission) => {
      expect(askFor(permission)).toEqual([false, false]);
    },
  );

  test('it may copy by a button and notify, and use no device', () => {
    expect(askFor('clipboard-sanitized-write')).toEqual([true, true]);
    expect(askFor('notifications')).toEqual([true, true]);
    expect((desktop.standIn.permissions.device as () => boolean)()).toBe(false);
  });

  function askFor(permission: string): boolean[] {
    const { check, request } = desktop.standIn.permissions as {
      check(contents: null, permission: string): boolean;
      request(contents: object, permission: string, answer: (isGranted: boolean) => void): void;
    };
    const answers = [check(null, permission)];
    request({ id: 1 }, permission, (isGranted) => answers.push(isGranted));
    return answers;
  }
});

describe('the page’s files', () => {
  test('the scheme is one that pages have an origin in', () => {
    expect(desktop.standIn.schemes).toEqual([
      {
        scheme: 'musher',
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ]);
  });

  test.each([
    ['musher://app/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['musher://app/?a=1#/inbox', 'text/html; charset=utf-8', '<!doctype html>'],
    ['musher://app/assets/main-1.js', 'text/javascript; charset=utf-8', 'export {};'],
    ['musher://app/assets/a%20b.woff2', 'font/woff2', 'font'],
  ])('%s comes as %s under the policy', async (url, type, text) => {
    const response = await desktop.standIn.fetch(url);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': type,
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(await response.text()).toBe(text);
  });

  test.each([
    'musher://app/missing.js',
    'musher://app/assets',
    'musher://app/../secret.txt',
    'musher://app/%2e%2e/secret.txt',
    'musher://app/..%2fsecret.txt',
    'musher://app/assets/..%2f..%2fsecret.txt',
    'musher://app/%2e%2e%2fsecret.txt',
    'musher://app/..%5csecret.txt',
    'musher://app/..\\secret.txt',
    'musher://app/%252e%252e%252fsecret.txt',
    'musher://app/..%2frenderer-secrets/secret.txt',
    'musher://app//../secret.txt',
    'musher://app/index.html%00.js',
    'musher://app/%',
    'musher://evil/index.html',
    'musher://app:9/index.html',
    'musher:index.html',
  ])('%s reaches nothing', async (url) => {
    const response = await desktop.standIn.fetch(url);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('secret');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'");
  });

  test('nothing but GET is answered', async () => {
    expect((await desktop.standIn.fetch('musher://app/', { method: 'POST' })).status).toBe(405);
  });
});
