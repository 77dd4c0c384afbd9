import { useEffect, useState } from 'react';
import type { FaultView, Input, Output } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';
import { useCommand } from '../../bridge/outcome.ts';

type Request = Input<'certificate:export'>;

/** What is written: the public part, or with the private key. */
export type Format = Request['format'] | 'pem-key';

/** How a file with a private key is to be protected. */
export interface PfxForm {
  /** `none` is for PEM alone. */
  readonly from: 'typed' | 'generated' | 'none';
  readonly password: string;
  readonly repeated: string;
  readonly encryption: Request['encryption'];
  /** The key of PEM in a file of its own. */
  readonly apart: boolean;
  /** Only what was tried is found fault with. */
  readonly tried: boolean;
}

/** A file that was written; `format` as it was then. */
export type Written = NonNullable<Output<'certificate:export'>> & { readonly format: Format };

export const withKey = (format: Format): boolean => format === 'pfx' || format === 'pem-key';

/** A PFX always has a password. */
export const fromOf = ({ from }: PfxForm, format: Format): PfxForm['from'] => (from === 'none' && format === 'pfx' ? 'typed' : from);

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
  /** Back to the form, for another file; a password that was made for the last one is forgotten. */
  readonly again: () => void;
  /** @returns null when nothing was written */
  readonly save: (format: Format) => Promise<Written | null>;
  /** Puts the generated password on the clipboard. @returns whether that was done */
  readonly copyPassword: () => Promise<boolean>;
  readonly showPassword: () => void;
}

export const differs = (form: PfxForm, format: Format): boolean => fromOf(form, format) === 'typed' && form.password !== form.repeated;

/** Writes certificates to files for one dialog; a password that main made for one is forgotten when the dialog is left. */
export function useExport(id: string): Export {
  const { attempt, run, fault, busy, clear } = useCommand();
  const [form, setForm] = useState<PfxForm>({
    from: 'typed',
    password: '',
    repeated: '',
    encryption: 'modern',
    apart: false,
    tried: false,
  });
  const [written, setWritten] = useState<Written | null>(null);
  const [copied, setCopied] = useState<number | null>(null);
  const generated = written?.generatedPassword ?? null;
  useEffect(() => (generated === null ? undefined : () => void request('generated-password:forget', { password: generated })), [generated]);

  async function copy(password: string): Promise<boolean> {
    const done = await run('generated-password:copy', { password });
    if (done !== null) setCopied(done.seconds);
    return done !== null;
  }

  async function save(format: Format): Promise<Written | null> {
    const { password, encryption, apart } = form;
    setForm({ ...form, tried: true });
    if (withKey(format) && differs(form, format)) return null;
    const from = withKey(format) ? fromOf(form, format) : 'none';
    const secret = from === 'none' ? null : from === 'generated' ? ('generated' as const) : { typed: password };
    const saved = await run('certificate:export', {
      id,
      password: secret,
      encryption,
      ...(format === 'pem-key' ? { format: 'pem', key: apart ? 'apart' : 'inside' } : { format }),
    });
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
    again: () => setWritten(null),
    save,
    copyPassword: () => (generated === null ? Promise.resolve(false) : copy(generated)),
    showPassword: () => void (generated === null ? null : attempt('generated-password:show', { password: generated })),
  };
}
