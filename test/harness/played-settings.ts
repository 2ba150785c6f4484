// Both config files in memory, read and patched by the real code; and somebody who edits them at the worst moment.

import { createHash } from 'node:crypto';
import { settingsText } from '../../main/adapters/config/settings-text.ts';
import { builtInNames } from '../../main/features/agents/index.ts';
import type { SaidFile, SettingsStore } from '../../main/features/settings/ports.ts';
import type { Origin } from '../../preload/contract/settings-facts.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const texts = settingsText(builtInNames);

export class PlayedSettings implements SettingsStore {
  readonly files: Record<Origin, string> = { user: '', repository: '' };
  /** Before a file is written; throws to make that fail, or edits it. */
  beforeWrite: () => void = () => undefined;
  isKept = false;
  readonly check = texts.check;
  readonly patch = texts.patch;
  readonly key = texts.key;
  readonly value = texts.value;

  async look(origin: Origin) {
    const text = this.files[origin];
    return { path: `/${origin}/config.toml`, text, hash: sha(text) };
  }

  async write(origin: Origin, { fromHash, text }: { fromHash: string; text: string }) {
    this.beforeWrite();
    if (sha(this.files[origin]) !== fromHash) return false;
    this.files[origin] = text;
    return true;
  }

  async isTracked(origin: Origin) {
    return this.isKept && origin === 'repository';
  }

  said(): SaidFile[] {
    return (['user', 'repository'] as const).map((origin) => ({
      ...{ origin, path: `/${origin}/config.toml` },
      values: texts.check(this.files[origin], origin).values,
    }));
  }
}
