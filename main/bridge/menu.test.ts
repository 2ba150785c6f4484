import { expect, test } from 'vitest';
import { menuTemplate } from './menu.ts';

const actions = {
  openWindow() {},
  openFolder() {},
  openRecent() {},
  clearRecent() {},
  setOneForAll() {},
  setTellsAbsent() {},
  openSettings() {},
};
const help = { updates: undefined, copyDiagnostics() {}, showLogs() {} };
const template = (platform: NodeJS.Platform) =>
  menuTemplate(
    platform,
    { recent: [], isOneForAll: false, tellsAbsent: true, stays: false, help },
    actions,
  );

test.each(['linux', 'win32'] as const)('on %s takes no key that a terminal needs', (platform) => {
  const items = template(platform).flatMap(({ submenu }) =>
    Array.isArray(submenu) ? submenu : [],
  );
  const keys = items.flatMap(({ accelerator }) => accelerator ?? []);
  const ofTerminals = keys.filter((key) => !/^Ctrl\+(Shift\+\w|,)$/.test(String(key)));
  expect(ofTerminals).toEqual([]);
  // What comes with Ctrl and a letter from Electron unless another key is given.
  for (const role of ['reload', 'close', 'quit', 'minimize'])
    expect(items.find((item) => item.role === role)?.accelerator).toMatch(/^Ctrl\+Shift\+/);
});

test('on macOS has the app’s own menu first', () => {
  expect(template('darwin')[0]).toEqual({ role: 'appMenu' });
});
