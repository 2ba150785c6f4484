/** Doing what a trigger does. A command and a prompt are done in the operator's name under an id of this firing; an address is told the same again with the same key. */
import type { Action } from '../../../preload/contract/actions.ts';
import { reasonOf, unwrap } from '../../base/result.ts';
import type { EffectHandler, SystemCommand } from '../../hub/feature.ts';
import { runAction } from '../actions/index.ts';
import { requireWebhook } from './action.ts';
import { actionId } from './chain.ts';
import type { Webhooks } from './ports.ts';

/** One firing. */
export interface ActJob {
  readonly trigger: string;
  readonly seq: number;
  /** With what of the event it names put in. */
  readonly action: Action;
  /** JSON: what is sent to an address. */
  readonly payload?: string;
}

const detailChars = 2_000;

function report({ trigger, seq }: ActJob, ok: boolean, said?: string): SystemCommand {
  const detail = said?.slice(0, detailChars);
  const data = { trigger, seq, ok, ...(detail !== undefined && detail !== '' && { detail }) };
  return { type: 'trigger.report', data };
}

const failed = (job: ActJob, error: unknown) => report(job, false, reasonOf(error));

export const runEffect: EffectHandler<ActJob> = {
  async run(job, ctx) {
    const { trigger, seq, action } = job;
    const id = actionId(trigger, seq);
    const { made } = await runAction({ action, id, owner: 'operator' }, ctx);
    return report(job, true, made);
  },
  failed,
};

/** Apart from the others: an address that hangs holds up no command. */
export function postEffect(webhooks: Webhooks): EffectHandler<ActJob> {
  return {
    async run(job, { signal }) {
      const { trigger, seq, action, payload = '{}' } = job;
      if (action.kind !== 'webhook') return undefined;
      unwrap(requireWebhook(action.url, action.plainHttp === true));
      const key = actionId(trigger, seq);
      return report(
        job,
        true,
        await webhooks.send({ url: action.url, body: payload, key, signal }),
      );
    },
    failed,
  };
}
