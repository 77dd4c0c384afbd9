/** What handlers may ask of the desktop; the one implementation that knows Electron is `desktop.ts`. */
export interface Desktop {
  /** A save dialog; null when the person chose nothing. */
  saveFile(options: { readonly title: string; readonly name: string; readonly extension: string }): Promise<string | null>;
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
  /** A dialog of the system that asks; Enter and Escape decline. */
  ask(question: {
    readonly title: string;
    readonly message: string;
    readonly detail: string;
    readonly confirm: string;
    readonly cancel: string;
  }): Promise<boolean>;
  /** The system browser. Only https addresses of the clouds' portals and sign-in pages get here. */
  openExternal(address: string): Promise<void>;
  /** A notification of the desktop; `clicked` when the person follows it. */
  notify(notice: { readonly title: string; readonly body: string; readonly clicked: () => void }): void;
}
