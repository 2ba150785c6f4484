export { questionSource } from './palette-source.tsx';
export { AgentQuestions } from './agent-questions.tsx';
export { QuestionText } from './question-text.tsx';
export { optionKeys, QuestionOptions } from './question-options.tsx';
export { toggled } from './toggled.ts';
export { useAnswer, useAnswerOf } from './use-answer.ts';
