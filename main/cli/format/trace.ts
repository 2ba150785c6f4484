import type { Trace } from '../../../preload/contract/trace.ts';
import type { Formatters } from './formatter.ts';
import { indented, oneLine } from './plain-text.ts';
import { ageOf, type View } from './view.ts';

export const traceFormats = { 'trace.why': formatTrace } satisfies Formatters;

/** From the line outwards: what brought it, who, what they were told and asked, who said yes. */
function formatTrace(trace: Trace, view: View): string {
  const { style } = view;
  const { commit, path, line } = trace;
  const moved = commit.path === path ? '' : ` as ${oneLine(commit.path)}:${commit.line}`;
  const lines = [
    `${style.bold(`${oneLine(path)}:${line}`)}  ${oneLine(trace.text)}`,
    `commit ${oneLine(commit.id).slice(0, 12)}${moved} ${oneLine(commit.subject)} ${style.dim(`(${oneLine(commit.author)}, ${ageOf(commit.atMs, view)})`)}`,
    ...approvalLines(trace, view),
    ...agentLines(trace, view),
    ...trace.questions.flatMap(({ id, text, to, answer, answeredBy = '' }) => [
      `asked ${oneLine(to)} (${oneLine(id)}):`,
      indented(text, '    '),
      ...(answer === undefined
        ? ['  not answered before the merge']
        : [`  answered by ${oneLine(answeredBy)}:`, indented(answer, '    ')]),
    ]),
    ...trace.notes.flatMap(({ approval, verdict, by, text }) => [
      `${oneLine(approval)} ${oneLine(verdict)} by ${oneLine(by)}:`,
      indented(text),
    ]),
    ...trace.unknown.map((one) => style.yellow(oneLine(one))),
  ];
  return lines.join('\n');
}

function approvalLines({ approval }: Trace, view: View): string[] {
  if (approval === undefined) return [];
  const { id, title, approvedMs, event, target, strategy, undoes, rule, note } = approval;
  const by = rule === undefined ? approval.reviewer : `rule ${rule}`;
  const how = strategy === undefined ? '' : ` by ${oneLine(strategy)}`;
  return [
    `approval ${view.style.bold(oneLine(id))} ${oneLine(title)}`,
    `  approved by ${oneLine(by)} ${ageOf(approvedMs, view)} (event ${event}), merged into ${oneLine(target)}${how} as ${oneLine(approval.mergeCommit).slice(0, 12)}`,
    ...(note === undefined ? [] : [indented(note, '  note: ')]),
    ...(undoes === undefined ? [] : [`  takes back ${oneLine(undoes)}`]),
    ...(approval.description === undefined ? [] : [indented(approval.description)]),
  ];
}

function agentLines({ agent }: Trace, view: View): string[] {
  if (agent === undefined) return [];
  const { id, profile, prompt, addedMs } = agent;
  const head = `agent ${view.style.bold(oneLine(id))} (${oneLine(profile)}), added ${ageOf(addedMs, view)}`;
  return prompt === undefined ? [head] : [head, '  prompt:', indented(prompt, '    ')];
}
