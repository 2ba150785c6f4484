// Which Chromium the tests drive, and how it is started. The path is found by build/setup.mjs.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const noteFile = fileURLToPath(new URL('../../node_modules/.musher-chromium', import.meta.url));

export interface ChromiumOptions {
  /** False for tests that look at no WebGL: without a graphics process all goes a tenth faster. Default true. */
  readonly hasWebGl?: boolean;
}

/** Options for Playwright's `launch`; without a noted path Playwright looks for its own browser. */
export function chromiumLaunchOptions({ hasWebGl = true }: ChromiumOptions = {}): {
  executablePath?: string;
  args: string[];
} {
  const args = [
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  // Else WebGL is computed by the processor, and a view full of terminals takes a third longer.
  if (!hasWebGl) args.push('--disable-gpu', '--disable-3d-apis');
  // Chromium refuses to run its sandbox as root, which is what containers are.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const executablePath = process.env.MUSHER_CHROMIUM ?? readNotedPath();
  return executablePath ? { executablePath, args } : { args };
}

function readNotedPath(): string | undefined {
  return existsSync(noteFile) ? readFileSync(noteFile, 'utf8').trim() : undefined;
}
