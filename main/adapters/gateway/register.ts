/** Asks a gateway to let this project in. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { gatewayProtocol } from '../../../preload/contract/gateway-facts.ts';
import { registerAnswerSchema } from '../../../preload/contract/gateway-frames.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { wireErrorSchema } from '../../../preload/contract/wire-error.ts';
import { MusherError, musherError } from '../../base/result.ts';
import type { RegisterWish } from '../../features/registration/ports.ts';
import { requireAddress } from './address.ts';
import { exchange, sayUnreached } from './exchange.ts';
import type { GatewayFile } from './gateway-file.ts';

/** The gateway looks at an address before it answers, milliseconds. */
const registerMs = 20_000;

export interface RegisterAsk extends RegisterWish {
  /** The log's own name. */
  readonly project: string;
  readonly repository: string;
  /** Where this Musher listens. */
  readonly listens: string;
  /** That it shows from now on. */
  readonly key: string;
  /** The key that it has from before, of the same gateway. */
  readonly before?: string | undefined;
}

export interface Registration {
  readonly file: GatewayFile;
  readonly answer: z.infer<typeof registerAnswerSchema>;
}

/** Asked again with the same token and key, it is registered once. Throws GATEWAY_ADDRESS_INVALID, GATEWAY_UNREACHABLE, and what the gateway refuses with. */
export async function registerAt(ask: RegisterAsk): Promise<Registration> {
  const { mcp, name, join: token, project, repository, listens, key, before } = ask;
  const url = requireAddress(ask.gateway);
  const address = ask.address === undefined ? undefined : requireAddress(ask.address);
  const body = {
    ...{ protocol: gatewayProtocol, token, project, repository, listens, mcp },
    key: createHash('sha256').update(key).digest('hex'),
    ...(name !== undefined && { name }),
    ...(address !== undefined && { address }),
  };
  const headers: Record<string, string> = {};
  if (before !== undefined) headers.authorization = `Bearer ${before}`;
  const answer = registerAnswerSchema.safeParse(await post(url, { body, headers }));
  if (!answer.success) throw unreachable(url, 'what it answers is nothing that a gateway says');
  return { file: { url, name: answer.data.name, mcp, key }, answer: answer.data };
}

function unreachable(url: string, reason: string, cause?: unknown): MusherError {
  return musherError('GATEWAY_UNREACHABLE', { url, reason }, cause);
}

async function post(
  url: string,
  { body, headers }: { readonly body: object; readonly headers: Record<string, string> },
): Promise<unknown> {
  const asked = { method: 'POST', body, headers, timeoutMs: registerMs } as const;
  const answer = await exchange(`${url}/link/register`, asked).catch((error: unknown) => {
    throw unreachable(url, sayUnreached(error), error);
  });
  if (answer.status === 200) return answer.body;
  const said = wireErrorSchema.safeParse((answer.body as { error?: unknown } | undefined)?.error);
  if (!said.success) throw unreachable(url, `it answered with status ${answer.status}`);
  // A project has no such door: it is another Musher's address.
  if (said.data.code === 'NOT_FOUND') throw unreachable(url, 'a Musher answers that is no gateway');
  throw new MusherError(said.data as WireError);
}
