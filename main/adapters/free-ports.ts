/** Whether ports are free: by taking each for a moment, on every address that a program may listen on. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { ArePortsFree } from '../features/agents/ports.ts';

/** Some systems let one program listen on all addresses beside another on one of them, so each is asked. */
const hosts = ['127.0.0.1', '::1', '::', '0.0.0.0'];

export const arePortsFree: ArePortsFree = async ({ from, count }) => {
  for (let port = from; port < from + count; port++)
    for (const host of hosts) if (!(await isFree(host, port))) return false;
  return true;
};

async function isFree(host: string, port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
    return true;
  } catch (error) {
    // An address that this machine has not takes nothing away.
    return ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes((error as NodeJS.ErrnoException).code ?? '');
  } finally {
    if (server.listening) {
      server.close();
      await once(server, 'close');
    }
  }
}
