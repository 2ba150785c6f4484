// `.musher/config.toml`, its versions and their refs in memory; and somebody who edits it at the worst moment.

import { createHash } from 'node:crypto';
import { createConfigCheck } from '../../main/adapters/proposals/config-check.ts';
import { musherError } from '../../main/base/result.ts';
import { builtInNames } from '../../main/features/agents/index.ts';
import type { ConfigStore } from '../../main/features/proposals/ports.ts';

export const playedCheck = createConfigCheck(builtInNames);

const sha = (text: string, chars: number) =>
  createHash('sha256').update(text).digest('hex').slice(0, chars);

export class PlayedConfig implements ConfigStore {
  readonly path = '.musher/config.toml';
  text = '';
  applied: string | undefined;
  readonly kept = new Map<string, string>();
  readonly versions = new Map<string, { parent: string | undefined; text: string }>();
  /** Before a file is written; throws to make that fail, or edits it. */
  beforeWrite: () => void = () => undefined;
  /** What a merge comes to; left out: what `theirs` says where both say the same before. */
  merge: ((ours: string, base: string, theirs: string) => string | undefined) | undefined;

  async look() {
    return { text: this.text, hash: sha(this.text, 64) };
  }

  async makeVersion({ parent, text }: { parent: string | undefined; text: string }) {
    const commit = sha(`${parent} ${text} ${this.versions.size}`, 40);
    this.versions.set(commit, { parent, text });
    return { text, hash: sha(text, 64), commit };
  }

  async textAt(commit: string) {
    const found = this.versions.get(commit);
    if (found === undefined) throw musherError('CONFIG_VERSION_GONE', { commit });
    return found.text;
  }

  async fileAt(commit: string) {
    return { text: this.versions.get(commit)?.text ?? '' };
  }

  async diff({ from, to }: { from: string | undefined; to: string }) {
    return { patch: `${from} ${to}` };
  }

  async merged({ ours, theirs }: { ours: string; theirs: string }) {
    const base = this.versions.get(theirs)?.parent ?? '';
    const [own, old, next] = await Promise.all([ours, base, theirs].map((one) => this.textAt(one)));
    return this.merge?.(own ?? '', old ?? '', next ?? '');
  }

  async keep(proposal: string, commit: string) {
    this.kept.set(proposal, commit);
  }

  async note({ to }: { to: string }) {
    this.applied = to;
  }

  async write({ to, fromHash, toHash }: { to: string; fromHash: string; toHash: string }) {
    this.beforeWrite();
    const { hash } = await this.look();
    if (hash !== fromHash && hash !== toHash) throw musherError('CONFIG_EDITED');
    this.text = await this.textAt(to);
    this.applied = to;
  }

  async sweep(isRemembered: (proposal: string) => boolean) {
    for (const proposal of this.kept.keys())
      if (!isRemembered(proposal)) this.kept.delete(proposal);
  }
}
