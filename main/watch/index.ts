/**
 * The expiry watch: which certificates expire or have expired, what was said of it already, and where it is said: event log,
 * calendar, scheduled task. It reads the store, asks the servers that are known once a day, and signs in nowhere.
 */
export { expirySteps, stepOf, watched } from './expiry.ts';
export type { Expiring, ExpiryStep, Watched } from './expiry.ts';
export { lastRun, overdueDays, rememberRun } from './last-run.ts';
export type { LastRun } from './last-run.ts';
export { watchReport } from './report.ts';
export type { WatchLine, WatchReport, WatchResult } from './report.ts';
export { newlyFound } from './newly-found.ts';
export { newlyExpiring } from './notified.ts';
export { eventsOf, requireEventLog, writeEvents } from './windows/event-log.ts';
export { currentAccount, taskAccount } from './task/account.ts';
export { dailyTask, installDailyTask } from './task/daily.ts';
export type { DailyInstallation, DailyWish, OwnProgram } from './task/daily.ts';
export { isRegistered, registerTask, removeTask, requireScheduler, startTask, taskName } from './task/register.ts';
export type { SchedulerContext } from './task/register.ts';
export { answerSelfTest, selfTest } from './task/self-test.ts';
export { taskFile } from './task/task-xml.ts';
export type { TaskAction, TaskDefinition, TaskLogon } from './task/task-xml.ts';
export { askServersDaily, lastAnswers } from './asked-servers.ts';
export type { AskedAnswer } from './asked-servers.ts';
export { lastRunWithoutEws } from './moved.ts';
export { findingFault, findingPlace, findingText, serverFindings } from './server-findings.ts';
export type { ServerFinding } from './server-findings.ts';
export { findingReasons, standingFindings } from './standing-findings.ts';
export { changesAhead, changesTouching } from './changes-ahead.ts';
export type { ChangeAhead } from './changes-ahead.ts';
export { dismissChange, dismissedChanges } from './dismissed-changes.ts';
export { calendarOf } from './calendar.ts';
export type { CalendarFile } from './calendar.ts';
