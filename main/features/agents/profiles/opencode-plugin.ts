/**
 * The plugin that runs inside OpenCode: one plain module without imports, so that nothing has to be installed for it. It tells
 * what its server does, and asks the operator for each permission, beside OpenCode's own screen; whoever decides first counts.
 *
 * What is asked is what its tool said of itself (`metadata`) when it stopped to ask, laid over the words of the model; the answer
 * goes to that one request by its id, and is `once` or `reject`: OpenCode's own "always" is never chosen.
 *
 * One report after another, so that none overtakes another; one that fails is dropped, the next says what is true by then.
 * What subagents do is their parent's work; what they want to be allowed is asked all the same, and what they use is told.
 * What an answer used is told when it is complete, each session up to a time that the hub keeps: so each is told once.
 */
import { maxInputChars } from '../../../../preload/contract/permission-input.ts';

/** How long it waits for the operator, as other CLIs' hooks do, milliseconds. */
const patienceMs = 12 * 3_600_000;
/** Calls whose words are remembered until they ask; the oldest go first. */
const maxCalls = 100;
/** Answers whose usage is still to be told; the oldest go first. */
const maxOwed = 1_000;

export const opencodePlugin = `const { MUSHER_URL, MUSHER_TOKEN } = process.env;
const headers = { authorization: 'Bearer ' + MUSHER_TOKEN, 'content-type': 'application/json' };
const inner = new Set();
const calls = new Map();
const asking = new Map();
let last = Promise.resolve();
async function post(type, data) {
  const body = JSON.stringify(data);
  const answer = await fetch(MUSHER_URL + '/v1/' + type, { method: 'POST', headers, body, signal: AbortSignal.timeout(5000) });
  const result = await answer.json();
  if (!answer.ok) throw new Error(type);
  return result;
}
function inTurn(work) {
  const turn = last.then(work);
  last = turn.then(() => undefined, () => undefined);
  return turn;
}
function tell(event, sessionId, detail) {
  inTurn(() => post('agent.hook', { event, sessionId, detail: detail?.slice(0, 2000) })).catch(() => undefined);
}
const owed = new Map();
function owe(info) {
  if (info?.role !== 'assistant' || !info.time?.completed || !info.tokens) return;
  owed.set(info.id, info);
  if (owed.size > ${maxOwed}) owed.delete(owed.keys().next().value);
  inTurn(async () => {
    for (const one of [...owed.values()].sort((a, b) => a.time.completed - b.time.completed)) {
      await tellUsed(one);
      owed.delete(one.id);
    }
  }).catch(() => undefined);
}
async function tellUsed({ sessionID, modelID, tokens, cost, time: { completed } }) {
  const record = 'opencode/' + sessionID;
  const { cursors: [{ at, to, untilMs }] } = await post('cost.cursor', { records: [record] });
  if (completed <= Math.max(to, at === 0 ? untilMs : 0)) return;
  const count = (value) => Math.max(0, Math.round(value || 0));
  const row = {
    model: String(modelID || 'unknown').slice(0, 200),
    hourMs: completed - (completed % 3600000),
    requests: 1,
    input: count(tokens.input),
    output: count(tokens.output) + count(tokens.reasoning),
    cacheRead: count(tokens.cache?.read),
    cacheWrite: count(tokens.cache?.write),
    ...(cost > 0 && { costUsd: cost }),
  };
  await post('cost.tell', { record, at, to: completed, untilMs: completed, rows: [row] });
}
const states = { busy: 'busy', retry: 'limit' };
function hear({ type, properties = {} }, reply) {
  const id = properties.sessionID ?? properties.info?.id;
  // A message has a parent as well: another message.
  if (type === 'session.created' && properties.info?.parentID) inner.add(id);
  const tellOf = (event, detail) => tell(event, inner.has(id) ? undefined : id, detail);
  if (type === 'permission.asked') {
    tellOf('waiting', [properties.permission, ...(properties.patterns ?? [])].filter(Boolean).join(' ') || undefined);
    ask(properties, reply).catch(() => undefined);
  }
  if (type === 'permission.replied') {
    answered(properties.requestID ?? properties.permissionID, properties.reply ?? properties.response);
    tellOf('busy');
  }
  if (type === 'message.updated') owe(properties.info);
  if (inner.has(id)) return;
  if (type === 'session.created') tell('session', id, 'startup');
  if (type === 'session.idle') tell('idle', id);
  if (type === 'session.status' && states[properties.status?.type])
    tell(states[properties.status.type], id, properties.status.message);
  if (type === 'question.asked') tell('waiting', id);
  if (type === 'question.replied' || type === 'question.rejected') tell('busy', id);
}
function useOf({ permission, patterns, metadata, tool }) {
  const input = { ...calls.get(tool?.callID), ...metadata };
  if (permission === 'bash') {
    // The folder it runs in is a part of what is run.
    if (input.workdir) input.command = 'cd ' + JSON.stringify(input.workdir) + ' && ' + input.command;
    return { tool: 'bash', input: JSON.stringify(input) };
  }
  const path = permission === 'edit' ? input.filepath ?? input.filePath : undefined;
  return { tool: permission, input: JSON.stringify({ ...(path && { path }), patterns, ...input }) };
}
async function ask(request, reply) {
  const use = useOf(request);
  if (asking.has(request.id) || use.input.length > ${maxInputChars}) return;
  const one = { use, isOver: false };
  asking.set(request.id, one);
  try {
    let record = (await inTurn(() => post('permission.ask', use))).result;
    const until = Date.now() + ${patienceMs};
    while (record.state === 'open' && !one.isOver && Date.now() < until) record = await look(record);
    if (one.isOver) return;
    if (record.state === 'allowed') await reply(request, { reply: 'once' });
    if (record.state === 'denied') await reply(request, { reply: 'reject', ...(record.note && { message: record.note }) });
  } finally {
    asking.delete(request.id);
  }
}
async function look(record) {
  const url = MUSHER_URL + '/v1/permission.get?waitMs=30000&permission=' + encodeURIComponent(record.id);
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(40000) });
    if (answer.ok) return await answer.json();
    // It is known no more, or not to this agent.
    if (answer.status < 500 && answer.status !== 429) return { state: 'gone' };
  } catch {
    // The hub is away for a moment.
  }
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return record;
}
function answered(id, how) {
  const one = asking.get(id);
  if (one === undefined) return;
  one.isOver = true;
  if (how !== 'reject') inTurn(() => post('permission.ran', one.use)).catch(() => undefined);
}
export const Musher = async ({ client }) => {
  const reply = ({ id }, body) => client._client.post({ url: '/permission/{id}/reply', path: { id }, body, headers: { 'content-type': 'application/json' } });
  return {
    event: async ({ event }) => hear(event, reply),
    'tool.execute.before': async ({ callID }, { args }) => {
      calls.set(callID, { ...args });
      if (calls.size > ${maxCalls}) calls.delete(calls.keys().next().value);
    },
  };
};
`;
