import { useRecords } from '../../hub/use-records.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Select, TextArea, TextField } from '../../ui/text-field.tsx';
import type { Doing } from './trigger-form.ts';
import { type FieldsProps, Group } from './when-fields.tsx';

/** What it does, and how often. */
export function DoesFields(props: FieldsProps) {
  const { form, problems, onChange } = props;
  return (
    <>
      <Group title="Then">
        <div>
          <Segmented<Doing>
            label="What it does"
            value={form.doing}
            segments={[
              { value: 'prompt', label: 'Prompt' },
              { value: 'command', label: 'Command' },
              { value: 'webhook', label: 'Webhook' },
            ]}
            onChange={(doing) => onChange({ doing })}
          />
        </div>
        {form.doing === 'prompt' && <PromptFields {...props} />}
        {form.doing === 'command' && <CommandFields {...props} />}
        {form.doing === 'webhook' && <WebhookFields {...props} />}
        <TextField
          name="name"
          label="Name"
          value={form.name}
          placeholder="left out: what it does"
          maxLength={100}
          error={problems.name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Group>
      <Group title="How often">
        <div className="grid grid-cols-2 gap-3">
          <TextField
            name="cooldown"
            label="Cool-down"
            value={form.cooldown}
            placeholder="none, or 10m"
            maxLength={40}
            error={problems.cooldown}
            onChange={(event) => onChange({ cooldown: event.target.value })}
          />
          <TextField
            name="perMinute"
            label="At most, in a minute"
            inputMode="numeric"
            value={form.perMinute}
            maxLength={3}
            error={problems.perMinute}
            onChange={(event) => onChange({ perMinute: event.target.value })}
          />
        </div>
        <Check
          label="Once, then it is spent"
          checked={form.once}
          onChange={(once) => onChange({ once })}
        />
      </Group>
    </>
  );
}

interface CheckProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label className="flex items-center gap-1.5">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="accent-accent"
      />
      {label}
    </label>
  );
}

const fillHint = 'Of the event: {{story}}, {{agent}}, {{paths}}, {{data.place.reason}}';

function PromptFields({ form, problems, onChange }: FieldsProps) {
  const agents = useRecords('agent');
  return (
    <>
      <TextArea
        name="prompt"
        label="Prompt"
        rows={3}
        value={form.prompt}
        maxLength={20_000}
        error={problems.prompt}
        hint={fillHint}
        onChange={(event) => onChange({ prompt: event.target.value })}
      />
      <div className="grid grid-cols-2 gap-3">
        <Select
          label="To"
          name="to"
          value={form.to}
          error={problems.to}
          onChange={(event) => onChange({ to: event.target.value })}
        >
          <option value="">A new agent</option>
          {agents.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </Select>
        {form.to === '' && (
          <TextField
            name="profile"
            label="Its profile"
            value={form.profile}
            placeholder="claude"
            maxLength={40}
            error={problems.profile}
            onChange={(event) => onChange({ profile: event.target.value })}
          />
        )}
      </div>
    </>
  );
}

function CommandFields({ form, problems, onChange }: FieldsProps) {
  return (
    <>
      <TextField
        name="command"
        label="Command"
        className="font-mono"
        value={form.command}
        placeholder="story.hold"
        maxLength={80}
        error={problems.command}
        onChange={(event) => onChange({ command: event.target.value })}
      />
      <TextArea
        name="data"
        label="With"
        className="font-mono"
        rows={3}
        value={form.data}
        spellCheck={false}
        error={problems.data}
        hint={fillHint}
        onChange={(event) => onChange({ data: event.target.value })}
      />
    </>
  );
}

function WebhookFields({ form, problems, onChange }: FieldsProps) {
  return (
    <>
      <TextField
        name="webhook"
        label="Address"
        className="font-mono"
        type="url"
        value={form.webhook}
        placeholder="https://ci.example.com/musher"
        maxLength={2_000}
        error={problems.webhook}
        hint="The event as JSON, by POST"
        onChange={(event) => onChange({ webhook: event.target.value })}
      />
      <Check
        label="Allow http to another machine"
        checked={form.plainHttp}
        onChange={(plainHttp) => onChange({ plainHttp })}
      />
    </>
  );
}
