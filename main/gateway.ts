/** A gateway as a process: one entry to the projects of several Mushers. */
import { gatewayPort } from '../preload/contract/say-gateway.ts';
import { openGateway } from './compose/gateway.ts';
import { guardProcess, openHostLog } from './host.ts';

export interface GatewayOptions {
  /** Default 9129; 0 takes a free one. */
  readonly port?: number;
  /** Default: in the user's own folder. */
  readonly dataFolder?: string;
  /** First line on stdout is one JSON object instead of text. */
  readonly json: boolean;
  /** Told once the page can be opened: a login link. */
  readonly onReady?: (url: string) => void;
}

/** Runs until a signal ends it. Resolves with the exit code; throws MusherError when it cannot start. */
export async function runGateway(options: GatewayOptions): Promise<number> {
  const { port = gatewayPort, dataFolder, json } = options;
  const log = openHostLog();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  guardProcess(log, end);
  const onLogin = () => {
    if (!json) process.stdout.write(`A browser signed in. Another one:  ${gateway.loginUrl()}\n`);
  };
  const gateway = await openGateway({ port, dataFolder, log, onLogin });
  try {
    const { url, operatorToken } = gateway;
    const loginUrl = gateway.loginUrl();
    const said = { url, loginUrl, operatorToken, pid: process.pid, data: gateway.dataFolder };
    const text = [
      `The gateway is at ${url}.`,
      `  In the browser:  ${loginUrl}`,
      `  In a terminal:   export MUSHER_URL=${url} MUSHER_TOKEN=${operatorToken}`,
      '  Let a project register: musher gateway token. Ctrl+C stops it; projects go on, and come back to it by themselves.',
    ];
    process.stdout.write(json ? `${JSON.stringify(said)}\n` : `${text.join('\n')}\n`);
    options.onReady?.(loginUrl);
    await ended;
  } finally {
    await gateway.dispose();
  }
  return 0;
}
