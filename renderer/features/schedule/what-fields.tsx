import { useId } from 'react';
import { useRecords } from '../../hub/use-records.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Select, TextArea, TextField } from '../../ui/text-field.tsx';
import type { Draft, What } from './timer-form.ts';

export interface FieldsProps {
  draft: Draft;
  /** What the hub says is wrong with this part. */
  error: string | undefined;
  fault: { readonly field: keyof Draft; readonly message: string } | undefined;
  onChange: (some: Partial<Draft>) => void;
}

const segments: ReadonlyArray<{ value: What; label: string }> = [
  { value: 'tell', label: 'Tell an agent' },
  { value: 'start', label: 'Start an agent' },
  { value: 'command', label: 'Command' },
  { value: 'remind', label: 'Remind me' },
];

/** What it does. */
export function WhatFields({ isNew, ...props }: FieldsProps & { isNew: boolean }) {
  const { draft, onChange } = props;
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="sr-only">What it does</legend>
      <div>
        <Segmented<What>
          label="What it does"
          value={draft.what}
          segments={isNew ? segments : segments.filter(({ value }) => value !== 'remind')}
          onChange={(what) => onChange({ what })}
        />
      </div>
      {draft.what === 'command' ? <CommandFields {...props} /> : <PromptFields {...props} />}
    </fieldset>
  );
}

const texts: Readonly<Record<Exclude<What, 'command'>, { label: string; hint: string }>> = {
  tell: {
    label: 'What it is told',
    hint: 'A message to it. It is woken for that, and started when it is stopped.',
  },
  start: {
    label: 'What is to be done',
    hint: 'A story of this text is written each time, and an agent started for it.',
  },
  remind: { label: 'Of what', hint: 'It comes into your Inbox.' },
};

function PromptFields({ draft, error, onChange }: FieldsProps) {
  const { what } = draft;
  if (what === 'command') return null;
  return (
    <>
      {what === 'tell' && <AgentField draft={draft} onChange={onChange} />}
      {what === 'start' && <ProfileField draft={draft} onChange={onChange} />}
      <TextArea
        {...texts[what]}
        error={error}
        autoFocus
        rows={3}
        maxLength={what === 'remind' ? 4_000 : 20_000}
        value={draft.text}
        onChange={(event) => onChange({ text: event.target.value })}
      />
    </>
  );
}

type Part = Pick<FieldsProps, 'draft' | 'onChange'>;

function AgentField({ draft, onChange }: Part) {
  const agents = useRecords('agent').filter(({ state }) => state !== 'destroyed');
  return (
    <Select
      label="Agent"
      value={draft.agent}
      onChange={(event) => onChange({ agent: event.target.value })}
    >
      <option value="">Choose one</option>
      {agents.map(({ id, state }) => (
        <option key={id} value={id}>
          {id} ({state})
        </option>
      ))}
    </Select>
  );
}

/** Those that read a prompt; a config may have others. */
const profiles = ['claude', 'codex', 'gemini', 'opencode', 'copilot', 'aider'];

function ProfileField({ draft, onChange }: Part) {
  const list = useId();
  return (
    <>
      <TextField
        label="Profile"
        hint="Of the agent that is started."
        list={list}
        maxLength={40}
        value={draft.profile}
        onChange={(event) => onChange({ profile: event.target.value })}
      />
      <datalist id={list}>
        {profiles.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

/** Those that are done by the clock most; any other may be named. */
const commands: Readonly<Record<string, string>> = {
  'story.unfreeze': '{"story": "s-3"}',
  'story.move': '{"story": "s-3", "to": "backlog"}',
  'story.add': '{"title": "…"}',
  'agent.start': '{"agent": "backend"}',
  'agent.stop': '{"agent": "backend"}',
  'agent.restart': '{"agent": "backend"}',
  'queue.hold': '{"target": "main"}',
  'queue.release': '{"target": "main"}',
  'snapshot.take': '{"agent": "backend"}',
  'message.send': '{"to": "backend", "body": "…"}',
};

function CommandFields({ draft, error, fault, onChange }: FieldsProps) {
  const list = useId();
  const example = commands[draft.command] ?? '{"story": "s-3"}';
  return (
    <>
      <TextField
        label="Command"
        hint="By its type: story.unfreeze. It is done in your name."
        error={error}
        autoFocus
        list={list}
        maxLength={80}
        className="font-mono text-sm"
        value={draft.command}
        onChange={(event) => onChange({ command: event.target.value })}
      />
      <datalist id={list}>
        {Object.keys(commands).map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <TextArea
        label="With"
        hint="What it takes, as JSON."
        error={fault?.field === 'data' ? fault.message : undefined}
        rows={3}
        spellCheck={false}
        placeholder={example}
        className="font-mono text-sm"
        value={draft.data}
        onChange={(event) => onChange({ data: event.target.value })}
      />
    </>
  );
}
