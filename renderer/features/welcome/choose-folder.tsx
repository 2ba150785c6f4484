import { FolderOpen } from 'lucide-react';
import { useRef, useState } from 'react';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { showError } from '../../ui/toast.tsx';
import { useDrop } from './use-drop.ts';
import { FolderField } from './folder-field.tsx';
import { Section } from './section.tsx';
import { shownPath } from './shown-path.ts';
import type { Choice } from './use-choice.ts';
import { Verdict } from './verdict.tsx';

interface ChooseFolderProps {
  choice: Choice;
  look: QueryOutput<'welcome.look'> | undefined;
}

/** The one thing to do here: a folder, what it is, and a button. */
export function ChooseFolder({ choice, look }: ChooseFolderProps) {
  const { set, verdict, busy, open } = choice;
  const home = look?.home ?? '';
  const isOver = useDrop((path) => set(shownPath(path, home)));
  const canOpen =
    verdict?.root !== undefined && verdict.kind !== 'missing' && verdict.url === undefined;
  return (
    <Section title="Open a repository">
      <div
        className={classNames(
          'flex items-start gap-2 rounded-md',
          isOver && 'outline-2 outline-accent',
        )}
      >
        <FolderField
          {...{ choice, home }}
          onEnter={() => canOpen && busy === undefined && open(verdict.path)}
        />
        {look?.host === 'desktop' && (
          <ChooseButton onChosen={(path) => set(shownPath(path, home))} />
        )}
      </div>
      <Verdict {...{ choice, home }} />
    </Section>
  );
}

/** The system's own dialog: it is over this window, and is ended there. */
function ChooseButton({ onChosen }: { onChosen: (path: string) => void }) {
  const { bridge } = useHub();
  const [isOpen, setIsOpen] = useState(false);
  const asked = useRef<AbortController>(undefined);
  const choose = async () => {
    asked.current?.abort();
    asked.current = new AbortController();
    setIsOpen(true);
    try {
      const { path } = await bridge.query('welcome.choose', {}, asked.current.signal);
      if (path !== undefined) onChosen(path);
    } catch (thrown) {
      showError(toWireErrorOf(thrown));
    }
    setIsOpen(false);
  };
  return (
    <Button icon={FolderOpen} busy={isOpen} onClick={() => void choose()}>
      Choose…
    </Button>
  );
}
