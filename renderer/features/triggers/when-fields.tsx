import { type ReactNode, useId } from 'react';
import { type StoryStage, storyStages } from '../../../preload/contract/story-stages.ts';
import { Select, TextArea, TextField } from '../../ui/text-field.tsx';
import { commonEvents, type Problems, type TriggerForm } from './trigger-form.ts';

export interface FieldsProps {
  form: TriggerForm;
  problems: Problems;
  onChange: (patch: Partial<TriggerForm>) => void;
}

/** What it waits for: all that is said must fit. */
export function WhenFields({ form, problems, onChange }: FieldsProps) {
  const listId = useId();
  return (
    <Group title="When">
      <TextField
        autoFocus
        name="on"
        label="Events"
        className="font-mono"
        list={listId}
        value={form.on}
        placeholder="story.moved"
        maxLength={1_000}
        error={problems.on}
        hint="One or several; story.* is all of a kind, * all"
        onChange={(event) => onChange({ on: event.target.value })}
      />
      <datalist id={listId}>
        {commonEvents.map((type) => (
          <option key={type} value={type} />
        ))}
      </datalist>
      <div className="grid grid-cols-2 gap-3">
        <Select
          label="To stage"
          value={form.stage}
          onChange={(event) => onChange({ stage: event.target.value as StoryStage | '' })}
        >
          <option value="">Any</option>
          {storyStages.map((stage) => (
            <option key={stage} value={stage}>
              {stage}
            </option>
          ))}
        </Select>
        <TextField
          name="path"
          label="File"
          className="font-mono"
          value={form.path}
          placeholder="any, or src/**/*.ts"
          maxLength={500}
          error={problems.path}
          onChange={(event) => onChange({ path: event.target.value })}
        />
        <TextField
          name="agent"
          label="Agent"
          value={form.agent}
          placeholder="any"
          maxLength={80}
          error={problems.agent}
          onChange={(event) => onChange({ agent: event.target.value })}
        />
        <TextField
          name="story"
          label="Story"
          value={form.story}
          placeholder="any, or s-12"
          maxLength={20}
          error={problems.story}
          onChange={(event) => onChange({ story: event.target.value })}
        />
      </div>
      <TextArea
        name="where"
        label="And only where"
        className="font-mono"
        rows={2}
        value={form.where}
        placeholder={'data.transition == "fail" && size(paths) > 3'}
        maxLength={1_000}
        spellCheck={false}
        error={problems.where}
        hint="CEL over event, data, story, agent, stage and paths; optional"
        onChange={(event) => onChange({ where: event.target.value })}
      />
    </Group>
  );
}

export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-2 w-full border-b pb-1 font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}
