import { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { FrameReader } from './frames.ts';
import { Moving } from './moving.ts';
import { Wire } from './wire.ts';

/** A connection, and what was said on it. */
function connection() {
  const reader = new FrameReader(1000);
  const said: object[] = [];
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      said.push(...reader.push(chunk).map(({ head }) => head));
      done();
    },
  }) as Socket;
  socket.destroySoon = () => socket.destroy();
  return { wire: new Wire(socket), said };
}

it('while nothing changes, all is done at once', async () => {
  const moving = new Moving(systemClock);
  let done = 0;
  moving.run(() => done++);
  expect([done, await moving.stays()]).toEqual([1, true]);
});

it('viewers are asked to hold, and what comes after that waits; where the host stays it is done, in order', async () => {
  const moving = new Moving(systemClock);
  const viewer = connection();
  const done: string[] = [];
  const onHeld = moving.add(viewer.wire, true);
  moving.begin();
  const stays = moving.stays();
  const holding = moving.hold();
  moving.run(() => done.push('before'));
  expect([viewer.said, done]).toEqual([[{ hold: true }], ['before']]);
  onHeld();
  await holding;
  for (const what of ['one', 'two']) moving.run(() => done.push(what));
  expect(done).toEqual(['before']);
  moving.stay();
  expect(done).toEqual(['before', 'one', 'two']);
  expect(await stays).toBe(true);
  expect(viewer.said).toEqual([{ hold: true }, { goOn: true }]);
});

it('where it goes, what waited is never done, and all are told', async () => {
  const moving = new Moving(systemClock);
  const [viewer, hub, late] = [connection(), connection(), connection()];
  const done: string[] = [];
  const onHeld = moving.add(viewer.wire, true);
  moving.add(hub.wire, false);
  moving.begin();
  const stays = moving.stays();
  const holding = moving.hold();
  onHeld();
  await holding;
  moving.run(() => done.push('one'));
  moving.leave();
  moving.run(() => done.push('two'));
  moving.add(late.wire, false);
  expect(await stays).toBe(false);
  expect(await moving.stays()).toBe(false);
  expect(done).toEqual([]);
  expect([viewer.said, hub.said, late.said]).toEqual([
    [{ hold: true }, { moved: true }],
    [{ moved: true }],
    [{ moved: true }],
  ]);
});

it('a viewer that is gone, or knows no holding, is not waited for', async () => {
  const moving = new Moving(systemClock);
  const [gone, simple] = [connection(), connection()];
  moving.add(gone.wire, true);
  moving.add(simple.wire, false);
  moving.begin();
  const holding = moving.hold();
  gone.wire.destroy();
  await holding;
  expect(simple.said).toEqual([]);
});
