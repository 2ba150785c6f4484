import { Compass, Copy, Keyboard } from 'lucide-react';
import { useState } from 'react';
import { reportText } from '../../../preload/contract/say-doctor.ts';
import { useConnection } from '../../hub/connection.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { showError } from '../../ui/toast.tsx';
import { views } from '../../views.ts';
import { startTour } from '../tour/tour-state.ts';
import { closeOverlay, navigate, toggleOverlay } from '../ui-state.ts';
import type { View } from '../view.ts';
import { WhereThingsAre } from './where-things-are.tsx';

/** What each view is for, where things are, and what to give to who is asked for help. */
export function HelpDialog() {
  const { version } = useConnection();
  return (
    <Dialog
      open
      onOpenChange={closeOverlay}
      title="Help"
      description={version === undefined ? undefined : `Musher ${version}`}
      width="wide"
      isText
    >
      <div className="flex flex-col gap-5 pb-3">
        <div className="flex flex-wrap gap-2">
          <Button icon={Compass} onClick={startTour}>
            Take the tour
          </Button>
          <Button icon={Keyboard} onClick={() => toggleOverlay('shortcuts')}>
            Shortcuts
          </Button>
          <CopyReport />
        </div>
        <section aria-label="Views">
          <ul className="flex flex-col">
            {views.map((view) => (
              <ViewLine key={view.id} view={view} />
            ))}
          </ul>
        </section>
        <WhereThingsAre />
      </div>
    </Dialog>
  );
}

function ViewLine({ view: { id, title, icon: Icon, about, shortcut } }: { view: View }) {
  return (
    <li>
      <button
        type="button"
        onClick={() => navigate(id)}
        className="grid w-full grid-cols-[1rem_6.5rem_minmax(0,1fr)_auto] items-start gap-x-2 rounded-md px-2 py-1 text-left hover:bg-hover max-sm:grid-cols-[1rem_minmax(0,1fr)_auto]"
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 text-faint" />
        <span className="font-medium">{title}</span>
        <span className="text-muted max-sm:order-last max-sm:col-span-2 max-sm:col-start-2">
          {about}
        </span>
        <Kbd keys={`g ${shortcut}`} decorative />
      </button>
    </li>
  );
}

/** What the doctor says, as text: the home folder and what grants access are out of it. */
function CopyReport() {
  const { bridge } = useHub();
  const [isLooking, setIsLooking] = useState(false);
  const copy = async () => {
    setIsLooking(true);
    try {
      copyText(reportText(await bridge.query('doctor.check', {})), {
        done: 'Copied the Doctor’s report; your home folder is ~ in it, and tokens are left out.',
        failed: 'This page may not use the clipboard; `musher doctor` prints the same.',
      });
    } catch (thrown) {
      showError(toWireErrorOf(thrown));
    }
    setIsLooking(false);
  };
  return (
    <Button icon={Copy} busy={isLooking} onClick={() => void copy()}>
      Copy the Doctor’s report
    </Button>
  );
}
