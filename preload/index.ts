/**
 * Runs in each window before its page, sandboxed and in a world of its own. It hands the page one thing, a message
 * port to the main process, and knows nothing of what goes over it: new features never edit this file.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { connectChannel, portChannel } from './contract/desktop.ts';
import type { DesktopApi } from './contract/desktop.ts';

// A port cannot go through the context bridge, so it goes as a message to the page's own window; `/` is its origin.
ipcRenderer.on(portChannel, ({ ports }) => window.postMessage(portChannel, '/', ports));

const api: DesktopApi = { connect: () => ipcRenderer.invoke(connectChannel) };
contextBridge.exposeInMainWorld('musher', api);
