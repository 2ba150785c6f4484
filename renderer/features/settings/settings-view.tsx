import { SearchX } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { Origin } from '../../../preload/contract/settings-facts.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailedLine } from '../../ui/failed-line.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { Appearance } from './appearance.tsx';
import { Contents } from './contents.tsx';
import { FileBar } from './file-bar.tsx';
import { Loading } from './loading.tsx';
import { RowGroup } from './row-group.tsx';
import { search } from './search.ts';
import { type Section, sectionsOf } from './sections.ts';
import { SectionHeading } from './section-heading.tsx';
import { SettingRow } from './setting-row.tsx';
import { type Settings, useSettings } from './use-settings.ts';

const segments = [
  { value: 'user', label: 'Your own' },
  { value: 'repository', label: 'This repository' },
] as const;

/** Every key of config.toml: what it is, whose that is, and a field to change it. */
export function SettingsView() {
  const { settings, error, reload } = useSettings();
  const [file, setFile] = useState<Origin>('user');
  const [words, setWords] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useShortcuts([
    { keys: '/', run: () => input.current?.select() },
    { keys: 'o', run: () => setFile((old) => (old === 'user' ? 'repository' : 'user')) },
  ]);
  const handleKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (words === '') input.current?.blur();
    else setWords('');
  };
  const actions = (
    <>
      <span className="text-sm text-muted max-lg:sr-only">Change</span>
      <Segmented<Origin>
        label="Which file is changed"
        value={file}
        segments={segments}
        onChange={setFile}
        shortcut="o"
      />
    </>
  );
  return (
    <>
      <ViewHeader title="Settings" actions={actions}>
        <search className="max-w-72 min-w-24 flex-1">
          <TextField
            ref={input}
            hideLabel
            type="search"
            label="Search settings"
            placeholder="Search: key, help or value"
            value={words}
            maxLength={200}
            onChange={(event) => setWords(event.target.value)}
            onKeyDown={handleKeyDown}
          />
        </search>
      </ViewHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {error && (
          <div className="px-4 py-3">
            <FailedLine error={error} onRetry={reload} />
          </div>
        )}
        {settings === undefined && error === undefined && <Loading />}
        {settings && (
          <Page settings={settings} file={file} words={words} onClear={() => setWords('')} />
        )}
      </div>
    </>
  );
}

interface PageProps {
  settings: Settings;
  file: Origin;
  words: string;
  onClear: () => void;
}

function Page({ settings, file, words, onClear }: PageProps) {
  const { files, keys, values } = settings;
  const all = useMemo(() => sectionsOf(keys, values), [keys, values]);
  const wanted = useDeferredValue(words);
  const found = useMemo(() => search(all, wanted), [all, wanted]);
  const changed = files.find(({ origin }) => origin === file);
  const isSearched = wanted.trim() !== '';
  return (
    <div className="grid min-h-full grid-cols-[11rem_minmax(0,1fr)] max-lg:grid-cols-1">
      <Contents sections={found} hasAppearance={!isSearched} />
      <div className="min-w-0 border-l max-lg:border-l-0">
        {changed && <FileBar file={changed} />}
        {!isSearched && <Appearance />}
        {found.map((section) => (
          <SectionOf key={section.name} section={section} file={file} isSearched={isSearched} />
        ))}
        {found.length === 0 && (
          <EmptyState
            icon={SearchX}
            title="No setting has these words"
            action={<Button onClick={onClear}>Clear the search</Button>}
          >
            Keys, help and values were searched.
          </EmptyState>
        )}
      </div>
    </div>
  );
}

interface SectionProps {
  section: Section;
  file: Origin;
  isSearched: boolean;
}

function SectionOf({ section, file, isSearched }: SectionProps) {
  const { name, title, help, items, tables } = section;
  return (
    <section aria-labelledby={`settings-${name}`}>
      <SectionHeading name={name} title={title} help={`${help}.`} />
      <ul>
        {items.map((item) => (
          <SettingRow key={`${file} ${item.key}`} item={item} file={file} />
        ))}
      </ul>
      {tables.map((table) => (
        <RowGroup
          key={`${file} ${table.about.key}`}
          table={table}
          file={file}
          isOpen={isSearched}
        />
      ))}
    </section>
  );
}
