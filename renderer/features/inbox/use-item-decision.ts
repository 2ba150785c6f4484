/** A decision about one item: held for a moment, its draft dropped once it is done, selected again where it is not. */
import { useDecide } from '../../shell/use-decisions.ts';
import { focusInboxList } from './inbox-list.tsx';
import { dropDraft, select } from './inbox-ui.ts';

/** Says what was decided, in the words of whoever undoes it. */
export function useItemDecision(id: string): (what: string, send: () => Promise<boolean>) => void {
  const decide = useDecide();
  return (what, send) => {
    decide({
      subject: id,
      what,
      async send() {
        const done = await send();
        if (done) dropDraft(id);
        return done;
      },
      onBack: () => select(id),
    });
    focusInboxList();
  };
}
