/** Which notices the operator wants in the page, by kind. A kind that was never chosen is as it is at first. */
import { create } from 'zustand';
import { readStored, type StoredValue, writeStored } from '../../hub/storage.ts';
import type { NoticeKind } from '../../../preload/contract/notice-batch.ts';

type PageNoticeSettings = StoredValue<'pageNotices'>;

/** All but these. */
const offAtFirst: ReadonlySet<NoticeKind> = new Set(['idle']);

const usePageNoticeSettings = create<PageNoticeSettings>(() => readStored('pageNotices', {}));

export function isWantedInPage(kind: NoticeKind): boolean {
  return chosenOr(usePageNoticeSettings.getState(), kind);
}

export function useIsWantedInPage(kind: NoticeKind): boolean {
  return usePageNoticeSettings((chosen) => chosenOr(chosen, kind));
}

export function wantInPage(kind: NoticeKind, isWanted: boolean): void {
  usePageNoticeSettings.setState({ [kind]: isWanted });
  writeStored('pageNotices', usePageNoticeSettings.getState());
}

function chosenOr(chosen: PageNoticeSettings, kind: NoticeKind): boolean {
  return chosen[kind] ?? !offAtFirst.has(kind);
}
