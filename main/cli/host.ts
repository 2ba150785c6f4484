/** The way from the command to the app itself; loaded only when asked for. */
import type { Host } from './io.ts';

export const appHost: Host = {
  async serve(options) {
    const { serve } = await import('../serve.ts');
    return serve(options);
  },
  async node(options) {
    const { runNode } = await import('../node.ts');
    return runNode(options);
  },
  async gateway(options) {
    const { runGateway } = await import('../gateway.ts');
    return runGateway(options);
  },
  async stop(options) {
    const { stopMusher } = await import('../stop.ts');
    return stopMusher(options);
  },
  async doctor(ask) {
    const { examineFolder } = await import('../compose/doctor.ts');
    return examineFolder(ask);
  },
  async selfTest(ask) {
    const { selfTest } = await import('../self-test.ts');
    return selfTest(ask);
  },
  async verifyRepository(path) {
    const { verifyRepository } = await import('../compose/offline.ts');
    return verifyRepository(path);
  },
};
