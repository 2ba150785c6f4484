/** Changing a config file. The file is the truth, and the log only notes: what is asked again finds it done. */
import type { CommandData } from '../../../preload/contract/define.ts';
import type { Origin } from '../../../preload/contract/settings-facts.ts';
import type { SettingChanged } from '../../../preload/contract/settings-fields.ts';
import type { settings as contract } from '../../../preload/contract/settings.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { type Result, ok, refuse } from '../../base/result.ts';
import type { Decision } from '../../hub/feature.ts';
import { decided, handler } from '../../hub/feature.ts';
import { changedText, type Wish } from './change.ts';
import { type FoundKey, requireKey } from './find-key.ts';
import type { ConfigFiles, SettingsStore, Values } from './ports.ts';
import { importHandler } from './importing.ts';
import { changedEvent, isHidden } from './noted.ts';
import { notesOn } from './notes.ts';
import { saidAt } from './place-of.ts';
import { readValue } from './read-value.ts';
import { keyText } from './said.ts';

export interface SettingsPorts {
  readonly config: ConfigFiles;
  readonly settingsStore: SettingsStore;
}

type Set = CommandData<typeof contract, 'settings.set'>;
type Unset = CommandData<typeof contract, 'settings.unset'>;

export function settingsCommands(ports: SettingsPorts) {
  const inTurn = turns();
  return {
    'settings.import': importHandler(ports),
    'settings.set': handler({
      async prepare(data: Set) {
        const wish = wishOf(ports, data);
        return wish.ok ? inTurn(() => change(ports, data.in, wish.value)) : wish;
      },
      decide: note,
    }),
    'settings.unset': handler({
      async prepare({ key, in: origin }: Unset) {
        // What no schema knows may be what is to be mended.
        const path = ports.settingsStore.key(key);
        const found = path === undefined ? find(ports, key, origin) : ok(anyKey(path));
        return found.ok ? inTurn(() => change(ports, origin, { found: found.value })) : found;
      },
      decide: note,
    }),
  };
}

/** The next begins with what the one before wrote. */
function turns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
}

function wishOf(ports: SettingsPorts, { key, value, in: origin }: Set): Result<Wish> {
  const found = find(ports, key, origin);
  if (!found.ok) return found;
  const read = readValue(found.value, value, ports.settingsStore.value(value));
  return read.ok ? ok({ found: found.value, value: read.value }) : read;
}

/** What setting it would be refused with; undefined where it would be done. */
export async function problemOf(ports: SettingsPorts, data: Set): Promise<WireError | undefined> {
  const wish = wishOf(ports, data);
  if (!wish.ok) return wish.error;
  const seen = await ports.settingsStore.look(data.in);
  const next = changedText(ports.settingsStore, { ...seen, in: data.in }, [wish.value]);
  return next.ok ? undefined : next.error;
}

function find({ settingsStore }: SettingsPorts, key: string, origin: Origin): Result<FoundKey> {
  const path = settingsStore.key(key);
  if (path === undefined)
    return refuse('SETTING_UNKNOWN', { key, hint: 'it is no key such as limits.turns' });
  const found = requireKey(path, key);
  if (!found.ok || !found.value.of.ownOnly || origin === 'user') return found;
  return refuse('SETTING_OWN', { key, file: "the repository's file" });
}

function anyKey(path: readonly string[]): FoundKey {
  const found = requireKey(path, keyText(path));
  if (found.ok) return found.value;
  const key = keyText(path);
  const of = { key, type: '', kind: 'text', help: '', applies: 'at-once' } as const;
  return { path, of, part: 'whole' };
}

/** Written before it is noted: whoever asks is told whether it worked. */
async function change(
  { config, settingsStore }: SettingsPorts,
  origin: Origin,
  wish: Wish,
): Promise<Result<SettingChanged>> {
  const seen = await settingsStore.look(origin);
  const next = changedText(settingsStore, { ...seen, in: origin }, [wish]);
  if (!next.ok) return next;
  const isSame = next.value === seen.text;
  const ask = { fromHash: seen.hash, text: next.value };
  if (!isSame && !(await settingsStore.write(origin, ask)))
    return refuse('SETTINGS_MOVED', { file: seen.path });
  await config.refresh();
  const [from, to] = [seen.text, next.value].map((text) => {
    const { values } = settingsStore.check(text, origin);
    return shown(values, wish.found);
  });
  const isTracked = !isSame && (await settingsStore.isTracked(origin));
  return ok({
    ...{ key: keyText(wish.found.path), in: origin, path: seen.path, isChanged: !isSame },
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    notes: notesOn(config, { origin, path: wish.found.path, isTracked }),
  });
}

function shown(values: Values, { path }: FoundKey): string | undefined {
  const said = saidAt(values, path);
  return said === undefined ? undefined : JSON.stringify(said);
}

/** Kept with the receipt, so without what may be secret. */
function note(
  _ctx: unknown,
  _data: unknown,
  facts: SettingChanged,
): Result<Decision<SettingChanged>> {
  const { from, to, ...others } = facts;
  const isChanged = from !== to;
  const isSecret = isHidden(facts);
  const shownFrom = from !== undefined && { from: isSecret ? notShown : from };
  const shownTo = to !== undefined && { to: isSecret ? notShown : to };
  const result = { ...others, isChanged, ...shownFrom, ...shownTo };
  return decided(result, isChanged ? [changedEvent(facts)] : []);
}

const notShown = '(not shown)';
