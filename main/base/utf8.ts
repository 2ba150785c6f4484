/** Text as bytes and back, where neither Node's types nor a page's are. */

interface Globals {
  TextEncoder: new () => { encode(text: string): Uint8Array };
  TextDecoder: new () => { decode(bytes?: Uint8Array, options?: { stream: boolean }): string };
}

const host = globalThis as unknown as Globals;

export function toUtf8(text: string): Uint8Array {
  return new host.TextEncoder().encode(text);
}

/** Of parts that may end within a character. What is no UTF-8 is replaced. */
export function fromUtf8(parts: readonly Uint8Array[]): string {
  const decoder = new host.TextDecoder();
  const texts = parts.map((part) => decoder.decode(part, { stream: true }));
  return texts.join('') + decoder.decode();
}
