/** The menu as it is to be now: what the operator has chosen in it, what was open last, what is known of updates. */
import { copyDiagnostics, showLogs } from './diagnostics.ts';
import type { DoorOptions } from './desktop-doors.ts';
import type { DesktopMemory } from './desktop-memory.ts';
import { menuTemplate } from './menu.ts';
import { chooseFolder, type Openings } from './openings.ts';
import { forgetRecent, readRecent } from './recent.ts';
import type { Windows } from './windows.ts';

/** What can be chosen there, by the name that it is remembered under. None is, unless it was. */
export const choices = {
  oneForAll: 'one window for all',
  silentAbsent: 'no notices without a window',
  keepsRunning: 'keep running without a window',
} as const;

export function isChosen(memory: DesktopMemory, name: string): boolean {
  return memory.value(name) === 'yes';
}

export interface DesktopMenuOptions extends DoorOptions {
  readonly windows: Windows;
  readonly openings: Openings;
  readonly hasTray: boolean;
}

/** Its result shows it as it is to be now. */
export function keepMenu(options: DesktopMenuOptions): () => void {
  const { electron, musher, memory, platform, windows, openings, hasTray } = options;
  const isOn = (name: string) => isChosen(memory, name);
  const set = (name: string, on: boolean) => memory.setValue(name, on ? 'yes' : 'no');
  const openChosen = async () => {
    const folder = await chooseFolder(electron.dialog);
    if (folder !== undefined) await openings.folder(folder);
  };
  const showMenu = () => {
    const help = {
      updates: options.updates?.menu(),
      copyDiagnostics: () => void copyDiagnostics(options),
      showLogs: () => showLogs(options),
    };
    const state = {
      ...{ recent: readRecent(memory), help },
      ...{
        isOneForAll: isOn(choices.oneForAll),
        tellsAbsent: !isOn(choices.silentAbsent),
        stays: isOn(choices.keepsRunning),
      },
    };
    const template = menuTemplate(platform, state, {
      openWindow: () => openings.another(),
      openFolder: () => void openChosen(),
      ...(musher.welcome !== undefined && { openWelcome: () => windows.welcome() }),
      openRecent: (root) => void openings.folder(root),
      clearRecent() {
        forgetRecent(memory);
        electron.app.clearRecentDocuments();
        showMenu();
      },
      openSettings: () => openings.place('#/settings'),
      setOneForAll: (isOne) => set(choices.oneForAll, isOne),
      setTellsAbsent: (tells) => set(choices.silentAbsent, !tells),
      ...(platform !== 'darwin' &&
        hasTray && { setStays: (stays) => set(choices.keepsRunning, stays) }),
    });
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template));
  };
  return showMenu;
}
