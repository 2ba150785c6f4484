/**
 * Runs in each window before its page, sandboxed and in a world of its own. It hands the page a message port to the
 * main process, of which it knows nothing of what goes over it, and the system's own notices, which only that process
 * can have answered, and says where a folder is that somebody dropped on it. New features never edit this file.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { connectChannel, noticeChannel, portChannel } from './contract/desktop.ts';
import type { DesktopApi } from './contract/desktop.ts';

// A port cannot go through the context bridge, so it goes as a message to the page's own window; `/` is its origin.
ipcRenderer.on(portChannel, ({ ports }) => window.postMessage(portChannel, '/', ports));

const api: DesktopApi = {
  connect: () => ipcRenderer.invoke(connectChannel),
  tell: (notice) => ipcRenderer.invoke(noticeChannel, notice),
  pathOf: (file) => webUtils.getPathForFile(file as File),
};
contextBridge.exposeInMainWorld('musher', api);
