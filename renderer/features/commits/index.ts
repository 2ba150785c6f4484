/** What agents committed. It has no view: a section of an agent's panel. */
export { AgentCommits } from './agent-commits.tsx';
export { bringOver } from './bring-over.ts';
