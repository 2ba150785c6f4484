/** Where this project is registered, and the key that it shows there: kept beside the log, readable by its user alone. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { mcpGrantSchema } from '../../../preload/contract/gateway-facts.ts';
import { musherError } from '../../base/result.ts';

const gatewayFileSchema = z.strictObject({
  /** Of the gateway: `http://127.0.0.1:9129`. */
  url: z.url(),
  name: z.string(),
  mcp: mcpGrantSchema,
  /** What opens the door there, and nowhere else. */
  key: z.string(),
});
export type GatewayFile = z.infer<typeof gatewayFileSchema>;

function fileIn(dataFolder: string): string {
  return path.join(dataFolder, 'gateway.json');
}

/** undefined where it is registered nowhere. Throws GATEWAY_FILE_INVALID. */
export async function readGatewayFile(dataFolder: string): Promise<GatewayFile | undefined> {
  const file = fileIn(dataFolder);
  try {
    return gatewayFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw musherError('GATEWAY_FILE_INVALID', { file }, error);
  }
}

/** `register` is asked once it is sure that its answer can be kept: a token is used up by it. Nothing is left when it throws. */
export async function keepRegistered<T extends { readonly file: GatewayFile }>(
  dataFolder: string,
  register: () => Promise<T>,
): Promise<T> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const fresh = `${fileIn(dataFolder)}.${process.pid}`;
  try {
    await writeFile(fresh, '', { mode: 0o600 });
    const registered = await register();
    await writeFile(fresh, JSON.stringify(registered.file));
    await rename(fresh, fileIn(dataFolder));
    return registered;
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

export async function removeGatewayFile(dataFolder: string): Promise<void> {
  await rm(fileIn(dataFolder), { force: true });
}
