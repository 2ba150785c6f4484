/** One after the other, so that a long list does not fill the line; each refusal shows itself. How many were taken. */
export async function sendEach<T>(
  all: readonly T[],
  send: (one: T) => Promise<boolean>,
): Promise<number> {
  let taken = 0;
  for (const one of all) if (await send(one)) taken += 1;
  return taken;
}
