// The `electron` that the built main process meets in a test: the stand-in, which does what the test says by messages.

import { readFile } from 'node:fs/promises';
import { createBridgeClient } from '../../../renderer/hub/bridge-client.ts';
import { createIpcChannel } from '../../../renderer/hub/ipc-channel.ts';
import type { PortReceiver } from '../../../renderer/hub/ipc-channel.ts';
import { systemClock } from '../../../main/base/clock.ts';
import { ElectronStandIn } from './stand-in.ts';

export const standIn = new ElectronStandIn();
standIn.app.exit = (code = 0) => process.exit(code);

const parts = standIn.module;
export const {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
} = parts;

let answer = Promise.withResolvers<number>();
standIn.answer = () => answer.promise;

const deeds = {
  seen: () => ({
    windows: standIn.windows.map((window) => ({
      url: window.webContents.url,
      isClosed: window.isDestroyed(),
      bounds: window.getNormalBounds(),
    })),
    notices: standIn.notices.map(({ options: { title, body } }) => `${title}: ${body}`),
    questions: standIn.questions.map(({ message, detail }) => ({ message, detail })),
  }),
  second: ({ argv }: { argv: string[] }) =>
    standIn.app.emit('second-instance', {}, ['electron', '.', ...argv], '/'),
  link: ({ url }: { url: string }) => standIn.app.emit('open-url', { preventDefault() {} }, url),
  quit: () => standIn.app.quit(),
  answer({ button }: { button: number }) {
    answer.resolve(button);
    answer = Promise.withResolvers();
  },
  close: ({ window }: { window: number }) => standIn.windows[window]?.close(),
  place({ window, bounds }: { window: number; bounds: Electron.Rectangle }) {
    const placed = standIn.windows[window];
    if (placed !== undefined) placed.bounds = bounds;
  },
  /** The page of a window loads, with the built preload and the page's own client. */
  page: ({ window, preload }: { window: number; preload: string }) => openPage(window, preload),
  command: ({ window, type, data }: { window: number; type: string; data: object }) =>
    pages.get(window)?.dispatch(type as never, data as never),
  query: ({ window, type, data }: { window: number; type: string; data: object }) =>
    pages.get(window)?.query(type as never, data as never),
};

type Deeds = typeof deeds;
export type DeedName = keyof Deeds;

const pages = new Map<number, ReturnType<typeof createBridgeClient>>();

async function openPage(at: number, preload: string): Promise<{ records: string[] }> {
  const window = standIn.windows[at];
  if (window === undefined) throw new Error(`There is no window ${at}`);
  const page = standIn.loadPage(window, await readFile(preload, 'utf8'));
  const channel = createIpcChannel({
    api: page.api,
    page: page as unknown as PortReceiver,
    clock: systemClock,
  });
  const client = createBridgeClient(channel);
  pages.set(at, client);
  return new Promise((resolve) =>
    client.subscribe({
      onStatus() {},
      onSnapshot: ({ records }) => resolve({ records: Object.keys(records) }),
      onDelta() {},
    }),
  );
}

process.on('message', async ({ id, name, data }: { id: number; name: DeedName; data: never }) => {
  try {
    const result = await deeds[name](data);
    process.send?.({ id, result: result ?? null });
  } catch (error) {
    process.send?.({ id, error: String(error) });
  }
});
