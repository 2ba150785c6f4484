/** One bounded exchange with another Musher, or whoever answers in its place. No redirect is followed, and no proxy asked. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

const answerBytes = 256 * 1024;

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** `body`: undefined where it is no JSON. Rejects when nobody answers, not in time, or without end. */
export function exchange(
  address: string,
  { method, body, headers, timeoutMs }: Asked,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const request = address.startsWith('https:') ? requestHttps : requestHttp;
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const options = { method, headers: { ...json, ...headers }, agent: false, signal };
    const asked = request(address, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.length > answerBytes) answer.destroy(new Error('it answers without end'));
      });
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: parsed(text) }));
    });
    asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why nobody could be asked, in words. */
export function sayUnreached(error: unknown): string {
  const { code, name, message } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'nobody listens there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no machine has that name';
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT')
    return 'it does not answer in time';
  return message;
}
