/**
 * Reads what the screens of CLIs tell, of those whose profile has phrases and whose hooks are not heard. A terminal is read
 * again only when it has said something since, and only a word that stayed is told: a screen that is half drawn tells nothing.
 */
import type { ScreenWord } from '../../../../preload/contract/status-evidence.ts';
import { reasonOf } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import type { AgentsPorts } from '../effects.ts';
import { tellFromScreen } from '../screen-phrases.ts';
import type { ScreenPhrases } from '../ports.ts';
import type { Agent, AgentsState } from '../slice.ts';

/** Between two looks, milliseconds; each costs one question to the host, and the text of the terminals that said something. */
const lookMs = 2_000;
/** A word stays so long before it is told, milliseconds: two looks; that nothing is known any more, longer. */
const stayMs = lookMs;
const nothingStaysMs = 10_000;
/** At most every so often for one agent, milliseconds: what flickers costs the log 720 events an hour. */
const apartMs = 5_000;

type Ports = Pick<AgentsPorts, 'profiles'> & {
  readonly terminals: Pick<AgentsPorts['terminals'], 'lastOutputs' | 'text'>;
};

/** What is remembered of a screen between looks. */
interface Look {
  readonly terminalId: string;
  /** Of the output that was read, Unix ms. */
  readonly outputMs: number;
  readonly word: ScreenWord;
  readonly sinceMs: number;
}

export function watchScreens(ports: Ports, life: Life<AgentsState>): void {
  const looks = new Map<string, Look>();
  let cancel = (): void => undefined;
  const again = async (): Promise<void> => {
    try {
      await lookAtAll(ports, life, looks);
    } catch (error) {
      if (!life.signal.aborted)
        life.logger.warn({ error: reasonOf(error) }, 'screens could not be read');
    }
    if (!life.signal.aborted) cancel = life.clock.schedule(again, lookMs);
  };
  cancel = life.clock.schedule(again, lookMs);
  life.own(() => cancel());
}

async function lookAtAll(
  ports: Ports,
  life: Life<AgentsState>,
  looks: Map<string, Look>,
): Promise<void> {
  const watched = life
    .state()
    .byId.values()
    .filter((agent) => isWatched(ports, agent));
  const ids = new Set(watched.map(({ id }) => id));
  for (const id of looks.keys()) if (!ids.has(id)) looks.delete(id);
  if (watched.length === 0) return;
  const outputs = new Map((await ports.terminals.lastOutputs()).map(({ id, atMs }) => [id, atMs]));
  for (const agent of watched) {
    const outputMs = outputs.get(agent.terminalId ?? '');
    if (outputMs === undefined || life.signal.aborted) continue;
    const look = await lookAt(ports, { agent, outputMs, before: looks.get(agent.id), life });
    if (look !== undefined) looks.set(agent.id, look);
  }
}

function phrasesOf({ profiles }: Ports, { profile }: Agent): ScreenPhrases {
  return profiles.get(profile)?.screen ?? {};
}

function isWatched(ports: Ports, agent: Agent): boolean {
  if (agent.state !== 'running' || agent.isHooked || agent.terminalId === undefined) return false;
  return Object.keys(phrasesOf(ports, agent)).length > 0;
}

interface One {
  readonly agent: Agent;
  readonly outputMs: number;
  readonly before: Look | undefined;
  readonly life: Life<AgentsState>;
}

/** Undefined where it could not be read. */
async function lookAt(ports: Ports, one: One): Promise<Look | undefined> {
  const { agent, life } = one;
  try {
    const look = await readOnce(ports, one);
    if (isToTell(agent, look, life.clock.now()))
      await life.system({
        type: 'agent.screen_told',
        data: { agent: agent.id, tells: look.word },
      });
    return look;
  } catch (error) {
    if (!life.signal.aborted)
      life.logger.debug({ agent: agent.id, error: reasonOf(error) }, 'a screen was not read');
    return undefined;
  }
}

async function readOnce(ports: Ports, { agent, outputMs, before, life }: One): Promise<Look> {
  const { terminalId = '' } = agent;
  const known = before?.terminalId === terminalId ? before : undefined;
  if (known?.outputMs === outputMs) return known;
  const { text } = await ports.terminals.text(terminalId);
  const word = tellFromScreen(phrasesOf(ports, agent), text) ?? 'nothing';
  const sinceMs = known?.word === word ? known.sinceMs : life.clock.now();
  return { terminalId, outputMs, word, sinceMs };
}

function isToTell({ screen }: Agent, { word, sinceMs }: Look, nowMs: number): boolean {
  if (word === (screen?.tells ?? 'nothing')) return false;
  const hasStayed = nowMs - sinceMs >= (word === 'nothing' ? nothingStaysMs : stayMs);
  return hasStayed && (screen === undefined || nowMs - screen.atMs >= apartMs);
}
