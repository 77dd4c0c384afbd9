/**
 * A run of main that signs somebody in, as the window shows it: its state as a pure function of what main says, and the pages from
 * the sign-in over the plan to the work. The set-up, a rotation, a removal and a verification with an administrator are such runs.
 */
export { changesDone, doneIn, withLine, type Account, type Code, type Line, type Preview, type RunEvent } from './lines.ts';
export { newRun, runReducer, runStage, type RunAction, type RunState } from './run-state.ts';
export { useRun, type RunActions } from './use-run.ts';
export { useSpokenProgress } from './use-spoken-progress.ts';
export { CodeView } from './code-view.tsx';
export { Elapsed } from './elapsed.tsx';
export { LineList } from './line-list.tsx';
export { PlanList } from './plan-list.tsx';
export { planText } from './plan-text.ts';
export { PlannedAnew } from './planned-anew.tsx';
export { RunPage, type RunPageProps, type RunWords } from './run-pages.tsx';
export { SignInCard, signInTitle, type SignInCardProps, type SignInProgress } from './sign-in-card.tsx';
export { StagePage } from './stage-page.tsx';
export { StepsBar } from './steps-bar.tsx';
export { stepWords } from './step-words.ts';
export { Timeline, type TimelineStep } from './timeline.tsx';
