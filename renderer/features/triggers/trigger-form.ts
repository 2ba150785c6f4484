/** What is typed for a trigger, and what it means. What is wrong beyond that the hub says. Pure. */
import type { TriggerRecord } from '../../../preload/contract/trigger-facts.ts';
import type { StoryStage } from '../../../preload/contract/story-stages.ts';

export type Doing = 'prompt' | 'command' | 'webhook';

export interface TriggerForm {
  readonly name: string;
  /** Parted by commas or blanks. */
  readonly on: string;
  readonly story: string;
  readonly agent: string;
  readonly stage: StoryStage | '';
  readonly path: string;
  readonly where: string;
  readonly once: boolean;
  /** `10m`, `1h 30m`; empty for none. */
  readonly cooldown: string;
  readonly perMinute: string;
  readonly doing: Doing;
  readonly prompt: string;
  readonly to: string;
  readonly profile: string;
  readonly command: string;
  /** JSON. */
  readonly data: string;
  readonly webhook: string;
  readonly plainHttp: boolean;
}

export type FormField = keyof TriggerForm;

export const blankForm: TriggerForm = {
  ...{ name: '', on: '', story: '', agent: '', stage: '' as const, path: '', where: '' },
  ...{ once: false, cooldown: '', perMinute: '60', doing: 'prompt' },
  ...{ prompt: '', to: '', profile: '', command: '', data: '{}', webhook: '', plainHttp: false },
};

/** What comes to mind; the hub knows all of them. */
export const commonEvents = [
  ...['story.moved', 'story.added', 'story.*', 'agent.state_changed', 'agent.reported'],
  ...['commit.made', 'approval.requested', 'approval.merged', 'question.asked', 'conflict.found'],
  ...['watchdog.stuck_found', 'gate.ended', 'learning.added', 'message.sent'],
] as const;

export function toForm(trigger: TriggerRecord): TriggerForm {
  const { action, cooldownMs, perMinute, name, on, once } = trigger;
  const { story = '', agent = '', path = '', where = '' } = trigger;
  const stage: TriggerForm['stage'] = trigger.stage ?? '';
  const asked = { name, on: on.join(', '), story, agent, stage, path, where, once };
  const wished = {
    cooldown: cooldownMs === 0 ? '' : sayDuration(cooldownMs),
    perMinute: String(perMinute),
  };
  return { ...blankForm, ...asked, ...wished, ...doingOf(action) };
}

function doingOf(action: TriggerRecord['action']): Partial<TriggerForm> {
  switch (action.kind) {
    case 'command':
      return { doing: 'command', command: action.type, data: JSON.stringify(action.data, null, 2) };
    case 'webhook':
      return { doing: 'webhook', webhook: action.url, plainHttp: action.plainHttp === true };
    case 'prompt':
      return {
        doing: 'prompt',
        prompt: action.text,
        to: action.agent ?? '',
        profile: action.profile ?? '',
      };
    default:
      return {};
  }
}

export function eventsIn(on: string): string[] {
  return [...new Set(on.split(/[\s,]+/).filter((one) => one !== ''))];
}

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds; 0 for nothing, undefined for what is none. */
export function parseCooldown(text: string): number | undefined {
  const plain = text.trim().replace(/\s+/g, '');
  if (plain === '') return 0;
  if (!/^(\d+(s|m|h|d))+$/.test(plain)) return undefined;
  return [...plain.matchAll(/(\d+)(s|m|h|d)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0),
    0,
  );
}

export function sayDuration(ms: number): string {
  let left = ms;
  const parts = Object.entries(units)
    .toReversed()
    .map(([unit, size]) => {
      const count = Math.floor(left / size);
      left -= count * size;
      return count === 0 ? '' : `${count}${unit}`;
    });
  return parts.filter((part) => part !== '').join(' ') || '0s';
}

/** By field; what is not here is for the hub to judge. */
export type Problems = Partial<Record<FormField, string>>;

export function problemsOf(form: TriggerForm): Problems {
  const problems: Problems = {};
  if (eventsIn(form.on).length === 0) problems.on = 'Say on which events, for example story.moved';
  if (parseCooldown(form.cooldown) === undefined) problems.cooldown = 'Write it like 10m, 2h or 1d';
  if (!/^\d{1,3}$/.test(form.perMinute.trim())) problems.perMinute = 'A number from 1 to 600';
  if (form.doing === 'prompt' && form.prompt.trim() === '')
    problems.prompt = 'Say what is to be done';
  if (form.doing === 'command' && form.command.trim() === '')
    problems.command = 'Name a command, for example story.hold';
  if (form.doing === 'command' && dataIn(form.data) === undefined)
    problems.data = 'Expected JSON: {"story": "{{story}}"}';
  if (form.doing === 'webhook' && form.webhook.trim() === '') problems.webhook = 'Give an address';
  return problems;
}

function dataIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    const isFields = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isFields ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const given = (text: string) => (text.trim() === '' ? undefined : text.trim());

/** What it asks of events; undefined while nothing can be asked. */
export function toMatcher(form: TriggerForm) {
  const on = eventsIn(form.on);
  if (on.length === 0) return undefined;
  const { story, agent, path, where, stage } = form;
  return {
    on,
    ...{ story: given(story), agent: given(agent), path: given(path), where: given(where) },
    stage: stage === '' ? undefined : stage,
  };
}

/** For a dry run. */
export function toTest(form: TriggerForm, id: string | undefined) {
  const matcher = toMatcher(form);
  const cooldownMs = parseCooldown(form.cooldown);
  if (matcher === undefined || cooldownMs === undefined) return undefined;
  return { ...matcher, once: form.once, cooldownMs, ...(id !== undefined && { trigger: id }) };
}

export function toAction(form: TriggerForm) {
  switch (form.doing) {
    case 'prompt':
      return {
        prompt: form.prompt,
        ...(form.to !== '' ? { to: form.to } : { profile: given(form.profile) }),
      };
    case 'command':
      return { command: form.command.trim(), data: dataIn(form.data) ?? {} };
    case 'webhook':
      return { webhook: form.webhook.trim(), ...(form.plainHttp && { plainHttp: true }) };
  }
}

export function toAddData(form: TriggerForm) {
  const { once } = form;
  const wished = {
    once,
    cooldownMs: parseCooldown(form.cooldown) ?? 0,
    perMinute: Number(form.perMinute),
  };
  return {
    name: given(form.name),
    on: eventsIn(form.on),
    ...toMatcher(form),
    ...wished,
    ...toAction(form),
  };
}

const clearable = ['story', 'agent', 'stage', 'path', 'where'] as const;

/** What was said before and is not any more, is cleared. */
export function toEditData(form: TriggerForm, before: TriggerRecord) {
  const data = toAddData(form);
  const clear = clearable.filter(
    (field) => before[field] !== undefined && data[field] === undefined,
  );
  return { ...data, trigger: before.id, clear };
}

/** Where a refusal of the hub belongs; undefined for the whole. */
export function fieldOf(error: {
  readonly code: string;
  readonly details?: unknown;
}): FormField | undefined {
  const byCode: Readonly<Record<string, FormField>> = {
    TRIGGER_EVENT_UNKNOWN: 'on',
    TRIGGER_PATH_INVALID: 'path',
    TRIGGER_EXPRESSION_INVALID: 'where',
    TRIGGER_WEBHOOK_INVALID: 'webhook',
    ACTION_UNKNOWN: 'command',
    ACTION_BY_HAND: 'command',
    ACTION_INVALID: 'data',
    AGENT_UNKNOWN: 'to',
  };
  if (error.code !== 'BODY_INVALID') return byCode[error.code];
  const { path = '' } = (error.details ?? {}) as { path?: string };
  const [field = ''] = path.split('.');
  return field === 'cooldownMs'
    ? 'cooldown'
    : field in blankForm
      ? (field as FormField)
      : undefined;
}
