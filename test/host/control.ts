import type { MenuEntry } from './menu.ts';

/** A dialog as it was shown. */
export interface ShownDialog {
  readonly kind: 'save' | 'open' | 'message' | 'error';
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  readonly defaultPath: string;
  readonly buttons: readonly string[];
}

/** Everything that left the window for the desktop. */
export interface Recorded {
  readonly dialogs: readonly ShownDialog[];
  readonly opened: readonly string[];
  readonly notifications: readonly { readonly title: string; readonly body: string }[];
  readonly clipboard: string | null;
  readonly relaunched: boolean;
  /** How often the window was brought before the others. */
  readonly focused: number;
}

/** What a test may ask of the stand-in, by message over Node's channel to its child. */
export interface ControlCalls {
  /** What the next dialogs of a kind get; without an answer they are cancelled. */
  answer(kind: 'save' | 'open' | 'message', answers: readonly (string | number | null)[]): void;
  recorded(): Recorded;
  title(): string;
  menu(): readonly MenuEntry[];
  clickMenu(id: string): void;
  /** The one that was shown as this, counted from 0. */
  clickNotification(index: number): void;
  setSystemTheme(dark: boolean): void;
  /** Where browsers download to from now on. */
  setDownloadsFolder(folder: string): void;
  closeWindow(): void;
  /** The person signs out of Windows. */
  endSession(): void;
  /** From now on a wait of a minute or more in the main process ends at once. */
  shortenWaits(): void;
  /** Throws in the main process, where nothing catches it. */
  crash(message: string): void;
}

export type ControlCall = { readonly id: number } & {
  readonly [C in keyof ControlCalls]: { readonly call: C; readonly args: Parameters<ControlCalls[C]> };
}[keyof ControlCalls];

export type ControlMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string }
  | { readonly kind: 'page'; readonly endpoint: string };
