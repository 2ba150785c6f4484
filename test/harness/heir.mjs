// A new terminal host that goes wrong: `heir.mjs <how> …`, started as a host is.
//   exits    at once
//   hangs    before it asks for anything
//   takes    all that it is offered, and is silent
//   partly   takes, says that it has less than that
//   dies     when it is told to go, after it took the address, and without a word
import { parseArgs } from 'node:util';
import { systemClock } from '../../main/base/clock.ts';
import { reach } from '../../main/terminal-host/hand-over/parents.ts';
import { listen } from '../../main/terminal-host/process/address.ts';
import { hostKey, hostPlace } from '../../main/terminal-host/process/place.ts';

const [how, ...args] = process.argv.slice(2);
const options = { data: { type: 'string' }, 'take-over': { type: 'string' } };
const { values } = parseArgs({ args, options, strict: false });
const stay = () => new Promise(() => setInterval(() => undefined, 1000));

if (how === 'exits') process.exit(3);
if (how === 'hangs') await stay();
const place = hostPlace(String(values.data), process.platform);
const key = await hostKey(place);
const address = String(values['take-over']);
const wire = await reach({ address, key, clock: systemClock }, { takeOver: { formats: [1] } });
const { offer } = (await wire.next(systemClock, 10_000)).head;
const took = [];
while (took.length < offer.terminals) {
  const { terminal } = (await wire.next(systemClock, 10_000)).head;
  if (terminal) took.push(terminal);
}
if (how === 'takes') await stay();
wire.send({ took: how === 'partly' ? took.slice(1) : took });
await wire.next(systemClock, 10_000);
await listen(place, () => undefined);
process.exit(0);
