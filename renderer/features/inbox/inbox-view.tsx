import { useEffect, useRef } from 'react';
import { readStored, writeStored } from '../../hub/storage.ts';
import { noteSelfMove } from '../../shell/self-moves.ts';
import { navigate, useUi } from '../../shell/ui-state.ts';
import { useFocusHome } from '../../shell/use-focus-home.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { type Pages, usePages } from '../../ui/pages.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { NotificationsButton } from '../notifications/index.ts';
import { ApprovalDetail } from './approval-detail.tsx';
import { ConflictItemDetail } from './conflict-item-detail.tsx';
import { FailedAgentDetail } from './failed-agent-detail.tsx';
import { type InboxItem, neighbour, nextActive } from './inbox-items.ts';
import { findInboxHome, InboxList } from './inbox-list.tsx';
import { select, useInboxUi } from './inbox-ui.ts';
import { MessageDetail } from './message-detail.tsx';
import { PermissionDetail } from './permission-detail.tsx';
import { NoticeDetail } from './notice-detail.tsx';
import { NothingWaits } from './nothing-waits.tsx';
import { QuestionDetail } from './question-detail.tsx';
import { StrayDetail } from './stray-detail.tsx';
import { TargetDetail } from './target-detail.tsx';
import { useDismiss } from './use-dismiss.ts';
import { useInboxItems, usePeerItems } from './use-inbox.ts';

/** Everything that waits for the operator, answerable in place from the keyboard. */
export function InboxView() {
  const items = useInboxItems();
  const peers = usePeerItems();
  const target = useUi(({ place }) => place.target);
  const pages = usePages(target !== undefined);
  const active = useActiveItem([...items, ...peers], pages);
  useFocusHome(findInboxHome);
  const oldest = items[0];
  return (
    <>
      <ViewHeader title="Inbox" actions={<NotificationsButton />}>
        {oldest && (
          <span>
            {items.length} waiting, the longest <RelativeTime atMs={oldest.sinceMs} prefix="for" />
          </span>
        )}
      </ViewHeader>
      {active ? (
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
          start={<InboxList items={items} peers={peers} activeId={active.id} onOpen={pages.open} />}
          end={<Detail key={active.id} item={active} />}
        />
      ) : (
        <NothingWaits />
      )}
    </>
  );
}

/** The selected item, and the keys that move the selection and act on it. */
function useActiveItem(shown: readonly InboxItem[], pages: Pages): InboxItem | undefined {
  const ids = shown.map(({ id }) => id);
  const before = useRef<readonly string[]>([]);
  const wanted = useInboxUi((state) => state.activeId);
  const activeId = nextActive(before.current, ids, wanted);
  const active = shown.find(({ id }) => id === activeId);
  const dismiss = useDismiss();
  useAskedFor();
  useEffect(() => {
    const hadAny = before.current.length > 0;
    before.current = ids;
    // What an address asks for was selected just now, or is still on its way.
    const isAsked = wanted !== useInboxUi.getState().activeId || (ids.length === 0 && !hadAny);
    if (activeId === wanted || isAsked) return;
    select(activeId);
    noteSelfMove();
  });
  const move = (step: number) => select(neighbour(ids, activeId, step));
  useShortcuts([
    { keys: 'j', run: () => move(1) },
    { keys: 'ArrowDown', run: () => move(1) },
    { keys: 'k', run: () => move(-1) },
    { keys: 'ArrowUp', run: () => move(-1) },
    { keys: 'Home', run: () => move(-ids.length) },
    { keys: 'End', run: () => move(ids.length) },
    {
      keys: 'Enter',
      run: () => (pages.shown === 'list' ? pages.open() : active && openItem(active)),
    },
    { keys: 'Escape', run: () => pages.back() },
    { keys: 'x', run: () => active && dismiss(active), decides: true },
  ]);
  return active;
}

/** An address may name an item: `#/inbox/question/q-81`. */
function useAskedFor(): void {
  const target = useUi(({ place }) => place.target);
  useEffect(() => {
    if (target !== undefined) select(target);
  }, [target]);
}

function Detail({ item }: { item: InboxItem }) {
  switch (item.kind) {
    case 'question':
      return <QuestionDetail item={item} />;
    case 'permission':
      return <PermissionDetail item={item} />;
    case 'approval':
    case 'failed-approval':
      return <ApprovalDetail item={item} />;
    case 'failed-agent':
      return <FailedAgentDetail item={item} />;
    case 'notice':
      return <NoticeDetail item={item} />;
    case 'target':
      return <TargetDetail item={item} />;
    case 'stray':
      return <StrayDetail item={item} />;
    case 'conflict':
      return <ConflictItemDetail item={item} />;
    case 'message':
      return <MessageDetail item={item} />;
  }
}

/** Where the rest of it is. */
function openItem(item: InboxItem): void {
  if (item.kind === 'approval' || item.kind === 'failed-approval')
    navigate('review', `approval/${item.record.id}`);
  else if (item.kind === 'conflict') navigate('conflicts', `conflict/${item.record.id}`);
  else if (item.kind === 'target') return;
  else if (item.kind === 'message') navigate('messages', `agent/${item.agent}`);
  else navigate('agents', `agent/${item.agent}`);
}
