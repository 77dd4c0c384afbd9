export { DailyWatchDialog } from './daily-watch-dialog.tsx';
