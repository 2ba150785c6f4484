/** Triggers: when something happens, something is done. They read the whole log by a cursor of their own, so that none is missed. */
import { triggers as contract } from '../../../preload/contract/triggers.ts';
import { ok } from '../../base/result.ts';
import type { Feature } from '../../hub/feature.ts';
import { feature, handler } from '../../hub/feature.ts';
import { decideAdd, decideEdit, decidePause, decideRemove, decideResume } from './decide.ts';
import { testTrigger } from './dry-run.ts';
import { postEffect, runEffect } from './effects.ts';
import { decideFire, decideNote, decideReport } from './fire.ts';
import { getTrigger, listTriggers } from './list.ts';
import { triggerLook } from './look.ts';
import type { TriggersPorts } from './ports.ts';
import { reduceTriggers } from './reduce.ts';
import { initialTriggers, toRecord, type TriggersState } from './slice.ts';
import { triggerWaits } from './waits.ts';
import { describeTriggers, triggerTopics } from './words.ts';

export { selectTriggers, type Trigger, type TriggersState } from './slice.ts';

export function triggersFeature({ expressions, webhooks }: TriggersPorts): Feature {
  /** What is wrong with the expression, if anything. */
  const checked = async ({ where }: { readonly where?: string | undefined }) =>
    ok(where === undefined ? undefined : expressions.check(where));
  return feature(contract, {
    initial: initialTriggers,
    version: 1,
    commands: {
      'trigger.add': handler({ prepare: checked, decide: decideAdd }),
      'trigger.edit': handler({ prepare: checked, decide: decideEdit }),
      'trigger.pause': { decide: decidePause },
      'trigger.resume': { decide: decideResume },
      'trigger.remove': { decide: decideRemove },
      'trigger.fire': { decide: decideFire },
      'trigger.note': { decide: decideNote },
      'trigger.report': { decide: decideReport },
    },
    queries: {
      'trigger.list': listTriggers,
      'trigger.get': getTrigger,
      'trigger.test': (ask, ctx) => testTrigger(expressions, ask, ctx),
    },
    reduce: reduceTriggers,
    views: { trigger: { items: ({ byId }: TriggersState) => byId, record: toRecord } },
    topics: triggerTopics,
    search: {
      'trigger.added': { text: ['name', 'where'] },
      'trigger.edited': { text: ['name', 'where'] },
      'trigger.paused': { text: ['name', 'detail'] },
      'trigger.fired': { text: ['name', 'does'] },
      'trigger.acted': { text: ['name', 'detail'] },
      'trigger.noted': { text: ['name', 'text'] },
    },
    waits: triggerWaits,
    describe: describeTriggers,
    effects: { 'trigger.run': runEffect, 'trigger.post': postEffect(webhooks) },
    start(life) {
      life.own(() => expressions.close());
      life.subscribe('triggers', triggerLook(expressions, life));
    },
  });
}
