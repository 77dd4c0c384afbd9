import { app, type BrowserWindow } from 'electron';

/** Before the other windows of the desktop, however it was put away. */
export function bringForward(window: BrowserWindow | null): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/**
 * Two windows over one list would show two truths. Electron ties the lock to `userData`, which follows the data
 * directory, so different data directories may be open side by side.
 *
 * @returns false when another process has the window; it comes to the front by itself
 */
export function claimSingleInstance(window: () => BrowserWindow | null): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', () => bringForward(window()));
  return true;
}
