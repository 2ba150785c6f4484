/** Whether a project answers at an address, seen from this machine. It is asked who it is, and shown nothing. */
import { z } from 'zod';
import { MusherError, ok, type Result, refuse } from '../../base/result.ts';
import { requireAddress } from './address.ts';
import { exchange, sayUnreached } from './exchange.ts';

const reachMs = 3_000;

const statusSchema = z.object({
  musher: z.literal(true),
  projects: z.array(z.object({ id: z.string() })),
});

/** The address as it is kept. Refuses with GATEWAY_ADDRESS_INVALID, GATEWAY_ADDRESS_UNREACHED. */
export async function reachProject(address: string, project: string): Promise<Result<string>> {
  try {
    const url = requireAddress(address);
    const reason = await whyNot(url, project);
    return reason === undefined ? ok(url) : refuse('GATEWAY_ADDRESS_UNREACHED', { url, reason });
  } catch (error) {
    if (error instanceof MusherError) return { ok: false, error: error.wire };
    throw error;
  }
}

async function whyNot(url: string, project: string): Promise<string | undefined> {
  let answer: Awaited<ReturnType<typeof exchange>>;
  try {
    answer = await exchange(`${url}/status`, { method: 'GET', timeoutMs: reachMs });
  } catch (error) {
    return sayUnreached(error);
  }
  const code = (answer.body as { error?: { code?: unknown } } | undefined)?.error?.code;
  if (code === 'HOST_REFUSED')
    return 'its Musher takes that for a foreign address, since it listens at another port';
  const status = statusSchema.safeParse(answer.body);
  if (!status.success) return 'what answers there is no Musher';
  const isThere = status.data.projects.some(({ id }) => id === project);
  return isThere ? undefined : 'another Musher answers there, which has not opened it';
}
