import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { When } from './timer-form.ts';
import type { FieldsProps } from './what-fields.tsx';

const segments: ReadonlyArray<{ value: When; label: string }> = [
  { value: 'once', label: 'Once' },
  { value: 'every', label: 'After an interval' },
  { value: 'cron', label: 'By the calendar' },
];

/** When it fires. */
export function WhenFieldset(props: FieldsProps) {
  const { draft, error, onChange } = props;
  const isRepeated = draft.when !== 'once';
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="sr-only">When it fires</legend>
      <div>
        <Segmented<When>
          label="When it fires"
          value={draft.when}
          segments={segments}
          onChange={(when) => onChange({ when })}
        />
      </div>
      {draft.when === 'once' && (
        <TextField
          label="At"
          hint="in 2h, 17:30, tomorrow 9:00, 2026-12-01T09:00"
          error={error}
          value={draft.at}
          onChange={(event) => onChange({ at: event.target.value })}
        />
      )}
      {draft.when === 'every' && <EveryField {...props} />}
      {draft.when === 'cron' && <CronFields {...props} />}
      {isRepeated && (
        <TextField
          label="First"
          hint={
            draft.when === 'cron'
              ? 'Not before then. It may stay empty.'
              : 'Empty: after the first interval.'
          }
          value={draft.first}
          onChange={(event) => onChange({ first: event.target.value })}
        />
      )}
    </fieldset>
  );
}

function EveryField({ draft, error, fault, onChange }: FieldsProps) {
  return (
    <TextField
      label="Every"
      hint="30m, 2h, 1d: at least a minute"
      error={fault?.field === 'every' ? fault.message : error}
      value={draft.every}
      onChange={(event) => onChange({ every: event.target.value })}
    />
  );
}

function CronFields({ draft, error, onChange }: FieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <TextField
        label="Cron"
        hint="minute hour day month weekday"
        placeholder="0 9 * * 1-5"
        error={error}
        className="font-mono text-sm"
        value={draft.cron}
        onChange={(event) => onChange({ cron: event.target.value })}
      />
      <TextField
        label="Time zone"
        hint="Empty: where Musher runs"
        placeholder="Europe/Berlin"
        value={draft.zone}
        onChange={(event) => onChange({ zone: event.target.value })}
      />
    </div>
  );
}
