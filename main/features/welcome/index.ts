/**
 * The door of the welcome page. It has no log: nothing that is done here belongs to a repository, and what a page may ask is
 * no more than to look at folders, to make one a repository, and to open one.
 */
import { z } from 'zod';
import type { Actor, CommandEnvelope, Receipt } from '../../../preload/contract/envelope.ts';
import { welcome as contract } from '../../../preload/contract/welcome.ts';
import { assert } from '../../base/assert.ts';
import type { Clock } from '../../base/clock.ts';
import { musherError } from '../../base/result.ts';
import { parseData, requireRole } from '../../hub/dispatch.ts';
import type { Ask, Door, RecordReader } from '../../hub/door.ts';
import { answersOf, deedsOf } from './capabilities.ts';
import type { WelcomePorts } from './ports.ts';

export { placesOf } from './places.ts';

/** Commands whose outcome is remembered: one that comes again, after a lost connection, is not run again. */
const remembered = 100;

export function welcomeDoor(ports: WelcomePorts, clock: Clock): Door {
  const [deeds, answers] = [deedsOf(ports, clock), answersOf(ports, clock)];
  const receipts = new Map<string, Promise<Receipt>>();
  const perform = async ({ id, type, data }: CommandEnvelope, actor: Actor): Promise<Receipt> => {
    const def = found(contract.commands, type);
    requireRole(def, actor, type);
    const checked = parseData(def.data, data, type);
    const deed = deeds[type as keyof typeof deeds];
    const result = z.parse(def.result, await deed(checked as never));
    return { commandId: id ?? '', seq: 0, result };
  };
  return {
    logId: 'welcome',
    head: () => ({ seq: 0, hash: '' }),
    dispatch(command, actor) {
      const { id } = command;
      const known = id === undefined ? undefined : receipts.get(id);
      if (known !== undefined) return known;
      const receipt = perform(command, actor);
      if (id !== undefined) receipts.set(id, receipt);
      const [oldest] = receipts.keys();
      if (receipts.size > remembered && oldest !== undefined) receipts.delete(oldest);
      return receipt;
    },
    async query({ type, data, signal }: Ask, actor) {
      const def = found(contract.queries, type);
      requireRole(def, actor, type);
      const answer = answers[type as keyof typeof answers];
      return z.parse(def.result, await answer(parseData(def.data, data, type) as never, signal));
    },
    openRecords(_sinceSeq, reader) {
      const send = () => sendNothing(reader);
      send();
      return { resync: send, close() {} };
    },
    openEvents: () => ({ close() {} }),
  };
}

function sendNothing(reader: RecordReader): void {
  reader.onSnapshot({ seq: 0, records: {} });
  reader.onLive({ whole: true, put: {}, remove: [] });
}

/** An own row of the contract, and nothing that every object has. */
function found<Def>(defs: Readonly<Record<string, Def>>, type: string): Def {
  if (!Object.hasOwn(defs, type)) throw musherError('NOT_FOUND', { route: type });
  const def = defs[type];
  assert(def, 'an own row is there');
  return def;
}
