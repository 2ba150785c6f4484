/** What agents committed. It has no view: a section of an agent's panel. */
export { AgentCommits } from './agent-commits.tsx';
export { bringOver, listLeft } from './bring-over.ts';
