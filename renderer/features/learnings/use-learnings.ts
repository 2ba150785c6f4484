import { useMemo } from 'react';
import type { FindingRecord } from '../../../preload/contract/findings.ts';
import type { LearningRecord } from '../../../preload/contract/learning-records.ts';
import { sayFinding } from '../../../preload/contract/say-finding.ts';
import { useSend } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { useDecide, useUnderWay } from '../../shell/use-decisions.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { shownFindings, shownNotes } from './learning-search.ts';

interface Learnings {
  readonly notes: readonly LearningRecord[];
  readonly findings: readonly FindingRecord[];
}

/** Those that fit, without what was dropped on this page and is not confirmed yet. */
export function useLearnings(typed: string): Learnings {
  const notes = useRecords('learning');
  const findings = useRecords('finding');
  const underWay = useUnderWay();
  return useMemo(() => {
    const isThere = ({ id }: { id: string }) => !underWay.has(`learning/${id}`);
    return {
      notes: shownNotes(notes, typed).filter(isThere),
      findings: shownFindings(findings, typed).filter(isThere),
    };
  }, [notes, findings, underWay, typed]);
}

export interface LearningActions {
  /** Takes it away, with a way back. */
  drop(one: LearningRecord | FindingRecord): void;
  /** The finding becomes a note in its own words, with a way back. */
  promote(finding: FindingRecord): void;
}

export function useLearningActions(): LearningActions {
  const send = useSend();
  const decide = useDecide();
  return useMemo(
    () => ({
      drop(one) {
        const words = 'text' in one ? one.text : sayFinding(one);
        decide({
          subject: `learning/${one.id}`,
          what: `Dropped: ${toPlainLine(words)}`,
          send: () => send('learning.drop', { id: one.id }),
        });
      },
      promote(finding) {
        decide({
          subject: `learning/${finding.id}`,
          what: `Noted: ${toPlainLine(sayFinding(finding))}`,
          send: () => send('learning.promote', { finding: finding.id }),
        });
      },
    }),
    [send, decide],
  );
}
