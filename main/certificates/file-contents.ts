import { Fault, type FaultCode } from '../faults.ts';
import { readAtMost } from '../files/index.ts';
import type { Named } from './door.ts';

const codes: Readonly<Record<string, FaultCode>> = {
  ENOENT: 'certificate.file-missing',
  ENOTDIR: 'certificate.file-missing',
  EISDIR: 'certificate.file-is-folder',
};

/**
 * The bytes of a file that is said to be a certificate or a PFX.
 *
 * @param largest in bytes; more is never read
 * @throws Fault certificate.file-*
 */
export async function fileContents(file: Named, largest: number): Promise<Uint8Array> {
  const bytes = await readAtMost(file.path, largest).catch((error: NodeJS.ErrnoException) => {
    throw new Fault(codes[error.code ?? ''] ?? 'certificate.file-unreadable', { params: { ...file }, cause: error });
  });
  if (bytes === null) throw new Fault('certificate.file-too-large', { params: { ...file } });
  return bytes;
}
