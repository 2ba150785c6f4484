import { useId } from 'react';
import type { QueryOutput } from '../../hub/bridge.ts';
import { classNames } from '../../ui/class-names.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { UnconfirmedProfile } from './unconfirmed-profile.tsx';

export type Profile = QueryOutput<'agent.profiles'>['profiles'][number];

interface ProfilePickerProps {
  profiles: readonly Profile[];
  value: string | undefined;
  error: string | undefined;
  onChange: (name: string) => void;
  /** One of the repository may run here now. */
  onConfirmed: (name: string) => void;
}

/** What can be started: not missing, and not waiting for the operator's word. */
export const isUsable = ({ installed, unconfirmed }: Profile) => installed && !unconfirmed;

/** Programs that an agent can be; a missing one says how to get it. */
export function ProfilePicker(props: ProfilePickerProps) {
  const { profiles, value, error, onChange, onConfirmed } = props;
  const name = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 font-medium">Program</legend>
      <div className="overflow-hidden rounded-md border border-line-strong">
        {profiles.map((profile) =>
          profile.unconfirmed ? (
            <UnconfirmedProfile
              key={profile.name}
              profile={profile}
              unconfirmed={profile.unconfirmed}
              onConfirmed={onConfirmed}
            />
          ) : (
            <ProfileRow
              key={profile.name}
              group={name}
              profile={profile}
              checked={profile.name === value}
              onChange={onChange}
            />
          ),
        )}
      </div>
      {error && (
        <div role="alert" className="text-sm text-red">
          {error}
        </div>
      )}
    </fieldset>
  );
}

interface ProfileRowProps {
  group: string;
  profile: Profile;
  checked: boolean;
  onChange: (name: string) => void;
}

function ProfileRow({ group, profile, checked, onChange }: ProfileRowProps) {
  const { name, title, installed, hint, program } = profile;
  return (
    <label
      className={classNames(
        'flex min-h-row items-baseline gap-2.5 border-b px-2.5 py-1.5 last:border-b-0 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-focus',
        checked ? 'bg-selected' : installed && 'hover:bg-hover',
      )}
    >
      <input
        type="radio"
        name={group}
        value={name}
        checked={checked}
        disabled={!installed}
        onChange={() => onChange(name)}
        className="translate-y-0.5 accent-accent outline-none"
      />
      <UntrustedLine
        text={title}
        className={classNames('max-w-1/2 shrink-0', !installed && 'text-faint')}
      />
      {installed ? (
        <code className="min-w-0 flex-1 truncate text-sm text-faint">{program}</code>
      ) : (
        <span className="text-selectable min-w-0 flex-1 text-sm text-muted">
          Not installed. {hint && toPlainLine(hint)}
        </span>
      )}
    </label>
  );
}
