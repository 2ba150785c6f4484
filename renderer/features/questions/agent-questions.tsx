import { useState } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { useRecords } from '../../hub/use-records.ts';
import { useUnderWay } from '../../shell/use-decisions.ts';
import { Button } from '../../ui/button.tsx';
import { Fact } from '../../ui/fact.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { QuestionOptions } from './question-options.tsx';
import { QuestionText } from './question-text.tsx';
import { toggled } from './toggled.ts';
import { useAnswer } from './use-answer.ts';

const mostShown = 5;

/** What an agent asks, answered beside its terminal. */
export function AgentQuestions({ agent }: { agent: AgentRecord }) {
  const underWay = useUnderWay();
  const open = useRecords('question').filter(
    ({ asker, state, id }) =>
      asker === agent.id && state === 'open' && !underWay.has(`question/${id}`),
  );
  if (open.length === 0) return null;
  return (
    <Fact name={open.length === 1 ? 'Asks' : `Asks ${open.length} things`}>
      <div className="mt-1 flex flex-col gap-3">
        {open.slice(0, mostShown).map((question) => (
          <AskedHere key={question.id} question={question} />
        ))}
        {open.length > mostShown && (
          <p className="text-sm text-muted">{open.length - mostShown} more are in the Inbox.</p>
        )}
      </div>
    </Fact>
  );
}

/** Without keys of its own: those are the terminal's. */
function AskedHere({ question }: { question: QuestionRecord }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const answer = useAnswer(question, {});
  const { options, multi, to } = question;
  const choose = (option: string) => {
    if (multi) setChosen(toggled(chosen, option));
    else answer({ choices: [option], ...(text.trim() && { text: text.trim() }) });
  };
  const isEmpty = text.trim() === '' && chosen.length === 0;
  return (
    <fieldset aria-label="Question" className="min-w-0 rounded-md border border-line-strong p-2.5">
      {to !== 'operator' && <p className="mb-1 text-sm text-muted">of {to}</p>}
      <QuestionText question={question} />
      {options.length > 0 && (
        <div className="mt-2">
          <QuestionOptions question={question} chosen={chosen} onChoose={choose} hasKeys={false} />
        </div>
      )}
      <form
        className="mt-2 flex flex-col items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isEmpty) answer({ choices: [...chosen], text: text.trim() });
        }}
      >
        <div className="w-full">
          <TextArea
            hideLabel
            rows={1}
            label={options.length > 0 ? 'Answer in your own words' : 'Your answer'}
            placeholder={options.length > 0 ? 'Answer in your own words' : 'Your answer'}
            value={text}
            maxLength={20_000}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <Button type="submit" disabled={isEmpty}>
          Answer
        </Button>
      </form>
    </fieldset>
  );
}
