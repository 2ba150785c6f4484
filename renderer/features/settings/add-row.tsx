import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Origin, SettingKey } from '../../../preload/contract/settings-facts.ts';
import { type TomlValue, tomlText } from '../../../preload/contract/toml-text.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { TextField } from '../../ui/text-field.tsx';
import { sentText } from './fields.ts';
import { labelOf, type Rows, rowKey } from './sections.ts';
import { SavingLine } from './setting-row.tsx';
import { useProblem, useSaving } from './use-saving.ts';

interface AddRowProps {
  table: Rows;
  file: Origin;
}

/** Its name and what it cannot be without; the rest is set in the row. */
export function AddRow({ table, file }: AddRowProps) {
  const { about, keys, label } = table;
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const needed = keys.filter(({ key, isRequired }) => isRequired && !key.endsWith('>.name'));
  const first = needed.length > 0 ? needed : keys.slice(0, 1);
  const nameOf = ({ key }: SettingKey) => key.split('.').at(-1) ?? '';
  const value = rowValue(first, (one) => texts[nameOf(one)] ?? '');
  const key = rowKey(about.key, name.trim());
  const isReady = name.trim() !== '' && value !== undefined;
  const problem = useProblem(key, file, isReady ? value : undefined);
  const { saving, save } = useSaving(key, file);
  const one = label.replace(/s$/, '').toLowerCase();
  if (!isOpen)
    return (
      <div className="flex items-center gap-3 px-4 pt-2">
        <Button icon={Plus} look="quiet" onClick={() => setOpen(true)}>
          Add {about.key === 'review.delegate' ? 'a rule' : `to ${label.toLowerCase()}`}
        </Button>
        <SavingLine saving={saving} />
      </div>
    );
  const add = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!isReady || problem) return;
    if (!(await save(value))) return;
    setName('');
    setTexts({});
    setOpen(false);
  };
  return (
    <form
      aria-label={`Add to ${about.key}`}
      className="mx-4 mt-2 flex flex-wrap items-start gap-3 rounded-md border p-3"
      onSubmit={(event) => void add(event)}
      onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
    >
      <div className="w-44">
        <TextField
          label={`Name of the ${one}`}
          value={name}
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      {first.map((each) => (
        <div key={each.key} className="w-60">
          <TextField
            label={labelOf(nameOf(each))}
            hint={each.kind === 'texts' ? 'Words, parted by blanks' : each.choices?.join(' or ')}
            value={texts[nameOf(each)] ?? ''}
            onChange={(event) => setTexts({ ...texts, [nameOf(each)]: event.target.value })}
          />
        </div>
      ))}
      <div className="flex gap-2 pt-6">
        <Button type="submit" look="primary" disabled={!isReady || problem !== undefined}>
          Add
        </Button>
        <Button look="quiet" onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
      {saving.state === 'failed' && <SavingLine saving={saving} />}
      {problem && (
        <p role="alert" className="w-full text-sm text-red wrap-anywhere">
          {toPlainLine(problem.message)}
        </p>
      )}
    </form>
  );
}

/** The row as TOML; undefined while something is missing. */
function rowValue(keys: readonly SettingKey[], textOf: (key: SettingKey) => string) {
  const parts = keys.map((one) => {
    const text = textOf(one).trim();
    const isWords = one.kind === 'texts';
    const sent = isWords
      ? text === ''
        ? undefined
        : tomlText(text.split(/\s+/) as TomlValue)
      : sentText(one.kind, text);
    return sent === undefined ? undefined : `${one.key.split('.').at(-1)} = ${sent}`;
  });
  return parts.includes(undefined) ? undefined : `{ ${parts.join(', ')} }`;
}
