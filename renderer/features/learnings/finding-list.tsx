import { useEffect } from 'react';
import type { FindingCategory, FindingRecord } from '../../../preload/contract/findings.ts';
import { findingTitles, sayFinding } from '../../../preload/contract/say-finding.ts';
import { classNames } from '../../ui/class-names.ts';
import { copyText } from '../../ui/copy-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { AgentNames } from './agent-names.tsx';
import { Evidence } from './evidence.tsx';
import { RowActions } from './row-actions.tsx';

interface FindingListProps {
  /** In their order, those of a category together. */
  findings: readonly FindingRecord[];
  activeId: string | undefined;
  /** Whose evidence is shown. */
  openId: string | undefined;
  onToggle: (finding: FindingRecord) => void;
  onDrop: (finding: FindingRecord) => void;
  onPromote: (finding: FindingRecord) => void;
}

/** By category. At most some hundred rows, so all are there. */
export function FindingList({ findings, activeId, ...rest }: FindingListProps) {
  useEffect(() => {
    if (activeId) document.getElementById(rowId(activeId))?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  const byCategory = Map.groupBy(findings, ({ category }) => category);
  return (
    <ScrollArea aria-label="Findings" role="region">
      {[...byCategory].map(([category, all]) => (
        <Category key={category} category={category} findings={all}>
          {(finding) => (
            <Row
              key={finding.id}
              finding={finding}
              isActive={finding.id === activeId}
              isOpen={finding.id === rest.openId}
              {...rest}
            />
          )}
        </Category>
      ))}
    </ScrollArea>
  );
}

interface CategoryProps {
  category: FindingCategory;
  findings: readonly FindingRecord[];
  children: (finding: FindingRecord) => React.ReactNode;
}

function Category({ category, findings, children }: CategoryProps) {
  const id = `findings-${category}`;
  return (
    <section aria-labelledby={id}>
      <h2
        id={id}
        className="sticky top-0 z-10 flex h-8 items-center gap-1.5 border-b bg-raised px-4 text-sm font-medium"
      >
        {findingTitles[category]}
        <span className="font-normal text-faint tabular-nums">{findings.length}</span>
      </h2>
      <ul>{findings.map(children)}</ul>
    </section>
  );
}

const rowId = (id: string) => `finding-row-${id}`;

interface RowProps extends Pick<FindingListProps, 'onToggle' | 'onDrop' | 'onPromote'> {
  finding: FindingRecord;
  isActive: boolean;
  isOpen: boolean;
}

function Row({ finding, isActive, isOpen, onToggle, onDrop, onPromote }: RowProps) {
  const text = sayFinding(finding);
  return (
    <li
      id={rowId(finding.id)}
      aria-current={isActive}
      className={classNames(
        'group scroll-mt-8 border-b px-4 py-2 hover:bg-hover',
        isActive && 'bg-selected',
      )}
    >
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <UntrustedText text={text} className="max-w-200" />
          <div className="flex flex-wrap gap-x-1.5 text-sm text-faint">
            <AgentNames names={finding.agents} />
            <span aria-hidden>·</span>
            <span>
              last <RelativeTime atMs={finding.lastMs} withAgo />
            </span>
          </div>
        </div>
        <RowActions
          onCopy={() => copyText(text)}
          onDrop={() => onDrop(finding)}
          finding={{
            isOpen,
            onToggle: () => onToggle(finding),
            onPromote: () => onPromote(finding),
          }}
        />
      </div>
      {isOpen && <Evidence finding={finding} />}
    </li>
  );
}
