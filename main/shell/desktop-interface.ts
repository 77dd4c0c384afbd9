/** What handlers may ask of the desktop; the one implementation that knows Electron is `desktop.ts`. */
export interface Desktop {
  /** A save dialog; null when the person chose nothing. `or`: other kinds of file that may be chosen, by their extension. */
  saveFile(options: {
    readonly title: string;
    readonly name: string;
    readonly extension: string;
    readonly or?: readonly string[];
  }): Promise<string | null>;
  /** An open dialog for one file; null when the person chose nothing. */
  openFile(options: { readonly title: string; readonly extensions: readonly string[] }): Promise<string | null>;
  /** Path of the folder that browsers download to. @throws Fault downloads.folder-unknown */
  downloadsFolder(): string;
  copy(text: string): Promise<void>;
  /** Like `copy`, but left out of the clipboard's history where the system has one. */
  copySecret(text: string): Promise<void>;
  /** Empties the clipboard if this text is still in it. */
  clearCopied(text: string): Promise<void>;
  /** A dialog of the system with one button; resolves when it was closed. */
  tell(notice: { readonly title: string; readonly message: string; readonly detail: string; readonly close: string }): Promise<void>;
  /** A dialog of the system that asks, which no page can answer; Enter and Escape decline. */
  ask(question: {
    readonly title: string;
    readonly message: string;
    readonly detail: string;
    readonly confirm: string;
    readonly cancel: string;
  }): Promise<boolean>;
  /** One of the pages in external-links.ts, in the system browser. @throws Fault service.host-refused */
  openPage(address: string): Promise<void>;
  /** The sign-in of a run that is under way, in the system browser. @throws Fault service.host-refused */
  openSignIn(address: string): Promise<void>;
  /** A notification of the desktop, which the portable program has none of; `clicked` when the person follows it. */
  notify(notice: { readonly title: string; readonly body: string; readonly clicked: () => void }): void;
}
