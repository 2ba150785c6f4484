import { RotateCcw } from 'lucide-react';
import { useId, useState } from 'react';
import type { Origin } from '../../../preload/contract/settings-facts.ts';
import { Badge } from '../../ui/badge.tsx';
import { FailedLine } from '../../ui/failed-line.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { fieldText, sentText } from './fields.ts';
import { inForce } from './in-force.ts';
import { saidText } from './said-text.ts';
import type { Item } from './sections.ts';
import { SettingControl } from './setting-control.tsx';
import { type Saving, useProblem, useSaving } from './use-saving.ts';

interface SettingRowProps {
  item: Item;
  /** Which is changed. */
  file: Origin;
}

export const whose = { default: 'default', user: 'your own', repository: 'repository' } as const;

/** One setting: what it does, what it is and whose that is, and how its change went. */
export function SettingRow({ item, file }: SettingRowProps) {
  const { about, key, label } = item;
  const said = item.value?.said.find((one) => one.in === file);
  const there = fieldText(about.kind, said?.value);
  const [draft, setDraft] = useState<string>();
  const { saving, save, rest } = useSaving(key, file, saidText(item, file));
  const isChanged = draft !== undefined && draft !== there;
  const problem = useProblem(key, file, isChanged ? sentText(about.kind, draft) : undefined);
  const id = useId();
  /** A button that goes with what it did hands the focus on. */
  const focusField = () => document.getElementById(id)?.focus();
  const isShut = about.ownOnly === true && file === 'repository';
  const force = inForce(item);
  const commit = async (text: string) => {
    // What was refused stays in the field, to be mended or tried again.
    if (text === there || (await save(sentText(about.kind, text)))) setDraft(undefined);
  };
  const handleChange = (text: string) => {
    rest();
    setDraft(text);
  };
  return (
    <li
      data-key={key}
      className="grid grid-cols-[minmax(0,1fr)_minmax(0,20rem)] gap-x-6 gap-y-1 border-b px-4 py-2.5 max-md:grid-cols-1"
    >
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <label htmlFor={id} className="font-medium wrap-anywhere">
            {label}
          </label>
          <Badge tone={force.from === 'default' ? 'neutral' : 'blue'}>{whose[force.from]}</Badge>
          {about.isRequired && <span className="text-xs text-faint">required</span>}
        </p>
        <p id={`${id}-help`} className="mt-0.5 text-sm text-muted wrap-anywhere">
          {about.help}.{about.default !== undefined && ` Default: ${about.default}.`}
        </p>
        <p className="mt-0.5 font-mono text-xs text-faint select-all wrap-anywhere">
          {toPlainLine(key)}
        </p>
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex min-w-0 items-start gap-1.5">
          <SettingControl
            about={about}
            id={id}
            described={`${id}-help ${id}-state`}
            text={draft ?? there}
            standard={force.text}
            isInvalid={problem !== undefined}
            isDisabled={isShut}
            onChange={handleChange}
            onCommit={(text) => void commit(text)}
            onRevert={() => setDraft(undefined)}
          />
          {about.unit && <span className="mt-1 shrink-0 text-sm text-muted">{about.unit}</span>}
          {said !== undefined && !about.isRequired && (
            <IconButton
              icon={RotateCcw}
              label={`Reset ${key} to default`}
              onClick={() => {
                setDraft(undefined);
                focusField();
                void save(undefined);
              }}
            />
          )}
        </div>
        <div id={`${id}-state`} className="text-sm">
          {problem && (
            <p role="alert" className="text-red wrap-anywhere">
              {capitalized(toPlainLine(problem.message))}
            </p>
          )}
          <Standing item={item} file={file} />
          {!problem && <SavingLine saving={saving} onUndo={focusField} />}
        </div>
      </div>
    </li>
  );
}

/** What the other file has to do with it. */
function Standing({ item, file }: SettingRowProps) {
  const { about, value } = item;
  if (about.ownOnly && file === 'repository')
    return <p className="text-muted">Only your own file is asked for it.</p>;
  const said = value?.said.find((one) => one.in === file);
  const other = value?.said.find((one) => one.in !== file);
  if (said?.not) return <p className="text-amber wrap-anywhere">It does not count: {said.not}.</p>;
  if (other === undefined) return null;
  const text = toPlainLine(fieldText(about.kind, other.value).replaceAll('\n', ', '));
  const name = other.in === 'user' ? 'Your own file' : 'The repository’s file';
  const counts = other.not === undefined ? '' : ', which does not count';
  return (
    <p className="text-muted wrap-anywhere">
      {name} says <code className="text-fg">{text}</code>
      {counts}.
    </p>
  );
}

interface SavingLineProps {
  saving: Saving;
  /** Besides that it is undone. */
  onUndo?: () => void;
}

export function SavingLine({ saving, onUndo }: SavingLineProps) {
  if (saving.state === 'failed') return <FailedLine error={saving.error} onRetry={saving.again} />;
  return (
    <div className="flex flex-wrap items-baseline gap-x-2">
      <p role="status" className="text-muted wrap-anywhere">
        {saving.state === 'saving' && 'Saving…'}
        {saving.state === 'saved' && ['Saved.', ...saving.notes].join(' ')}
      </p>
      {saving.state === 'saved' && saving.undo && (
        <button
          type="button"
          className="rounded-sm text-blue underline-offset-2 hover:underline"
          onClick={() => {
            onUndo?.();
            saving.undo?.();
          }}
        >
          Undo
        </button>
      )}
    </div>
  );
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
