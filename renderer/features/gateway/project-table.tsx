import {
  grantWords,
  sayAgents,
  sayStories,
  standingOfProject,
} from '../../../preload/contract/say-gateway.ts';
import { useNow } from '../../ui/clock.ts';
import { ProjectName, Standing, Unknown, WaitsForYou } from './project-cells.tsx';
import { ProjectMenu } from './project-menu.tsx';
import type { ShownProject } from './use-projects.ts';

interface ProjectTableProps {
  shown: readonly ShownProject[];
  activeId: string | undefined;
}

const head =
  'sticky top-0 z-10 bg-bg px-3 py-1.5 text-left font-medium text-muted whitespace-nowrap';
const cell = 'px-3 py-2 align-top';
/** Of widths that stay: ages that tick move nothing. */
const columns: readonly (readonly [title: string, className: string])[] = [
  ['Project', ''],
  ['State', 'w-34 xl:w-40'],
  ['Waits for you', 'w-36 lg:w-48 xl:w-64'],
  ['Agents', 'w-28 lg:w-34 xl:w-48'],
  ['Stories', 'w-30 lg:w-38 xl:w-52'],
  ['MCP', 'w-16'],
];

/** One row for each, two lines high at least: what it is, how it stands, and what it needs. */
export function ProjectTable({ shown, activeId }: ProjectTableProps) {
  return (
    <div className="px-1">
      <table className="w-full min-w-196 table-fixed border-collapse border-b">
        <caption className="sr-only">Projects</caption>
        <thead>
          <tr>
            {columns.map(([title, className]) => (
              <th key={title} scope="col" className={`${head} ${className}`}>
                {title}
              </th>
            ))}
            <th scope="col" className={`${head} w-11`}>
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <ProjectRow key={one.project.id} shown={one} isActive={one.project.id === activeId} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ProjectRow({ shown, isActive }: { shown: ShownProject; isActive: boolean }) {
  const { project, link } = shown;
  const standing = standingOfProject(link, useNow());
  const status = link?.status;
  // What it said last is not how it is.
  const isOld = standing !== 'connected';
  const quiet = isOld ? 'text-faint' : '';
  return (
    <tr
      data-active={isActive || undefined}
      data-standing={standing}
      ref={isActive ? toSight : undefined}
      className="group border-t hover:bg-hover data-active:bg-selected"
    >
      <ProjectName shown={shown} />
      <td className={cell}>
        <Standing standing={standing} link={link} />
      </td>
      <td className={cell}>
        {status ? <WaitsForYou status={status} isOld={isOld} /> : <Unknown />}
      </td>
      <td className={`${cell} ${quiet}`}>
        {status ? sayAgents(status) || <None of="agents" /> : <Unknown />}
      </td>
      <td className={`${cell} ${quiet}`}>
        {status ? sayStories(status) || <None of="stories" /> : <Unknown />}
      </td>
      <td className={`${cell} text-muted`} title={`It grants ${grantWords[project.mcp]}`}>
        {project.mcp}
      </td>
      <td className="px-1 py-1 align-top">
        <ProjectMenu shown={shown} />
      </td>
    </tr>
  );
}

function None({ of }: { of: string }) {
  return <span className="text-faint">no {of}</span>;
}

/** Once, when it comes to be the chosen one. */
function toSight(row: HTMLTableRowElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
}
