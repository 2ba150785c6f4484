/**
 * The page's files under `musher://app/`. A scheme of its own gives the page an origin, which `file:` has not,
 * and reaches no file but those of the built renderer.
 */
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { ElectronParts } from './electron-parts.ts';

const scheme = 'musher';
const host = 'app';

/** Where the page is. */
export const appUrl = `${scheme}://${host}/`;

/** Where the page shows a repository; its hash comes after it. */
export function pageUrl(project: string, hash = ''): string {
  return `${appUrl}?project=${encodeURIComponent(project)}${hash}`;
}

/** The repository that a page shows, by the id of its project; null for one that does not say. */
export function projectIn(url: string): string | null {
  return URL.parse(url)?.searchParams.get('project') ?? null;
}

/** Where a repository is chosen. */
export const welcomeUrl = `${appUrl}welcome.html`;

/** True for the two pages themselves; their other files are no pages. */
export function isAppUrl(url: string): boolean {
  return isPage(url, '/') || isWelcomeUrl(url);
}

export function isWelcomeUrl(url: string): boolean {
  return isPage(url, '/welcome.html');
}

function isPage(url: string, path: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === `${scheme}:` && parsed.host === host && parsed.pathname === path;
}

/** Has to come before Electron is ready. */
export function registerAppScheme(protocol: ElectronParts['protocol']): void {
  // Compiled once for each version, and not at each start.
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }]);
}

export interface AppFiles {
  /** Folder of the built renderer. */
  readonly folder: string;
  /** The page's content security policy. */
  readonly policy: string;
}

export function serveAppScheme(protocol: ElectronParts['protocol'], files: AppFiles): void {
  protocol.handle(scheme, (request) => respond(request, files));
}

async function respond(request: Request, { folder, policy }: AppFiles): Promise<Response> {
  const headers = {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  };
  if (request.method !== 'GET') return new Response('Only GET', { status: 405, headers });
  const file = fileOf(request.url, folder);
  const bytes = file === undefined ? undefined : await readFile(file).catch(() => undefined);
  if (file === undefined || bytes === undefined) {
    return new Response('No such file', { status: 404, headers });
  }
  const type = types[extname(file).toLowerCase()] ?? 'application/octet-stream';
  return new Response(bytes, { headers: { ...headers, 'content-type': type } });
}

/**
 * The file that an address means, undefined when it lies outside. The parser has resolved plain and escaped dots
 * by itself; what is left to smuggle them in are escaped slashes, backslashes and a NUL.
 */
function fileOf(url: string, folder: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== `${scheme}:` || parsed.host !== host) return undefined;
  const path = decode(parsed.pathname);
  if (path === undefined || /[\\\0]|%|\/\.{1,2}(\/|$)/.test(path)) return undefined;
  const file = join(folder, path === '/' ? 'index.html' : path);
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? file : undefined;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
