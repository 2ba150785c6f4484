/** The renderer's files, and the login that lets a browser in. */
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { statusOf, toWireError } from '../../preload/contract/errors.ts';
import { sendError } from './errors.ts';
import { cookieOf } from './guards.ts';
import type { Sessions } from './sessions.ts';

/**
 * Nothing from anywhere else, and no code but the built files. Styles may be inline because the terminal and the diff
 * view set computed ones.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface PageDeps {
  readonly sessions: Sessions;
  readonly cookieName: () => string;
  /** Folder of the built renderer. */
  readonly folder: string;
  /** The file that `/` is. */
  readonly index: string;
  /** The file that is shown in the place of `/` for now. */
  readonly front?: (() => string | undefined) | undefined;
  readonly onLogin: () => void;
}

/** A browser that is signed in already has no use for a link, used or not; another one gets a page to read. */
function refuseLogin(deps: PageDeps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (deps.sessions.isOpen(cookieOf(request, deps.cookieName()) ?? ''))
    return reply.redirect('/', 303);
  const error = toWireError('LOGIN_CODE_INVALID');
  if (request.headers.accept?.includes('text/html') !== true) return sendError(reply, error);
  return reply
    .code(statusOf(error))
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>
<html lang="en"><meta name="color-scheme" content="light dark"><title>Musher</title>
<body style="font: 15px system-ui; max-width: 32em; margin: 20vh auto; padding: 0 1em">
<h1 style="font-size: 1.2em">${error.message}</h1><p>${error.mend}</p></body></html>
`);
}

/** Its name has a digest of what is in it: another version of it is another file. */
function isAsset(file: string): boolean {
  return path.basename(path.dirname(file)) === 'assets';
}

export async function mountPage(app: FastifyInstance, deps: PageDeps): Promise<void> {
  app.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', contentSecurityPolicy);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('cross-origin-opener-policy', 'same-origin');
  });
  app.addHook('onRequest', async (request, reply) => {
    const front = request.url === '/' ? deps.front?.() : undefined;
    if (front !== undefined) return reply.redirect(`/${front}`, 303);
  });
  app.get('/login', (request, reply) => {
    const { code, project } = request.query as { code?: unknown; project?: unknown };
    const cookie = typeof code === 'string' ? deps.sessions.redeem(code) : undefined;
    if (cookie === undefined) return refuseLogin(deps, request, reply);
    deps.onLogin();
    reply.header(
      'set-cookie',
      `${deps.cookieName()}=${cookie}; HttpOnly; SameSite=Strict; Path=/; Max-Age=2592000`,
    );
    const shows = typeof project === 'string' ? `/?project=${encodeURIComponent(project)}` : '/';
    return reply.redirect(shows, 303);
  });
  await app.register(fastifyStatic, {
    root: deps.folder,
    cacheControl: false,
    etag: true,
    index: [deps.index],
    setHeaders(reply: FastifyReply, file) {
      reply.header(
        'cache-control',
        isAsset(file) ? 'private, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}
