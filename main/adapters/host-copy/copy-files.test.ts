import { describe, expect, it } from 'vitest';
import {
  copiesToRemove,
  copyName,
  copyOf,
  isOfCode,
  isOfProgram,
  isWithInstaller,
  mayHoldCode,
  modeOf,
} from './copy-files.ts';

/** As Electron's releases have them, under the app's name. */
const windows = [
  ...['Musher.exe', 'chrome_100_percent.pak', 'd3dcompiler_47.dll', 'dxcompiler.dll', 'dxil.dll'],
  ...['ffmpeg.dll', 'icudtl.dat', 'libEGL.dll', 'libGLESv2.dll', 'LICENSE.electron.txt'],
  ...['LICENSES.chromium.html', 'resources.pak', 'snapshot_blob.bin', 'v8_context_snapshot.bin'],
  ...['vk_swiftshader.dll', 'vk_swiftshader_icd.json', 'vulkan-1.dll', 'Uninstall Musher.exe'],
];
const linux = [
  ...['musher', 'chrome-sandbox', 'chrome_crashpad_handler', 'icudtl.dat', 'libEGL.so'],
  ...['libGLESv2.so', 'libffmpeg.so', 'libvk_swiftshader.so', 'libvulkan.so.1', 'resources.pak'],
  ...['snapshot_blob.bin', 'v8_context_snapshot.bin', 'LICENSE.electron.txt', 'AppRun'],
];

describe('what is copied', () => {
  it.each<[NodeJS.Platform, string[], string[]]>([
    [
      ...(['win32', windows] as const),
      [
        ...['Musher.exe', 'ffmpeg.dll', 'icudtl.dat', 'LICENSE.electron.txt'],
        ...['LICENSES.chromium.html', 'snapshot_blob.bin', 'v8_context_snapshot.bin'],
      ],
    ],
    [
      ...(['linux', linux] as const),
      [
        ...['musher', 'icudtl.dat', 'libffmpeg.so', 'snapshot_blob.bin'],
        ...['v8_context_snapshot.bin', 'LICENSE.electron.txt'],
      ],
    ],
  ])('of Electron on %s: what it needs as Node, and no page', (platform, there, wanted) => {
    const [program = ''] = there;
    expect(there.filter((name) => isOfProgram(name, program, platform))).toEqual(wanted);
  });

  it('of the app: its code, without maps and pages', () => {
    const taken = ['package.json', 'dist/main/a.js', 'dist/main/chunks/b.js', 'node_modules/x/y'];
    const left = ['dist/main/a.js.map', 'dist/renderer/a.js', 'dist/preload/index.cjs', 'main/x'];
    expect([...taken, ...left].filter(isOfCode)).toEqual(taken);
    expect(['dist', 'dist/main/chunks', 'node_modules/@x'].every(mayHoldCode)).toBe(true);
    expect(['main', 'dist/renderer', 'node_modules2'].some(mayHoldCode)).toBe(false);
  });

  it('programs may be started, by this user', () => {
    const conpty = 'app/node_modules/x/OpenConsole.exe';
    expect(modeOf('musher-terminals', 'linux')).toBe(0o700);
    expect(modeOf(conpty, 'win32')).toBe(0o700);
    expect(modeOf('icudtl.dat', 'linux')).toBe(0o600);
  });
});

it('a copy’s name tells builds apart, whatever their order, and is a name everywhere', () => {
  expect(copyName('1.2.0', ['a 1', 'b 2'])).toBe(copyName('1.2.0', ['b 2', 'a 1']));
  expect(copyName('1.2.0', ['a 1'])).not.toBe(copyName('1.2.0', ['a 2']));
  expect(copyName('../1', ['a'])).toMatch(/^\.\._1-[0-9a-f]{16}$/);
});

it('what nothing runs from is removed; not what is used, is of this version, or is being made here', () => {
  const names = ['1.0-a', '1.1-b', '2.0-c', '.new-7-x', '.new-8-y', '.old-z'];
  const found = { names, current: '2.0-c', used: new Set(['1.1-b']), making: '.new-7-' };
  expect(copiesToRemove(found)).toEqual(['1.0-a', '.new-8-y', '.old-z']);
});

it.each([
  ['/d/runtime/1-a/musher-terminals', 'linux', '1-a'],
  ['/d/runtime/1-a/musher-terminals (deleted)', 'linux', '1-a'],
  ['/tmp/.mount_Mush1/musher', 'linux', undefined],
  ['/d/runtime-2/1-a/musher-terminals', 'linux', undefined],
  ['D:\\RUNTIME\\1-a\\musher-terminals.exe', 'win32', '1-a'],
] as const)('the copy of %s on %s is %s', (program, platform, name) => {
  const folder = platform === 'win32' ? 'd:\\runtime' : '/d/runtime';
  expect(copyOf(program, folder, platform)).toBe(name);
});

it('an installer’s reach is by letters', () => {
  const data = 'C:\\Users\\me\\AppData\\Local\\Musher\\runtime';
  const usual = 'C:\\Users\\me\\AppData\\Local\\Programs\\Musher';
  expect(isWithInstaller(data, usual)).toBe(false);
  expect(isWithInstaller(data, 'c:/users/me/appdata/local/Mush')).toBe(true);
});
