/** The pipeline as other features show it: the board places its line, and its entries of the palette. It has no view of its own. */
export { PipelineLine } from './pipeline-line.tsx';
export { usePipelineCommands } from './use-pipeline-commands.ts';
