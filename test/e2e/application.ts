import type { Page } from 'playwright-core';
import type { Recorded } from '../host/control.ts';
import type { MenuEntry } from '../host/menu.ts';

/** The running application, whatever shows it. */
export interface Application {
  readonly driver: string;
  readonly page: Page;
  /** Its data directory. */
  readonly directory: string;
  /** Title of the window's frame. */
  title(): Promise<string>;
  /** What the next dialogs of a kind get, in order; without an answer they are cancelled. */
  answer(kind: 'save' | 'open' | 'message', ...answers: readonly (string | number | null)[]): Promise<void>;
  /** What left the window for the desktop. */
  recorded(): Promise<Recorded>;
  menu(): Promise<readonly MenuEntry[]>;
  /** Chooses an item of the application menu. */
  clickMenu(id: string): Promise<void>;
  /** Follows the notification that was shown as this, counted from 0. */
  clickNotification(index: number): Promise<void>;
  /** As if the person had switched the system to dark or light. */
  setSystemTheme(dark: boolean): Promise<void>;
  /** From now on a wait of a minute or more in the main process ends at once. */
  shortenWaits(): Promise<void>;
  /** Where browsers download to from now on. */
  setDownloadsFolder(folder: string): Promise<void>;
  /** An exception in the main process that nothing catches. */
  crash(message: string): Promise<void>;
  /** The person signs out of Windows. @returns the exit code of the process */
  endSession(): Promise<number | null>;
  /** Closes the window. @returns the exit code of the process */
  close(): Promise<number | null>;
}

export interface Driver {
  readonly name: string;
  /** Resolves when the page was loaded. `build`: the folder that holds `out`. */
  start(args: readonly string[], directory: string, build: string): Promise<Application>;
  /** Starts the program where no window is expected. @returns its exit code */
  run(args: readonly string[]): Promise<number | null>;
}
