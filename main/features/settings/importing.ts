/** A document of settings that comes: seen first, then taken over, all or nothing. */
import type { CommandData } from '../../../preload/contract/define.ts';
import type { settings as contract } from '../../../preload/contract/settings.ts';
import { type Result, ok, refuse } from '../../base/result.ts';
import type { Decision } from '../../hub/feature.ts';
import { decided, handler } from '../../hub/feature.ts';
import { changedText } from './change.ts';
import type { SettingsPorts } from './commands.ts';
import { changedEvent, isHidden } from './noted.ts';
import { saidAt } from './place-of.ts';
import { keyText } from './said.ts';
import { newWishes, readDocument } from './transfer.ts';

type Import = CommandData<typeof contract, 'settings.import'>;

interface Plan {
  readonly path: string;
  /** Of the file as it is. */
  readonly hash: string;
  readonly text: string;
  readonly changes: Array<{ key: string; from?: string; to: string }>;
  readonly leftOut: string[];
}

export async function planImport(
  { settingsStore }: SettingsPorts,
  document: string,
): Promise<Result<Plan>> {
  const read = readDocument(document, settingsStore.check);
  if (!read.ok) return read;
  const seen = await settingsStore.look('user');
  const { values } = settingsStore.check(seen.text, 'user');
  const wishes = newWishes(values, read.value.wishes);
  const next = changedText(settingsStore, { ...seen, in: 'user' }, wishes);
  if (!next.ok) return next;
  const changes = wishes.map(({ found, value }) => {
    const from = saidAt(values, found.path);
    const key = keyText(found.path);
    return {
      key,
      ...(from !== undefined && { from: JSON.stringify(from) }),
      to: JSON.stringify(value),
    };
  });
  return ok({
    ...{ path: seen.path, hash: seen.hash, text: next.value, changes },
    leftOut: [...read.value.leftOut],
  });
}

export function importHandler(ports: SettingsPorts) {
  return handler({
    async prepare({ document, seen }: Import) {
      const plan = await planImport(ports, document);
      if (!plan.ok) return plan;
      const { path, hash, text, changes } = plan.value;
      // What was looked at is what is done.
      if (seen !== undefined && seen !== hash) return refuse('SETTINGS_MOVED', { file: path });
      const isWritten =
        changes.length === 0 || (await ports.settingsStore.write('user', { fromHash: hash, text }));
      if (!isWritten) return refuse('SETTINGS_MOVED', { file: path });
      await ports.config.refresh();
      return plan;
    },
    decide: noteImport,
  });
}

/** Nothing of it is kept with the receipt that may be secret. */
function noteImport(
  _ctx: unknown,
  _data: Import,
  { path, changes }: Plan,
): Result<Decision<{ path: string; changes: Plan['changes'] }>> {
  const events = changes.map((change) => changedEvent({ in: 'user', path, ...change }));
  const shown = changes.map((change) =>
    isHidden(change) ? { key: change.key, to: '(not shown)' } : change,
  );
  return decided({ path, changes: shown }, events);
}
