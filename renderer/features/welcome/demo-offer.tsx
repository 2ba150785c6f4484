import { Play } from 'lucide-react';
import type { WireError } from '../../../preload/contract/errors.ts';
import { Button } from '../../ui/button.tsx';
import { WithCommands } from '../doctor/index.ts';
import { Section } from './section.tsx';
import type { Choice } from './use-choice.ts';

/** For who wants to look before anything of theirs is touched. */
export function DemoOffer({
  obstacle,
  choice,
}: {
  obstacle: WireError | undefined;
  choice: Choice;
}) {
  return (
    <Section title="Or look around first">
      <p className="text-muted">
        The demo is a small web shop with scripted agents who ask, wait and hand in work. It needs
        no CLI and no account, and all of it goes when Musher stops.
      </p>
      {obstacle ? (
        <p className="text-muted">
          <WithCommands text={`${obstacle.message} ${obstacle.mend}`} />
        </p>
      ) : (
        <div>
          <Button
            icon={Play}
            busy={choice.busy === 'the demo'}
            disabled={choice.busy !== undefined}
            onClick={choice.openDemo}
          >
            Open the demo
          </Button>
        </div>
      )}
    </Section>
  );
}
