import { formatDuration } from '../durations.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import { ageOf, type View } from './view.ts';

type Trigger = ResultOf<'trigger.list'>['triggers'][number];
type Shown = ResultOf<'trigger.get'>;
type Run = ResultOf<'trigger.test'>;

export const triggerFormats = {
  'trigger.add': ({ trigger }) =>
    `${oneLine(trigger)} is armed. What it would have fired on: musher trigger test ${oneLine(trigger)}`,
  'trigger.edit': ({ trigger, state }) => `${oneLine(trigger)} is changed; it is ${state}.`,
  'trigger.pause': ({ trigger }) =>
    `${oneLine(trigger)} is paused: musher trigger resume ${oneLine(trigger)}`,
  'trigger.resume': ({ trigger }) => `${oneLine(trigger)} is armed.`,
  'trigger.remove': () => 'It is removed; what it fired stays in the log.',
  'trigger.list': ({ triggers }, view) => formatList(triggers, view),
  'trigger.get': (trigger, view) => formatTrigger(trigger, view),
  'trigger.test': (run, view) => formatRun(run, view),
} satisfies Formatters;

function formatList(triggers: readonly Trigger[], view: View): string {
  if (triggers.length === 0)
    return 'No triggers. Add one: musher trigger add --on story.moved --stage blocked --prompt "…"';
  const rows = triggers.map((one): readonly Cell[] => [
    oneLine(one.id),
    stateOf(one),
    one.last === undefined ? '-' : ageOf(one.last.atMs, view),
    String(one.fired),
    oneLine(whenOf(one)),
    oneLine(one.does),
  ]);
  return table(['ID', 'STATE', 'LAST', 'FIRED', 'WHEN', 'DOES'], rows, view);
}

/** In a word what stands in its way, if anything. */
function stateOf({ state, pause, last, notes = [] }: Trigger): string {
  if (state === 'paused')
    return pause?.reason === 'operator' ? 'paused' : `paused (${pause?.reason ?? ''})`;
  const word = last?.outcome === 'failed' ? `${state} (failed)` : state;
  return notes.length === 0 ? word : `${word} !`;
}

function whenOf({ on, story, agent, stage, path, where }: Trigger): string {
  const parts = [
    on.join(', '),
    story ?? '',
    agent ?? '',
    stage === undefined ? '' : `to ${stage}`,
    path ?? '',
    where === undefined ? '' : `where ${where}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function formatTrigger(trigger: Shown, view: View): string {
  const { id, name, once, cooldownMs, perMinute, pause, notes = [], last, history } = trigger;
  const often = [
    once ? 'once' : 'again and again',
    cooldownMs === 0 ? '' : `cool-down ${formatDuration(cooldownMs)}`,
    `at most ${perMinute} a minute`,
  ];
  const lines = [
    `${oneLine(id)}  ${oneLine(name)}`,
    `state  ${stateOf(trigger)}`,
    ...(pause?.detail === undefined ? [] : [`       ${oneLine(pause.detail)}`]),
    `when   ${oneLine(whenOf(trigger))}`,
    `does   ${oneLine(trigger.does)}`,
    `often  ${often.filter((part) => part !== '').join(', ')}`,
    ...notes.map(({ text }) => `note   ${oneLine(text)}`),
    ...(last?.outcome === 'failed' ? [`failed ${oneLine(last.detail ?? '')}`] : []),
  ];
  const passages = history.map(({ seq, atMs, text }) => [
    String(seq),
    ageOf(atMs, view),
    oneLine(text),
  ]);
  const [first] = history;
  const more =
    trigger.hasMore && first !== undefined
      ? [`before: musher trigger show ${oneLine(id)} --before ${first.seq}`]
      : [];
  return [...lines, '', table(['SEQ', 'WHEN', 'WHAT'], passages, view), ...more].join('\n');
}

function formatRun(run: Run, view: View): string {
  const { count, held, faults, fault, fires, looked, from, to, hasMore } = run;
  if (looked === 0) return 'There is no event to look at.';
  const times = count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`;
  const more = [
    held === 0 ? '' : `${held} more fell into its cool-down or came after its once.`,
    faults === 0 ? '' : `Of ${faults} it could not be said: ${oneLine(fault ?? '')}`,
    count > fires.length ? `The newest ${fires.length}:` : '',
  ];
  const rows = fires.map(({ seq, atMs, type, text }) => [
    String(seq),
    ageOf(atMs, view),
    oneLine(type),
    oneLine(text),
  ]);
  return [
    `Would have fired ${times} in the ${looked} events from ${from} to ${to}.`,
    ...more.filter((line) => line !== ''),
    ...(rows.length === 0 ? [] : [table(['SEQ', 'WHEN', 'TYPE', 'WHAT'], rows, view)]),
    ...(hasMore ? [`Older ones: add --before ${from}`] : []),
  ].join('\n');
}
