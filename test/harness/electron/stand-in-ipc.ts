// ipcMain, as far as `handle` goes.

import type { ConnectEvent } from '../../../main/bridge/electron-parts.ts';

type Handler = (event: ConnectEvent, data?: unknown) => unknown;

export class StandInIpc {
  private readonly handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`A second handler for ${channel}`);
    this.handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }

  /** Those that are taken from now. */
  channels(): readonly string[] {
    return [...this.handlers.keys()];
  }

  /** As a renderer calls it. Of what is thrown only the text crosses. */
  async invoke(channel: string, event: ConnectEvent, data?: unknown): Promise<unknown> {
    const handler = this.handlers.get(channel);
    try {
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      return await handler(event, data);
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${error}`);
    }
  }
}
