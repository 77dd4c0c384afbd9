import { app, type BrowserWindow } from 'electron';

/**
 * Two windows over one list would show two truths. Electron ties the lock to `userData`, which follows the data
 * directory, so different data directories may be open side by side.
 *
 * @returns false when another process has the window; it comes to the front by itself
 */
export function claimSingleInstance(window: () => BrowserWindow | null): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', () => {
    const open = window();
    if (open === null) return;
    if (open.isMinimized()) open.restore();
    open.show();
    open.focus();
  });
  return true;
}
