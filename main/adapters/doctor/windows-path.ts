/** The PATH that a new program on Windows gets: what an installer added after Musher was started is in the registry alone. */
import { askProgram } from '../ask-program.ts';

const keys = [
  'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment',
  'HKCU\\Environment',
];
const boundMs = 3_000;

/** Undefined where the registry could not be read. */
export async function windowsPath(
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const parts: string[] = [];
  for (const key of keys) {
    const args = ['query', key, '/v', 'Path'];
    const said = await askProgram({ program: 'reg', args, env, boundMs, signal });
    const value = said.kind === 'said' ? registryValue(said.text) : undefined;
    if (value !== undefined) parts.push(expanded(value, env));
  }
  return parts.length === 0 ? undefined : parts.join(';');
}

/** `    Path    REG_EXPAND_SZ    C:\Windows;%USERPROFILE%\bin`. */
export function registryValue(text: string): string | undefined {
  return /^\s+Path\s+REG_(?:EXPAND_)?SZ\s+(.*?)\s*$/im.exec(text)?.[1];
}

export function expanded(value: string, env: Readonly<Record<string, string>>): string {
  const byName = new Map(Object.entries(env).map(([name, one]) => [name.toLowerCase(), one]));
  return value.replace(
    /%([^%;]+)%/g,
    (whole, name: string) => byName.get(name.toLowerCase()) ?? whole,
  );
}
