/** The daily watch: the scheduled task that looks after the certificates while nobody has the window open. */
export { DailyWatchDialog } from './daily-watch-dialog.tsx';
