import { randomUUID } from 'node:crypto';
import { generatePassword } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import type { RequestContext } from './context.ts';

/** Milliseconds. Long enough to paste it on a server, and it can be copied again meanwhile. */
const clearedAfter = 90_000;

/** The password that was made for a PFX, while the dialog of that export is open. The window only holds its name. */
export interface GeneratedPasswords {
  /** Makes one; the one before it is forgotten. */
  make(file: string): { readonly name: string; readonly password: string };
  /** @returns seconds until the clipboard is cleared of it. @throws Fault('window.run-unknown') */
  copy(name: string): Promise<number>;
  /** In a dialog of the system: it never comes into the page. @throws Fault('window.run-unknown') */
  show(name: string): Promise<void>;
  /** Nothing is to do where it is forgotten already. */
  forget(name: string): void;
}

export function createGeneratedPasswords({
  desktop,
  onLeave,
  services,
}: Pick<RequestContext, 'desktop' | 'onLeave' | 'services'>): GeneratedPasswords {
  let kept: { readonly name: string; readonly password: string; readonly file: string } | null = null;
  let copied: { readonly password: string; readonly timer: NodeJS.Timeout } | null = null;

  /** Only what is still ours: whatever was copied since then stays. */
  const clear = () => {
    if (copied === null) return;
    const { password, timer } = copied;
    copied = null;
    clearTimeout(timer);
    desktop.clearCopied(password).catch((error: unknown) => services().log.warn('clipboard.not-cleared', { error: String(error) }));
  };
  onLeave(() => {
    kept = null;
    clear();
  });
  const find = (name: string) => {
    if (kept?.name !== name) throw new Fault('window.run-unknown');
    return kept;
  };
  return {
    make: (file) => {
      kept = { name: randomUUID(), password: generatePassword(), file };
      return kept;
    },
    copy: async (name) => {
      const { password } = find(name);
      await desktop.copySecret(password);
      if (copied !== null) clearTimeout(copied.timer);
      copied = { password, timer: setTimeout(clear, clearedAfter).unref() };
      return clearedAfter / 1000;
    },
    show: (name) => {
      const { password, file } = find(name);
      const { t } = services().texts;
      return desktop.tell({ title: t('app.name'), message: t('window.pfx-password', { file }), detail: password, close: t('app.close') });
    },
    forget: (name) => {
      if (kept?.name === name) kept = null;
    },
  };
}
