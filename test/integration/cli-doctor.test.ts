// What `musher doctor` and `musher selftest` ask, print and end with.

import { afterEach, describe, expect, it } from 'vitest';
import { musherError } from '../../main/base/result.ts';
import type { Host, SelfTested } from '../../main/cli/io.ts';
import type { DoctorCheck, DoctorReport } from '../../preload/contract/doctor.ts';
import { agentAt, type Answers, type Broker, musher, startBroker } from './cli-world.ts';

let broker: Broker | undefined;

async function brokerWith(answers: Answers): Promise<Broker> {
  broker = await startBroker(answers);
  return broker;
}
afterEach(async () => {
  await broker?.close();
  broker = undefined;
});

describe('doctor', () => {
  const report = (state: DoctorCheck['state']): DoctorReport => ({
    checks: [
      { id: 'git', state: 'ok', title: 'git', found: 'git version 2.39.5' },
      {
        ...{ id: 'port', state, title: 'Port', found: '9119 is taken by \u001b[31mnc' },
        ...{ remedy: 'End it.', details: ['since today'] },
      },
    ],
    ...{ atMs: 0, tookMs: 1, version: '0.1.0', platform: 'linux x64', repository: '/code/shop' },
    ...{ byMusher: true, home: '/home/robin' },
  });

  it('asks the Musher that runs; the worst comes last, and a problem is exit code 1', async () => {
    let state: DoctorCheck['state'] = 'problem';
    const at = await brokerWith({ 'doctor.check': () => report(state) });
    const ran = await musher(['doctor'], agentAt(at));
    expect([ran.code, ran.err]).toEqual([1, '']);
    expect(ran.out).toBe(`Musher 0.1.0 on linux x64
/code/shop

ok       git   git version 2.39.5
problem  Port  9119 is taken by nc
           since today
         → End it.

1 problem, 1 ok
`);
    state = 'warning';
    const json = await musher(['doctor', '--json'], agentAt(at));
    expect([json.code, JSON.parse(json.out)]).toEqual([0, report('warning')]);
  });

  it('looks by itself where none runs, another has it open, or it is older', async () => {
    const asked: unknown[] = [];
    const doctor: Host['doctor'] = async ({ folder, port }) => {
      asked.push(folder, port === 9119);
      return { ...report('unknown'), byMusher: false };
    };
    const refuses = () => {
      throw musherError('NOT_FOUND', { route: 'doctor.check' });
    };
    const at = await brokerWith({ 'doctor.check': refuses });
    const host = { doctor };
    const refused = await musher(['doctor'], { ...agentAt(at), host });
    expect([refused.code, refused.err]).toEqual([0, expect.stringContaining('was not asked')]);
    await at.close();
    const foreign = await brokerWith({ status: () => ({ hello: 'there' }) });
    await musher(['doctor', '--repo', '../books'], { ...agentAt(foreign), host });
    const nobody = await musher(['doctor', '--url', 'http://127.0.0.1:1'], { host });
    expect(nobody.out).toContain('/code/shop (no Musher was asked)');
    expect(asked).toEqual(['/code/shop', false, '/code/books', false, '/code/shop', false]);
  });
});

describe('selftest', () => {
  const step = (id: string, state: 'ok' | 'failed', said: string) => ({
    ...{ id, title: `Try ${id}`, state, tookMs: 1_240, said },
  });
  const tested = (...steps: SelfTested['steps'][number][]): SelfTested => ({
    ...{ ok: steps.every(({ state }) => state === 'ok'), isInterrupted: false },
    ...{ version: '0.1.0', tookMs: 2_480, steps },
  });
  const hostOf = (found: SelfTested): Partial<Host> => ({
    async selfTest({ onStep }) {
      for (const one of found.steps) onStep?.(one);
      return found;
    },
  });

  it('tells each step with its time as it is done, and the one that failed again at the end', async () => {
    const ok = await musher(['selftest'], { host: hostOf(tested(step('start', 'ok', 'pid 7'))) });
    expect(ok.code).toBe(0);
    expect(ok.out).toMatch(/^ok {8}1\.2 s {2}Try start +pid 7\nAll 1 steps passed, in 2\.5 s\.\n$/);
    const found = tested(step('start', 'failed', 'no\ndisk'), step('end', 'ok', 'gone'));
    const failed = await musher(['selftest'], { host: hostOf(found) });
    expect(failed.code).toBe(1);
    expect(failed.out).toContain('"Try start" failed: no disk. All that was started is ended');
    const json = await musher(['selftest', '--json'], { host: hostOf(found) });
    expect([json.code, JSON.parse(json.out)]).toEqual([1, found]);
    const off = await musher(['selftest'], { host: hostOf({ ...found, isInterrupted: true }) });
    expect([off.code, off.out]).toEqual([130, expect.stringContaining('\nInterrupted. All that')]);
  });
});
