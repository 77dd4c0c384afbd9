export { RunPage, type RunPageProps, type RunWords } from './run-pages.tsx';
export { runStage, type RunState } from './run-state.ts';
export { useRun, type RunActions } from './use-run.ts';
