/** Tells the operator of what happens while they look elsewhere: in the page while it has the focus, else outside of it. */
import { useEffect, useRef } from 'react';
import type { DesktopApi, NoticeAct } from '../../../preload/contract/desktop.ts';
import type { Answer, QuestionRecord } from '../../../preload/contract/questions.ts';
import { pageClock } from '../../hub/channel.ts';
import { useHub } from '../../hub/hub-context.tsx';
import type { MirrorState } from '../../hub/mirror.ts';
import { selectRecords } from '../../hub/use-records.ts';
import { navigate, useUi } from '../../shell/ui-state.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { useAnswerOf } from '../questions/index.ts';
import { answerBy, questionTold, toDesktopNotice } from './answerable.ts';
import { findNotices, isLookedAt, type Seen, stillTrue } from './find-notices.ts';
import {
  type Batch,
  batched,
  batchMs,
  type Notice,
  type NoticeKind,
  type Told,
  toTold,
} from '../../../preload/contract/notice-batch.ts';
import { useNotificationSettings } from './notification-settings.ts';
import { isWantedInPage } from './page-notice-settings.ts';
import { tellInPage } from './page-notice-state.ts';

/** From now on, while the component is mounted: what waits already is no news. */
export function useNotifications(): void {
  const { mirror } = useHub();
  const last = useRef<Notification>(undefined);
  const answer = useAnswerOf();
  useEffect(() => {
    let before = seenIn(mirror.getState());
    let batch: Batch | undefined;
    let cancel = () => {};
    const tell = () => {
      const notices = stillTrue(batch?.notices ?? [], seenIn(mirror.getState()));
      batch = undefined;
      if (document.hasFocus()) {
        const { place } = useUi.getState();
        tellInPage(
          notices.filter((notice) => isWantedInPage(notice.kind) && !isLookedAt(notice, place)),
        );
      } else tellOutside(notices);
    };
    const tellOutside = (notices: readonly Notice[]) => {
      const wanted = notices.filter(({ kind }) => isWantedOutside(settingsOf().kinds[kind]));
      const told = toTold(wanted);
      const question = questionTold(wanted, selectRecords(mirror.getState(), 'question'));
      if (told === undefined) return;
      if (question !== undefined && window.musher !== undefined)
        void askOutside(window.musher, { told, question, answer, tell: showLast });
      else showLast(told);
    };
    const showLast = (told: Told) => {
      last.current = show(told) ?? last.current;
    };
    const stop = mirror.subscribe((state) => {
      const after = seenIn(state);
      const { waiting, agents, stories } = after;
      if (waiting === before.waiting && agents === before.agents && stories === before.stories)
        return;
      const notices = findNotices(before, after, wantedKinds());
      before = after;
      const wasEmpty = batch === undefined;
      batch = batched(batch, notices, pageClock.now());
      if (wasEmpty && batch !== undefined) cancel = pageClock.schedule(tell, batchMs);
    });
    return () => {
      stop();
      cancel();
      last.current?.close();
    };
  }, [mirror, answer]);
}

function seenIn(state: MirrorState): Seen {
  return {
    waiting: selectRecords(state, 'waiting'),
    agents: selectRecords(state, 'agent'),
    stories: selectRecords(state, 'story'),
  };
}

/** In the page or outside of it: which of the two it will be is known when the batch is due. */
function wantedKinds(): Readonly<Record<NoticeKind, boolean>> {
  const { kinds } = settingsOf();
  const wanted = Object.entries(kinds).map(([kind, isOutside]) => [
    kind,
    isWantedOutside(isOutside) || isWantedInPage(kind as NoticeKind),
  ]);
  return Object.fromEntries(wanted);
}

function isWantedOutside(isKindOn: boolean): boolean {
  return settingsOf().isOn && isKindOn;
}

const settingsOf = () => useNotificationSettings.getState();

interface Asking {
  readonly told: Told;
  readonly question: QuestionRecord;
  readonly answer: (question: QuestionRecord, answer: Answer) => void;
  /** As every other notice. */
  readonly tell: (told: Told) => void;
}

/** The desktop host's own notice, which some systems let a person answer where it is shown. */
async function askOutside(host: DesktopApi, asking: Asking): Promise<void> {
  const { told, question } = asking;
  const act = await host
    .tell(toDesktopNotice(told, question))
    .catch((): NoticeAct => ({ kind: 'unsupported' }));
  if (act.kind === 'unsupported') asking.tell(told);
  if (act.kind === 'opened') navigate(told.view, told.target);
  const said = answerBy(act, question);
  if (said !== undefined) asking.answer(question, said);
}

/** Of the same name for all pages of this app, so that two open ones tell a thing once. */
const tag = 'musher';

function show({ title, body, view, target }: Told): Notification | undefined {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted')
    return undefined;
  const notification = new Notification(toPlainLine(title), { body: toPlainLine(body), tag });
  notification.onclick = () => {
    window.focus();
    navigate(view, target);
    notification.close();
  };
  return notification;
}
