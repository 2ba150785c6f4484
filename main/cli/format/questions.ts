import type { Answer, QuestionRecord } from '../../../preload/contract/questions.ts';
import type { Formatters } from './formatter.ts';
import { indented, oneLine, plainText } from './plain-text.ts';
import { ageOf, type View } from './view.ts';

export const questionFormats = {
  'question.ask': ({ question }) =>
    `Asked as ${oneLine(question)}; the answer comes to your inbox.`,
  'question.answer': ({ question }) => `Answered ${oneLine(question)}.`,
  'question.cancel': ({ question }) => `Cancelled ${oneLine(question)}.`,
  'question.list': ({ questions }, view) =>
    questions.length === 0
      ? 'No questions.'
      : questions.map((question) => formatQuestion(question, view)).join('\n\n'),
  'question.get': (question, view) => formatQuestion(question, view),
  'question.attachment': ({ path, sizeBytes, text, hasChanged }, { style }) => {
    const changed = hasChanged ? ', changed since it was asked' : '';
    const head = style.dim(`${oneLine(path)}, ${sizeBytes} bytes${changed}`);
    return `${head}\n${text === undefined ? 'It is no text.' : indented(text)}`;
  },
} satisfies Formatters;

/** Choices, one to a line, then the free text. */
export function formatAnswer({ choices, text }: Answer): string {
  return [...choices.map(oneLine), ...(text === undefined ? [] : [plainText(text)])].join('\n');
}

function formatQuestion(question: QuestionRecord, view: View): string {
  const { style } = view;
  const whom = `${oneLine(question.asker)} asks ${oneLine(question.to)}`;
  const age = style.dim(ageOf(question.askedMs, view));
  const lines = [
    `${style.bold(oneLine(question.id))} ${whom} ${age} ${stateOf(question, view)}`,
    indented(question.text),
  ];
  for (const option of question.options)
    lines.push(`  ${question.multi ? '[ ]' : '( )'} ${oneLine(option)}`);
  for (const { path, sizeBytes } of question.attachments ?? [])
    lines.push(style.dim(`  attached: ${oneLine(path)}, ${sizeBytes} bytes`));
  if (question.former?.answer !== undefined)
    lines.push(style.dim(`  asked before (${oneLine(question.former.question)}), answered:`));
  if (question.former?.answer !== undefined)
    lines.push(indented(formatAnswer(question.former.answer), '    '));
  if (question.answer !== undefined) {
    lines.push(`  ${style.green('answer:')}`, indented(formatAnswer(question.answer), '    '));
  }
  return lines.join('\n');
}

function stateOf({ state, deadlineMs }: QuestionRecord, view: View): string {
  if (state !== 'open')
    return state === 'answered' ? view.style.green(state) : view.style.dim(state);
  const deadline = deadlineMs === undefined ? '' : `, expires ${ageOf(deadlineMs, view)}`;
  return view.style.yellow(`open${deadline}`);
}
