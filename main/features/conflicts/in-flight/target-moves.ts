/** When a branch that work goes to is elsewhere than before, by the hub or without it. */
import type { Table } from '../../../../preload/contract/table.ts';
import type { TargetRecord } from '../../../../preload/contract/targets.ts';
import { targets as contract } from '../../../../preload/contract/targets.ts';
import type { Life } from '../../../hub/feature.ts';
import { selectorOf } from '../../../hub/feature.ts';

const selectTargets = selectorOf<Table<TargetRecord>>(contract);

/** Ends with the hub. */
export function onTargetMoved(life: Life<unknown>, listener: (target: string) => void): void {
  let known: unknown;
  const places = new Map<string, string>();
  const look = (): void => {
    const targets = selectTargets(life.hub());
    if (targets === known) return;
    known = targets;
    for (const { target, commit, alarm } of targets.values()) {
      const place = alarm?.to ?? commit;
      const before = places.get(target);
      places.set(target, place);
      if (before !== undefined && before !== place) listener(target);
    }
  };
  look();
  life.onTopics(look);
}
