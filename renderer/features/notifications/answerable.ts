/** Which notice can be answered where it is shown, and what an act of the person on it answers. Pure. */
import {
  type DesktopNotice,
  mostActions,
  type NoticeAct,
} from '../../../preload/contract/desktop.ts';
import type { Answer, QuestionRecord } from '../../../preload/contract/questions.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import type { Notice, Told } from '../../../preload/contract/notice-batch.ts';

/** The one question that a batch tells; several are answered in the Inbox. */
export function questionTold(
  notices: readonly Notice[],
  questions: readonly QuestionRecord[],
): QuestionRecord | undefined {
  const [only, ...others] = notices;
  if (only?.kind !== 'question' || others.length > 0) return undefined;
  const found = questions.find(({ id }) => only.id === `question/${id}`);
  return found?.state === 'open' ? found : undefined;
}

/** With a button for each option where there is room for all, and where one is the answer; else with a field. */
export function toDesktopNotice({ title, body }: Told, question: QuestionRecord): DesktopNotice {
  const { options, multi } = question;
  const hasButtons = !multi && options.length > 0 && options.length <= mostActions;
  return {
    ...{ title: toPlainLine(title), body: toPlainLine(body) },
    ...(hasButtons ? { actions: options.map(toPlainLine) } : { actions: [], reply: 'Your answer' }),
  };
}

/** Undefined where nothing was answered. */
export function answerBy(act: NoticeAct, { options }: QuestionRecord): Answer | undefined {
  if (act.kind === 'replied')
    return act.text.trim() === '' ? undefined : { choices: [], text: act.text };
  const option = act.kind === 'chosen' ? options[act.action] : undefined;
  return option === undefined ? undefined : { choices: [option] };
}
