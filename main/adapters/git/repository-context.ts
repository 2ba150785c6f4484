import type { OpenedRepository } from './open-repository.ts';
import type { Git } from './run.ts';

/** What everything that works on one repository is given. */
export interface RepositoryContext {
  readonly git: Git;
  readonly repository: OpenedRepository;
}
