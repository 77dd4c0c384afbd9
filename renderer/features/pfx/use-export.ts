import { useEffect, useState } from 'react';
import type { FaultView, Input, Output } from '../../../preload/contract.ts';
import { request } from '../../app/bridge.ts';
import { useCommand } from '../../app/outcome.ts';

type Request = Input<'certificate:export'>;

/** How a PFX is to be protected. */
export interface PfxForm {
  readonly from: 'typed' | 'generated';
  readonly password: string;
  readonly repeated: string;
  readonly encryption: Request['encryption'];
  /** Only what was tried is found fault with. */
  readonly tried: boolean;
}

/** A file that was written; `format` as it was then. */
export type Written = NonNullable<Output<'certificate:export'>> & { readonly format: Request['format'] };

/** A certificate on its way to a file. */
export interface Export {
  readonly form: PfxForm;
  readonly change: (change: Partial<PfxForm>) => void;
  readonly written: Written | null;
  /** Seconds until the clipboard is cleared of the generated password; null while it was not copied. */
  readonly copied: number | null;
  readonly fault: FaultView | null;
  readonly busy: boolean;
  readonly clear: () => void;
  /** @returns null when nothing was written */
  readonly save: (format: Request['format']) => Promise<Written | null>;
  /** Puts the generated password on the clipboard. @returns whether that was done */
  readonly copyPassword: () => Promise<boolean>;
  readonly showPassword: () => void;
}

export const differs = ({ from, password, repeated }: PfxForm): boolean => from === 'typed' && password !== repeated;

/** Writes certificates to files for one dialog; a password that main made for one is forgotten when the dialog is left. */
export function useExport(id: string): Export {
  const { attempt, run, fault, busy, clear } = useCommand();
  const [form, setForm] = useState<PfxForm>({ from: 'typed', password: '', repeated: '', encryption: 'modern', tried: false });
  const [written, setWritten] = useState<Written | null>(null);
  const [copied, setCopied] = useState<number | null>(null);
  const generated = written?.generatedPassword ?? null;
  useEffect(() => (generated === null ? undefined : () => void request('generated-password:forget', { password: generated })), [generated]);

  async function copy(password: string): Promise<boolean> {
    const done = await run('generated-password:copy', { password });
    if (done !== null) setCopied(done.seconds);
    return done !== null;
  }

  async function save(format: Request['format']): Promise<Written | null> {
    const { from, password, encryption } = form;
    setForm({ ...form, tried: true });
    if (format === 'pfx' && differs(form)) return null;
    const typed = from === 'generated' ? ('generated' as const) : { typed: password };
    const saved = await run('certificate:export', { id, format, password: format === 'pfx' ? typed : null, encryption });
    if (saved === null) return null;
    const now = { ...saved, format };
    setWritten(now);
    setCopied(null);
    if (saved.generatedPassword !== null) await copy(saved.generatedPassword);
    return now;
  }

  return {
    form,
    change: (change) => setForm((was) => ({ ...was, ...change })),
    written,
    copied,
    fault,
    busy,
    clear,
    save,
    copyPassword: () => (generated === null ? Promise.resolve(false) : copy(generated)),
    showPassword: () => void (generated === null ? null : attempt('generated-password:show', { password: generated })),
  };
}
