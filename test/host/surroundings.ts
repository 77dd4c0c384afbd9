import type { MessageBoxOptions, OpenDialogOptions, SaveDialogOptions } from 'electron';

/** What lies around a window on a desktop: answered by a test, or by the person at the terminal. */
export interface Surroundings {
  readonly headless: boolean;
  /** Null = cancelled. */
  saveFile(options: SaveDialogOptions): Promise<string | null>;
  openFile(options: OpenDialogOptions): Promise<string | null>;
  /** @returns the index of the button */
  messageBox(options: MessageBoxOptions): Promise<number>;
  errorBox(title: string, content: string): void;
  openExternal(address: string): Promise<void>;
  openPath(path: string): Promise<void>;
  copy(text: string): Promise<void>;
  /** What is on the clipboard. */
  copied(): Promise<string>;
  /** `click`: as if the person had clicked it. */
  notify(title: string, body: string, click: () => void): void;
  /** The page is there; `endpoint` is Chromium's debugging address. */
  pageOpened(endpoint: string): void;
  relaunch(): void;
}
