import {
  type ProjectStanding,
  projectStandings,
  standingOfProject,
} from '../../../preload/contract/say-gateway.ts';
import { useNow } from '../../ui/clock.ts';
import type { ShownProject } from './use-projects.ts';

/** Beside the title: how many stand how, and what waits in all of them. */
export function ProjectSummary({ shown }: { shown: readonly ShownProject[] }) {
  const now = useNow();
  const standings = shown.map(({ link }) => standingOfProject(link, now));
  const words = (Object.keys(projectStandings) as ProjectStanding[]).flatMap((standing) => {
    const count = standings.filter((one) => one === standing).length;
    return count === 0 ? [] : [`${count} ${projectStandings[standing]}`];
  });
  const waiting = shown.reduce((sum, { link }) => sum + (link?.status?.waiting.total ?? 0), 0);
  const text = [...words, ...(waiting === 0 ? [] : [`${waiting} waiting for you`])].join(', ');
  return (
    <span title={text} className="min-w-0 truncate">
      {text}
    </span>
  );
}
