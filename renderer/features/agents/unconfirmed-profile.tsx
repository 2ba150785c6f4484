import { useState } from 'react';
import { useSend } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { UntrustedLine, UntrustedText } from '../../ui/untrusted-text.tsx';
import type { Profile } from './profile-picker.tsx';

interface UnconfirmedProfileProps {
  profile: Profile;
  unconfirmed: NonNullable<Profile['unconfirmed']>;
  onConfirmed: (name: string) => void;
}

/** About what the box shows at once; what is longer could have its end out of sight. */
const shownChars = 240;

/** A program that the repository names: what would run is shown, and it runs only once that was confirmed. */
export function UnconfirmedProfile({ profile, unconfirmed, onConfirmed }: UnconfirmedProfileProps) {
  const send = useSend();
  const [busy, setBusy] = useState(false);
  const { name, title } = profile;
  const { commandLine, hash } = unconfirmed;
  const confirm = async () => {
    setBusy(true);
    if (await send('profile.trust', { profile: name, hash })) onConfirmed(name);
    setBusy(false);
  };
  return (
    <div className="flex min-h-row items-start gap-2.5 border-b px-2.5 py-1.5 last:border-b-0">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex min-w-0 items-baseline gap-2.5">
          <UntrustedLine text={title} />
          <span className="shrink-0 text-sm text-muted">from this repository, not confirmed</span>
        </div>
        <UntrustedText
          text={commandLine}
          className="text-selectable max-h-24 overflow-y-auto font-mono text-sm break-all text-muted"
        />
        {commandLine.length > shownChars && (
          <span className="text-sm text-amber">
            {commandLine.length} characters: scroll to read all of it
          </span>
        )}
      </div>
      <Button
        busy={busy}
        aria-label={`Confirm ${name}: this command may run on this machine`}
        onClick={() => void confirm()}
      >
        Confirm
      </Button>
    </div>
  );
}
