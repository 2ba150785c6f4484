/** Hands an address to the desktop. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Rejects when this machine has nothing that opens addresses. */
export async function openBrowser(url: string): Promise<void> {
  const [program, ...args] = openerFor(process.platform);
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  await once(child, 'spawn');
  child.unref();
}

function openerFor(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  // Not `start`: that is the shell's, which would read the address as more than one command.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}
