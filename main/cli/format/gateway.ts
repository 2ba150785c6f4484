import type { ProjectRow } from '../../../preload/contract/gateway.ts';
import type { ProjectStatus } from '../../../preload/contract/gateway-facts.ts';
import {
  grantWords,
  type ProjectStanding,
  projectStandings,
  registerCommands,
  sayAgents,
  sayStories,
  sayWaiting,
  standingOfProject,
} from '../../../preload/contract/say-gateway.ts';
import { rendezvousStates } from '../../../preload/contract/say-node.ts';
import { leftWords, sinceWords } from './cluster.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import { ageOf, type Style, type View } from './view.ts';

type List = ResultOf<'project.list'>;

export const gatewayFormats = {
  // Only of a token that was made elsewhere; else main/cli/gateway-token.ts prints it.
  'project.invite': ({ invite, expiresMs }, view) =>
    `${oneLine(invite)} may be used once, and expires ${ageOf(expiresMs, view)}. Take it back: musher gateway uninvite ${oneLine(invite)}`,
  'project.uninvite': ({ invite }) => `${oneLine(invite)} is taken back: nobody registers by it.`,
  'project.rename': ({ id, name }) => `${oneLine(id)} is called ${oneLine(name)} now.`,
  'project.remove': ({ id, name }) =>
    `${oneLine(name)} (${oneLine(id)}) is forgotten. It goes on by itself, and can register anew with a fresh token.`,
  'project.list': (list, view) => formatProjects(list, view),
  'gateway.register': ({ url, name, mcp, page, pageProblem }, view) =>
    [
      `Registered at ${oneLine(url)} as ${view.style.bold(oneLine(name))}: ${grantWords[mcp]}.`,
      ...(page === undefined ? [] : [`Its page is opened from there at ${oneLine(page)}`]),
      ...(pageProblem === undefined
        ? []
        : [`Its page is not opened from there. ${oneLine(pageProblem)}`]),
    ].join('\n'),
  'gateway.leave': ({ url, name }) =>
    `${oneLine(name)} is taken out of ${oneLine(url)}. If the gateway was away, it still lists it: musher gateway remove ${oneLine(name)}, there.`,
  'gateway.self': ({ registration }, view) =>
    registration === null ? noRegistration : registrationLines(registration, view),
} satisfies Formatters;

const noRegistration =
  'Registered at no gateway. musher register --gateway http://127.0.0.1:9129 --join gt1.…';

function formatProjects({ projects, tokens }: List, view: View): string {
  const parts = [
    projects.length > 0 ? projectTable(projects, view) : '',
    projects.length + tokens.length > 0
      ? ''
      : 'No projects. Let one register: musher gateway token --name shop',
    tokens.length > 0 ? tokenLines(tokens, view) : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

const paints: Readonly<Record<ProjectStanding, keyof Style>> = {
  ...{ connected: 'green', away: 'yellow', lost: 'red', unheard: 'dim' },
};

function projectTable(projects: readonly ProjectRow[], view: View): string {
  const { style } = view;
  const rows = projects.map((project): Cell[] => {
    const { id, name, mcp, link, repository } = project;
    const { status, seenMs = 0 } = link ?? {};
    const standing = standingOfProject(link, view.nowMs);
    const words = (say: (status: ProjectStatus) => string) =>
      status === undefined ? '-' : say(status) || '-';
    return [
      { text: name, paint: style.bold },
      id,
      { text: projectStandings[standing], paint: style[paints[standing]] },
      seenMs === 0 ? '-' : ageOf(seenMs, view),
      {
        text: words(sayWaiting),
        paint: (status?.waiting.blocking ?? 0) > 0 ? style.yellow : plain,
      },
      words(sayAgents),
      words(sayStories),
      mcp,
      status?.version ?? '-',
      repository,
    ];
  });
  const header = [
    ...['NAME', 'ID', 'STATE', 'HEARD', 'WAITS FOR YOU', 'AGENTS'],
    ...['STORIES', 'MCP', 'VERSION', 'REPOSITORY'],
  ];
  return [table(header, rows, view), ...projects.flatMap((one) => troubleOf(one, view))].join('\n');
}

const plain = (text: string): string => text;

function troubleOf({ name, link }: ProjectRow, { style }: View): string[] {
  if (link?.refused === undefined || link.isConnected) return [];
  return [style.yellow(`${oneLine(name)}: its last link was ended: ${oneLine(link.refused)}.`)];
}

function tokenLines(tokens: List['tokens'], view: View): string {
  const lines = tokens.map(({ invite, name, expiresMs }) => {
    const whose = name === undefined ? '' : ` for ${oneLine(name)}`;
    return `  ${view.style.bold(oneLine(invite))}${whose} expires ${ageOf(expiresMs, view)}`;
  });
  return ['Registration tokens that wait to be used', ...lines].join('\n');
}

function registrationLines(
  link: NonNullable<ResultOf<'gateway.self'>['registration']>,
  view: View,
): string {
  const { url, name, mcp, state, sinceMs, retryMs, error } = link;
  const { bold, green, red, yellow } = view.style;
  const paint = { connecting: yellow, connected: green, offline: yellow, refused: red }[state];
  const next = retryMs === undefined ? '' : `, tries again ${ageOf(retryMs, view)}`;
  return [
    `Registered at ${bold(oneLine(url))} as ${bold(oneLine(name))}: ${grantWords[mcp]}`,
    `  ${paint(rendezvousStates[state])} ${sinceWords(sinceMs, view)}${next}`,
    ...(error === undefined ? [] : [red(`  ${oneLine(error.message)} ${oneLine(error.mend)}`)]),
  ].join('\n');
}

export interface MadeRegisterToken {
  readonly token: string;
  readonly invite: string;
  readonly name?: string | undefined;
  readonly expiresMs: number;
  /** Where the gateway listens. */
  readonly port: number;
}

/** The token alone on its line, and what to type where. It is our own text, and is not cut. */
export function formatRegisterToken(made: MadeRegisterToken, view: View): string {
  const { bold, dim } = view.style;
  const { here, tunnel } = registerCommands(made.token, made.port);
  const invite = oneLine(made.invite);
  const whose = made.name === undefined ? '' : ` for ${oneLine(made.name)}`;
  return [
    `Registration token ${invite}${whose}: it works once, expires in ${leftWords(made.expiresMs - view.nowMs)}, and is shown no more.`,
    `  ${bold(made.token)}`,
    '',
    'In a terminal that speaks to the Musher of the project (what `musher serve` printed):',
    `  ${here}`,
    'Where that is another machine, as long as it is registered:',
    `  ${tunnel}`,
    dim(`Take it back: musher gateway uninvite ${invite}`),
  ].join('\n');
}
