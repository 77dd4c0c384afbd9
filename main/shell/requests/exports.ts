import { parse } from 'node:path';
import { importCommands } from '../../certificates/index.ts';
import { exportCertificate, exportRequest, writeCertificate } from '../../registration/index.ts';
import { requireKeyExport } from '../../policies/index.ts';
import type { Handlers } from '../router.ts';
import type { ChosenCertificates } from './chosen-certificates.ts';
import { markedName, type RequestContext } from './context.ts';
import { createGeneratedPasswords } from './generated-passwords.ts';

type ExportChannel = 'certificate:export' | 'request:export' | `generated-password:${'copy' | 'show' | 'forget'}`;

/** Characters that Windows does not allow in file names. */
const fileNameOf = (name: string) => name.replaceAll(/[<>:"/\\|?*]/g, '_');

/** Certificates written to files, and the passwords that were made for them. */
export function createExportHandlers(context: RequestContext, chosen: ChosenCertificates): Pick<Handlers, ExportChannel> {
  const engine = () => context.services().engine;
  const texts = () => context.services().texts;
  const passwords = createGeneratedPasswords(context);
  const onFolderRights = (written: string) =>
    context.desktop.tell({
      title: texts().t('app.name'),
      message: texts().t('export.folder-rights', { path: written }),
      detail: texts().t('export.folder-rights.detail'),
      close: texts().t('app.close'),
    });
  return {
    'certificate:export': async ({ id, format, key: wantedKey, password: wanted, encryption }) => {
      const withKey = format === 'pfx' || (format === 'pem' && wantedKey !== undefined);
      if (withKey) requireKeyExport(engine().policies);
      const kept = chosen.find(id);
      const name = kept?.certificate.thumbprint ?? engine().store.find(id).name;
      const save = (title: 'window.save-certificate' | 'window.save-key', extension: string) =>
        context.desktop.saveFile({ title: texts().t(title), name: markedName(context, `${fileNameOf(name)}.${extension}`), extension });
      const path = await save('window.save-certificate', format);
      if (path === null) return null;
      const keyPath = format !== 'pem' || !withKey ? null : wantedKey === 'inside' ? path : await save('window.save-key', 'key');
      // Half of a pair is none.
      if (keyPath === null && format === 'pem' && withKey) return null;
      const generated = withKey && wanted === 'generated' ? passwords.make(parse(keyPath ?? path).base) : null;
      const password = generated?.password ?? (wanted === null || wanted === 'generated' ? null : wanted.typed);
      // The save dialogs have already asked whether an existing file is to be replaced.
      const file = { format, path, keyPath, force: true, password, encryption, onFolderRights };
      if (kept === null) await exportCertificate(engine(), { credential: id, ...file });
      else {
        if (withKey) chosen.markExported(id);
        await writeCertificate({ ...kept, name, ...file });
      }
      return {
        path,
        ...(keyPath === null || keyPath === path ? {} : { keyPath }),
        importCommands: format === 'pfx' ? importCommands(path) : null,
        generatedPassword: generated?.name ?? null,
      };
    },
    'request:export': async ({ id }) => {
      const { name } = engine().store.find(id);
      const path = await context.desktop.saveFile({
        title: texts().t('window.save-request'),
        name: markedName(context, `${fileNameOf(name)}.csr`),
        extension: 'csr',
      });
      if (path === null) return null;
      await exportRequest(engine(), { credential: id, path, force: true });
      return { path };
    },
    'generated-password:copy': async ({ password }) => ({ seconds: await passwords.copy(password) }),
    'generated-password:show': async ({ password }) => {
      await passwords.show(password);
      return null;
    },
    'generated-password:forget': ({ password }) => {
      passwords.forget(password);
      return Promise.resolve(null);
    },
  };
}
