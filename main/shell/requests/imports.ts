import { randomUUID } from 'node:crypto';
import { parse } from 'node:path';
import { readCertificateContents, readCertificateFile, type KeyName } from '../../certificates/index.ts';
import type { Origin } from '../../credential/index.ts';
import { originOfKey, readPfxFor, readSignedFor, type ImportedCertificate } from '../../registration/index.ts';
import { Fault } from '../../faults.ts';
import type { Handlers } from '../router.ts';
import { certificateFacts } from './certificate-facts.ts';
import type { ChosenCertificates } from './chosen-certificates.ts';
import type { RequestContext } from './context.ts';
import { createPemHandlers } from './pem-import.ts';

type ImportChannel =
  `certificate:${'choose' | 'read' | 'choose-signed'}` | `pfx:${'choose' | 'read' | 'cancel'}` | `pem:${'choose' | 'choose-key' | 'read'}`;

/** Certificates out of files; main keeps them, and the keys that come with them, until the dialog is accepted. */
export function createImportHandlers(context: RequestContext, chosen: ChosenCertificates): Pick<Handlers, ImportChannel> {
  const engine = () => context.services().engine;
  const t = (key: 'window.choose-certificate' | 'window.choose-signed' | 'window.choose-pfx') => context.services().texts.t(key);
  const kept = (imported: ImportedCertificate, origin: Origin) => ({
    certificate: chosen.keep({ ...imported, origin }),
    facts: certificateFacts(imported.certificate),
    chain: imported.chain.length,
  });
  /** The PFX of the dialog that is open. */
  let pfx: { readonly file: string; readonly path: string } | null = null;
  /** Its reading, which takes as long as the file says. */
  let reading = new AbortController();
  const stopReading = () => reading.abort();
  context.onLeave(stopReading);

  return {
    ...createPemHandlers(context, (imported) => kept(imported, 'key-imported')),
    'certificate:choose': async () => {
      const path = await context.desktop.openFile({
        title: t('window.choose-certificate'),
        extensions: ['cer', 'crt', 'pem', 'der', 'p7b', 'p7c'],
      });
      if (path === null) return null;
      const certificate = await readCertificateFile(path, engine().clock.now());
      return { certificate: chosen.keep({ certificate, privateKey: null, origin: 'key-elsewhere' }), facts: certificateFacts(certificate) };
    },
    'certificate:read': ({ name, content }) => {
      const certificate = readCertificateContents(name, Buffer.from(content, 'base64'), engine().clock.now());
      return Promise.resolve({
        certificate: chosen.keep({ certificate, privateKey: null, origin: 'key-elsewhere' }),
        facts: certificateFacts(certificate),
      });
    },
    'certificate:choose-signed': async ({ id }) => {
      const record = engine().store.find(id);
      const path = await context.desktop.openFile({
        title: t('window.choose-signed'),
        extensions: ['cer', 'crt', 'pem', 'der', 'p7b', 'p7c'],
      });
      if (path === null) return null;
      const signed = await readSignedFor(engine(), record, path);
      return kept(signed, originOfKey(record, signed.certificate));
    },
    'pfx:choose': async () => {
      const path = await context.desktop.openFile({ title: t('window.choose-pfx'), extensions: ['pfx', 'p12'] });
      if (path === null) return null;
      pfx = { file: randomUUID(), path };
      return { file: pfx.file, name: parse(path).base };
    },
    'pfx:read': async ({ file, password, credential, key }) => {
      if (pfx?.file !== file) throw new Fault('window.run-unknown');
      const record = credential === null ? null : engine().store.find(credential);
      stopReading();
      reading = new AbortController();
      let keys: readonly KeyName[] = [];
      const onSeveral = (several: readonly KeyName[]) => {
        keys = several;
      };
      try {
        return kept(
          await readPfxFor(engine(), record, pfx.path, password, { alias: key, onSeveral, signal: reading.signal }),
          'key-imported',
        );
      } catch (error) {
        if (keys.length > 1) return { keys: [...keys] };
        throw error;
      }
    },
    'pfx:cancel': () => {
      stopReading();
      return Promise.resolve(null);
    },
  };
}
