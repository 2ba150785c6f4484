/**
 * Electron's security checklist (electronjs.org/docs/latest/tutorial/security, its 20 points, and what of permissions, devices and
 * links is said elsewhere there), with what is done about each. `test/integration/electron-hardening.test.ts` has one check for each row and does not compile without it.
 * What only a packaged app has (fuses, the archive's integrity, signatures) is with the packaging in build/.
 */
export const hardening = {
  'local-content': 'pages come from the app’s own files; a request to anywhere else is refused',
  'no-node': 'no page, frame or worker has Node',
  'isolated-preload': 'the preload has a world of its own, and gives the page three functions',
  sandbox: 'every page’s process is sandboxed, the app as a whole and each window',
  permissions: 'copying by a button and notifications are allowed, and nothing else is',
  devices: 'no HID, serial, USB or Bluetooth device',
  'web-security': 'same-origin policy is on, and mixed content is off',
  policy: 'a content security policy without inline script, of `none` by default, with each answer',
  'no-experiments': 'no experimental features and no Blink features are switched on',
  'no-webview': '`<webview>` is off, and one that is attached all the same is refused',
  navigation: 'a page, frame or redirect goes nowhere but to the page itself',
  'no-windows': 'a page opens no window',
  'open-external':
    'only plain web links leave the app, by what the parser understood, to the user’s browser',
  'current-electron': 'the newest stable Electron, exactly that one',
  senders: 'a message is taken from the main frame of a window of ours that shows the app, alone',
  'schema-of-messages':
    'what comes by a message or port is checked against the contract before it is used',
  'own-protocol': 'pages have a scheme of their own, and it reaches the built renderer alone',
  'no-file-protocol': 'nothing is loaded by file://',
  'no-raw-electron':
    'the page gets none of Electron’s own functions, events or ports from the preload',
  'deep-links': 'a link shows a place; it runs nothing and opens no repository that is not known',
  'second-start':
    'one instance alone; what a later one brings is read like what the first was started with',
  drops: 'a file that is dropped on a page does not become the page',
} as const satisfies Readonly<Record<string, string>>;

export type HardeningRow = keyof typeof hardening;
