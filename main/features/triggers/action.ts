/** What a trigger does: an action as timers have it, or what happened sent to an address. Pure. */
import { z } from 'zod';
import type { Action, ActionFields } from '../../../preload/contract/actions.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { HubState } from '../../hub/feature.ts';
import { requireAction } from '../actions/index.ts';
import { hasPlaceholders, placeholderFault } from './placeholders.ts';

export interface DoFields extends ActionFields {
  readonly webhook?: string | undefined;
  readonly plainHttp?: boolean | undefined;
}

interface Storing {
  readonly actor: Actor;
  readonly hub: HubState;
}

export function namesAction(fields: DoFields): boolean {
  const { command, data, prompt, to, profile, webhook, plainHttp } = fields;
  return [command, data, prompt, to, profile, webhook, plainHttp].some((one) => one !== undefined);
}

export function requireDoing(fields: DoFields, storing: Storing): Result<Action> {
  const { webhook, plainHttp, command, prompt, ...others } = fields;
  const given = [command, prompt, webhook].filter((one) => one !== undefined).length;
  if (given !== 1)
    return unclear(
      given === 0 ? 'nothing is said to be done' : `${given} things are said to be done`,
    );
  if (webhook !== undefined) {
    const stray = Object.entries(others).find(([, value]) => value !== undefined);
    if (stray !== undefined) return unclear(`${stray[0]} says nothing of an address`);
    return requireWebhook(webhook, plainHttp === true);
  }
  if (plainHttp === true) return unclear('plainHttp is about an address, and there is none');
  const found = requireAction({ command, prompt, ...others }, storing);
  if (!found.ok) return isFilledLater(found.error.code, fields) ? later(fields) : found;
  const fault = placeholderFault(found.value);
  return fault === undefined ? found : unclear(fault);
}

const unclear = (reason: string) => refuse('TRIGGER_ACTION_INVALID', { reason });

/** Whether a command takes its data is known once they are all there. */
function isFilledLater(code: string, { command: type = '', data = {} }: DoFields): boolean {
  return code === 'ACTION_INVALID' && hasPlaceholders({ kind: 'command', type, data });
}

function later({ command: type = '', data = {} }: DoFields): Result<Action> {
  const action: Action = { kind: 'command', type, data };
  const fault = placeholderFault(action);
  return fault === undefined ? ok(action) : unclear(fault);
}

/** Scheme, user and password, host, port; what a browser would read otherwise (a backslash, a blank) is none. */
const address =
  /^(https?):\/\/(?:([^@/?#]*)@)?(\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?(?:[/?#][^\s\\]*)?$/i;
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

export function requireWebhook(url: string, plainHttp: boolean): Result<Action> {
  const wrong = (reason: string) => refuse('TRIGGER_WEBHOOK_INVALID', { url: shown(url), reason });
  const [found, scheme = '', user, host = ''] = address.exec(url) ?? [];
  if (found === undefined || !z.url().safeParse(url).success)
    return wrong('is no http or https address');
  if (user !== undefined) return wrong('has a user or password in it');
  const isPlain = scheme.toLowerCase() === 'http' && !loopback.test(host);
  if (isPlain && !plainHttp)
    return wrong(
      'is http to another machine, where anybody on the way reads it; allow that with --plain-http',
    );
  return ok({ kind: 'webhook', url, ...(isPlain && { plainHttp: true as const }) });
}

/** A password is not said again, not even to who wrote it. */
function shown(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//…@').slice(0, 200);
}
