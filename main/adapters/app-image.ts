/** What an AppImage puts into the environment of what it starts. Pure. */

const own: ReadonlySet<string> = new Set(['APPDIR', 'APPIMAGE', 'ARGV0', 'OWD']);

/** For what outlives the app: its mount goes, and nothing is to be looked for in it, least of all a library. */
export function withoutMount(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { APPDIR: mount } = env;
  if (mount === undefined || mount === '') return env;
  const isOutside = (place: string) => place !== mount && !place.startsWith(`${mount}/`);
  const kept = Object.entries(env).flatMap(([name, value = '']) => {
    if (own.has(name)) return [];
    const places = value.split(':');
    if (places.every(isOutside)) return [[name, value] as const];
    // What an AppImage puts before nothing ends with nothing, which would be this folder.
    const rest = places.filter((place) => place !== '' && isOutside(place)).join(':');
    return rest === '' ? [] : [[name, rest] as const];
  });
  return Object.fromEntries(kept);
}
