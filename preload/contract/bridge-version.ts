/**
 * Which frames a page and its host speak (bridge.ts). Without zod: the page says it with its first frame.
 *
 * 1 = the first; 2 = `hello` and `welcome` name the log, since a seq alone says nothing of which; 3 = `live`, and snapshots in parts;
 * 4 = `projects`.
 */
export const bridgeProtocolVersion = 4;
