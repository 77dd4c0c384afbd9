import { randomUUID } from 'node:crypto';
import { parse } from 'node:path';
import type { Output } from '../../../preload/contract.ts';
import { Fault } from '../../faults.ts';
import { readPemFor, type ImportedCertificate } from '../../registration/index.ts';
import type { Handlers } from '../router.ts';
import type { RequestContext } from './context.ts';

type PemChannel = `pem:${'choose' | 'choose-key' | 'read'}`;

/** The files of the dialog that is open. */
interface PemFiles {
  readonly file: string;
  readonly path: string;
  readonly keyPath: string | null;
}

/** What the window is asked for when the files alone were not enough. */
const needs: Readonly<Record<string, 'key' | 'password'>> = { 'import.key-missing': 'key', 'import.key-password-needed': 'password' };

/** Certificate and key in one file or in two: whatever the files say themselves is not asked for. */
export function createPemHandlers(
  context: RequestContext,
  kept: (imported: ImportedCertificate) => Extract<Output<'pem:choose'>, { readonly certificate: string }>,
): Pick<Handlers, PemChannel> {
  let chosen: PemFiles | null = null;

  async function read({ path, keyPath }: PemFiles, password: string | null, credential: string | null) {
    const { engine } = context.services();
    const record = credential === null ? null : engine.store.find(credential);
    return kept(await readPemFor(engine, record, { path, keyPath }, password));
  }

  /** @throws Fault as `readPemFor`, where neither another file nor a password would help */
  async function begun(files: PemFiles, credential: string | null): Promise<Output<'pem:choose'>> {
    try {
      return await read(files, null, credential);
    } catch (error) {
      const wanted = error instanceof Fault ? needs[error.code] : undefined;
      // A file that was chosen for its key, and has none, is the wrong one.
      if (wanted === undefined || (wanted === 'key' && files.keyPath !== null)) throw error;
      chosen = files;
      const { file, path, keyPath } = files;
      return { file, name: parse(path).base, key: keyPath === null ? null : parse(keyPath).base, needs: wanted };
    }
  }

  const open = (title: 'window.choose-pem' | 'window.choose-key', extensions: readonly string[]) =>
    context.desktop.openFile({ title: context.services().texts.t(title), extensions: [...extensions] });
  const found = (file: string): PemFiles => {
    if (chosen?.file !== file) throw new Fault('window.run-unknown');
    return chosen;
  };

  return {
    'pem:choose': async ({ credential }) => {
      const path = await open('window.choose-pem', ['pem', 'crt', 'cer', 'der', 'txt']);
      return path === null ? null : begun({ file: randomUUID(), path, keyPath: null }, credential);
    },
    'pem:choose-key': async ({ file, credential }) => {
      const files = found(file);
      const keyPath = await open('window.choose-key', ['key', 'pem', 'der', 'txt']);
      return keyPath === null ? null : begun({ ...files, keyPath }, credential);
    },
    'pem:read': ({ file, password, credential }) => read(found(file), password, credential),
  };
}
