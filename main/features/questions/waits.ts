/** What waits for whom, from questions. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { questions as contract } from '../../../preload/contract/questions.ts';
import type { WaitChange, Waits } from '../../hub/feature.ts';

type Asked = EventData<typeof contract, 'question.asked'>;

function settles({ data }: { readonly data: unknown }): WaitChange[] {
  return [{ settles: `question/${(data as { question: string }).question}` }];
}

export const questionWaits: Waits = {
  'question.asked': ({ data }) => {
    const { question: subject, asker: agent, to, text: title } = data as Asked;
    return [{ opens: { kind: 'question', subject, to, agent, title, isBlocking: true } }];
  },
  'question.answered': settles,
  'question.cancelled': settles,
  'question.expired': settles,
  'agent.destroyed': ({ data }) => [
    { settlesAll: { kind: 'question', agent: (data as { agent: string }).agent } },
  ],
};
