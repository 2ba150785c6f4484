/**
 * What no page may do, whatever gets into it: agents write much of what the page shows. It stays where it is, it
 * opens nothing but links in the user's own browser, it holds no other page, and it asks for no device.
 */
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import { isAppUrl } from './app-protocol.ts';
import type { ContentsPart, ElectronParts, NavigationEvent } from './electron-parts.ts';

/**
 * Copying by a button, and notifications, which the operator turns on by one. Everything else is refused, reading the clipboard too: a paste by key or menu needs no
 * permission, and a program in a terminal must not read what the user copied elsewhere.
 */
const allowedPermissions: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write',
  'notifications',
]);

type SecuredParts = Pick<ElectronParts, 'app' | 'session' | 'shell'>;

/** For every page that is ever made, so that none can be forgotten. Once Electron is ready. */
export function securePages({ app, session, shell }: SecuredParts, log: Logger): void {
  app.on('web-contents-created', (_event, contents) => secureContents(contents, shell, log));
  const { defaultSession } = session;
  defaultSession.setPermissionCheckHandler((_contents, permission) =>
    allowedPermissions.has(permission),
  );
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
    if (!allowedPermissions.has(permission)) log.warn({ permission }, 'a permission was refused');
    answer(allowedPermissions.has(permission));
  });
  defaultSession.setDevicePermissionHandler(() => false);
  // Beside the policy of the page, which is in the page's own hands if it is ever taken over.
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = !isLocal(url);
    if (cancel) log.warn({ url }, 'a request to elsewhere was refused');
    answer({ cancel });
  });
}

function secureContents(contents: ContentsPart, shell: SecuredParts['shell'], log: Logger): void {
  const stay = (event: NavigationEvent) => {
    // A page may load itself again.
    if (isAppUrl(event.url)) return;
    log.warn({ url: event.url }, 'a navigation was refused');
    event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const link = linkOf(url);
    if (link === undefined) log.warn({ url }, 'a link was refused');
    else {
      shell.openExternal(link).catch((error: unknown) => {
        log.warn({ reason: reasonOf(error) }, 'a link could not be opened');
      });
    }
    return { action: 'deny' };
  });
}

/** Our own files, what a page made itself, and the developer tools. */
const localSchemes: ReadonlySet<string> = new Set(['musher:', 'blob:', 'data:', 'devtools:']);

function isLocal(url: string): boolean {
  return localSchemes.has(URL.parse(url)?.protocol ?? '');
}

/** A web address as the parser understood it; anything else could start a program (`file:`, `ms-msdt:`). */
function linkOf(url: string): string | undefined {
  const parsed = URL.parse(url);
  const isWeb = parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
  // `https://github.com@evil.example` shows one host and opens another.
  const isPlain = parsed?.username === '' && parsed.password === '';
  return isWeb && isPlain ? parsed.href : undefined;
}
