/** Changing a config file. The file is the truth, and the log only notes: what is asked again finds it done. */
import type { CommandData } from '../../../preload/contract/define.ts';
import type { Origin } from '../../../preload/contract/settings-facts.ts';
import { type SettingChanged, settings as contract } from '../../../preload/contract/settings.ts';
import { type Result, ok, refuse } from '../../base/result.ts';
import type { Decision } from '../../hub/feature.ts';
import { decided, handler, newEvent } from '../../hub/feature.ts';
import { changedText, saidAt, type Wish } from './change.ts';
import { type FoundKey, requireKey } from './find-key.ts';
import type { ConfigFiles, SettingsStore, Values } from './ports.ts';
import { readValue } from './read-value.ts';
import { keyText, saidValues } from './said.ts';

export interface SettingsPorts {
  readonly config: ConfigFiles;
  readonly settingsStore: SettingsStore;
}

type Set = CommandData<typeof contract, 'settings.set'>;
type Unset = CommandData<typeof contract, 'settings.unset'>;

export function settingsCommands(ports: SettingsPorts) {
  return {
    'settings.set': handler({
      async prepare({ key, value, in: origin }: Set) {
        const found = find(ports, key, origin);
        if (!found.ok) return found;
        const read = readValue(found.value, value, ports.settingsStore.value(value));
        if (!read.ok) return read;
        return change(ports, origin, { found: found.value, value: read.value });
      },
      decide: note,
    }),
    'settings.unset': handler({
      async prepare({ key, in: origin }: Unset) {
        // What no schema knows may be what is to be mended.
        const path = ports.settingsStore.key(key);
        const found = path === undefined ? find(ports, key, origin) : ok(anyKey(path));
        return found.ok ? change(ports, origin, { found: found.value }) : found;
      },
      decide: note,
    }),
  };
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
    ...{ key: keyText(wish.found.path), in: origin, path: seen.path },
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    notes: notesOn(config, { origin, path: wish.found.path, isTracked }),
  });
}

function shown(values: Values, { path }: FoundKey): string | undefined {
  const said = saidAt(values, path);
  return said === undefined ? undefined : JSON.stringify(said);
}

interface Told {
  readonly origin: Origin;
  readonly path: readonly string[];
  readonly isTracked: boolean;
}

function notesOn(config: ConfigFiles, { origin, path, isTracked }: Told): string[] {
  const inside = saidValues(config.said()).filter((one) =>
    path.every((part, at) => one.path[at] === part),
  );
  const not = inside.flatMap(({ said }) => said.find((one) => one.in === origin)?.not ?? [])[0];
  const other = inside.flatMap(({ said }) => said.filter((one) => one.in !== origin && !one.not));
  const isFile = origin === 'repository';
  return [
    ...(not === undefined ? [] : [`It does not count: ${not}.`]),
    ...(other.length > 0 && inside.every(({ said }) => said.length === 1)
      ? [`What counts now is what ${isFile ? 'your own' : "the repository's"} file says.`]
      : []),
    ...(isFile && path[0] === 'profiles' && inside.length > 0
      ? ['Whoever uses this repository confirms the profile before it first runs.']
      : []),
    ...(isTracked ? ['git keeps this file: commit it when it suits.'] : []),
  ];
}

/** In the environment of a program there may be tokens: their values are no matter of the log. */
function isSecret(key: string): boolean {
  return /(^|\.)env(\.|$)/.test(key) || /^(profiles|gates)\.[^.]+$/.test(key);
}

const shownChars = 300;

function note(
  _ctx: unknown,
  _data: unknown,
  facts: SettingChanged,
): Result<Decision<SettingChanged>> {
  const { from, to, key, path } = facts;
  if (from === to) return decided(facts, []);
  const values = isSecret(key)
    ? {}
    : { ...(from !== undefined && { from: cut(from) }), ...(to !== undefined && { to: cut(to) }) };
  return decided(facts, [
    newEvent(contract, 'settings.changed', { in: facts.in, path, key, ...values }),
  ]);
}

function cut(text: string): string {
  return text.length <= shownChars ? text : `${text.slice(0, shownChars - 1)}…`;
}
