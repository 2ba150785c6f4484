import { readStored, writeStored } from '../../hub/storage.ts';
import { useUi } from '../../shell/ui-state.ts';
import { useFocusHome } from '../../shell/use-focus-home.ts';
import { usePages } from '../../ui/pages.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { NotificationsButton } from '../notifications/index.ts';
import { BulkDetail } from './bulk-detail.tsx';
import { DecidedView } from './decided-view.tsx';
import { FoldDetail } from './fold-detail.tsx';
import { type InboxItem, kindOf } from './kinds.ts';
import { decidedTarget, InboxMode, WaitedToday } from './inbox-mode.tsx';
import { findInboxHome, InboxList } from './inbox-list.tsx';
import { countOf, type Entry } from './inbox-sections.ts';
import { LookBar, noFilter } from './look-bar.tsx';
import { NothingWaits } from './nothing-waits.tsx';
import { useInboxLook } from './stored-looks.ts';
import { useInboxItems, usePeerItems } from './use-inbox.ts';
import { useRows } from './use-rows.ts';

/** Everything that waits for the operator, answerable in place from the keyboard; or what was decided. */
export function InboxView() {
  const isDecided = useUi(({ place }) => place.target) === decidedTarget;
  const items = useInboxItems();
  return (
    <>
      <ViewHeader
        title="Inbox"
        actions={
          <>
            <InboxMode isDecided={isDecided} />
            <NotificationsButton />
          </>
        }
      >
        <Summary items={items} />
      </ViewHeader>
      {isDecided ? <DecidedView /> : <WaitingView items={items} />}
    </>
  );
}

function WaitingView({ items }: { items: readonly InboxItem[] }) {
  const peers = usePeerItems();
  const [look, changeLook] = useInboxLook();
  const target = useUi(({ place }) => place.target);
  const pages = usePages(target !== undefined);
  const { sections, active, chosen } = useRows({ items, peers, look, pages });
  useFocusHome(findInboxHome);
  const hasAny = items.length + peers.length > 0;
  if (!hasAny) return <NothingWaits />;
  return (
    <SplitPane
      pages={pages}
      backTo="Inbox"
      id="inbox"
      label="Resize the detail"
      fixed="end"
      sizePx={Math.min(readStored('inboxDetail', 460), Math.round(innerWidth / 3))}
      minPx={320}
      maxPx={900}
      onResized={(widthPx) => writeStored('inboxDetail', widthPx)}
      start={
        <>
          <LookBar look={look} onChange={changeLook} agents={agentsOf(items)} />
          <InboxList
            sections={sections}
            activeId={active?.id}
            chosen={chosen.ids}
            marksBlocking={look.group !== 'urgency'}
            onOpen={pages.open}
            onClearFilter={() => changeLook(noFilter)}
          />
          <WaitedToday />
        </>
      }
      end={
        chosen.items.length > 0 ? (
          <BulkDetail items={chosen.items} />
        ) : (
          active && <EntryDetail key={active.id} entry={active} />
        )
      }
    />
  );
}

/** How many, whom they stop, and since when at most. */
function Summary({ items }: { items: readonly InboxItem[] }) {
  if (items.length === 0) return null;
  const stopping = items.filter(({ isBlocking }) => isBlocking);
  const stopped = new Set(stopping.map(({ agent }) => agent)).size;
  const oldest = (stopping.length > 0 ? stopping : items).map((one) => one.sinceMs);
  const sinceMs = oldest.reduce((least, one) => Math.min(least, one));
  return (
    <span className="truncate">
      {countOf(items)} waiting,{' '}
      {stopped > 0 && `${stopped} ${stopped === 1 ? 'agent' : 'agents'} stopped, `}
      the longest <RelativeTime atMs={sinceMs} prefix="for" />
    </span>
  );
}

function agentsOf(items: readonly InboxItem[]): readonly string[] {
  return [...new Set(items.map(({ agent }) => agent))].sort();
}

function EntryDetail({ entry }: { entry: Entry }) {
  return entry.kind === 'fold' ? <FoldDetail fold={entry} /> : <Detail item={entry} />;
}

function Detail({ item }: { item: InboxItem }) {
  const { Detail: DetailOfKind } = kindOf(item);
  return <DetailOfKind item={item} />;
}
