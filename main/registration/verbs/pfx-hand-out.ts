import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkPfxPassword } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import { requireKeyExport } from '../../policies/index.ts';
import { cutText } from '../../visible-text.ts';
import type { Engine } from '../engine.ts';
import type { HandOut } from './rotate.ts';
import type { CredentialRecord } from '../../credential/record.ts';
import { isHandedOut } from '../certificates/due.ts';
import { exportCertificate } from './export-certificate.ts';
import { present } from './present.ts';

export interface PfxHandOutRequest {
  /** Absolute. A file, or with `folder` an existing folder in which each credential gets a file of its own. */
  readonly path: string;
  readonly folder: boolean;
  /** Printable ASCII. */
  readonly password: string;
  readonly encryption: 'modern' | 'compatible';
  /** Stands before the names of files in practice; empty for the real thing. */
  readonly mark: string;
  /** Told before a PFX is written where on Windows the rights of the folder apply. */
  readonly onFolderRights?: (path: string) => void | Promise<void>;
}

/** A file name on every Windows: no reserved characters, and a name holds no control characters; the thumbprint keeps names apart that become one. */
export function pfxName({ name, certificate }: CredentialRecord, mark: string): string {
  const plain = cutText(name.replaceAll(/[<>:"/\\|?*]/g, '_'), 100);
  return `${mark === '' ? '' : `${mark} `}${plain} ${certificate?.thumbprint.slice(0, 8) ?? ''}.pfx`;
}

const kindOf = async (path: string) => {
  const found = await stat(path).catch(() => null);
  return found === null ? 'nothing' : found.isDirectory() ? 'folder' : 'file';
};

/** @throws Fault file.folder-missing */
async function requireFolder(folder: string): Promise<void> {
  if ((await kindOf(folder)) !== 'folder') throw new Fault('file.folder-missing', { params: { folder, path: folder } });
}

/**
 * Writes the PFX of the new certificate of a rotation, once, and never over a file that is there. What was begun is kept
 * with the rotation, so that a run that was interrupted writes it when it is run again.
 *
 * @throws Fault policy.key-export, certificate.password-* at once
 */
export function pfxHandOut(engine: Engine, { path, folder, password, encryption, mark, onFolderRights }: PfxHandOutRequest): HandOut {
  requireKeyExport(engine.policies);
  checkPfxPassword(password);
  const targetOf = (record: CredentialRecord) => (folder ? join(path, pfxName(record, mark)) : path);
  return {
    prepare: async (record, begin) => {
      await requireFolder(folder ? path : dirname(path));
      if (folder || (!begin && record.rotation?.pfx === path)) return;
      const kind = await kindOf(path);
      if (kind === 'folder') throw new Fault('file.is-folder', { params: { path } });
      if (kind === 'file') throw new Fault('file.exists', { params: { path } });
    },
    handOut: async (record) => {
      const { rotation } = record;
      // Handed out once: the file may have been taken away since.
      if (rotation === null || isHandedOut(record)) return;
      const target = targetOf(record);
      if ((await kindOf(target)) !== 'nothing') {
        // Written by a run that ended before it could say so; any other file is somebody's.
        if (rotation.pfx !== target) throw new Fault('file.exists', { params: { path: target } });
        present(engine, record.id, rotation.to, 'exported');
        return;
      }
      engine.store.change(record.id, (now) => (now.rotation?.to === rotation.to ? { rotation: { ...now.rotation, pfx: target } } : null));
      await exportCertificate(engine, {
        credential: record.id,
        thumbprint: rotation.to,
        format: 'pfx',
        path: target,
        force: false,
        password,
        encryption,
        ...(onFolderRights === undefined ? {} : { onFolderRights }),
      });
    },
  };
}
