/** Gates as other features show them. They have no view of their own. */
export { GatesLine } from './gates-line.tsx';
export { named, type Standing } from './present-gates.ts';
export { useStanding, useStandings } from './use-gates.ts';
