/** What belongs to the app and to no repository, by name; each Musher's own by its port. */
import { homedir } from 'node:os';
import path from 'node:path';
import type { UserData } from '../adapters/user-data.ts';
import { openUserData, userDataFolder } from '../adapters/user-data.ts';
import type { Logger } from '../base/logger.ts';

export function appDataFolder(): string {
  return userDataFolder({ env: process.env, platform: process.platform, home: homedir() });
}

export function openAppData(log: Logger): Promise<UserData> {
  return openUserData(path.join(appDataFolder(), 'app.json'), log);
}

/** What another start of this user shows to have its repository opened here. */
export function handOverKeyAt(port: number): string {
  return `hand-over@${port}`;
}
