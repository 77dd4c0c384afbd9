import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openssl, scratchFolder } from './samples.ts';

export interface Authority {
  readonly folder: string;
  readonly root: string;
  readonly intermediate: string;
  /** Signs a request (PEM text). @returns path of the certificate, PEM */
  readonly sign: (request: string, days?: number) => string;
}

/** A certification authority of two floors, by OpenSSL. */
export function authority(folder = scratchFolder()): Authority {
  const at = (name: string) => join(folder, name);
  const newKey = (name: string, subject: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', at(`${name}.key`), '-subj', subject];
  openssl(['req', '-x509', ...newKey('root', '/CN=Root'), '-days', '3650', '-out', at('root.pem')]);
  openssl(['req', ...newKey('mid', '/CN=Intermediate'), '-out', at('mid.csr')]);
  writeFileSync(at('ca.ext'), 'basicConstraints=critical,CA:TRUE\n');
  openssl([
    'x509',
    '-req',
    '-in',
    at('mid.csr'),
    '-CA',
    at('root.pem'),
    '-CAkey',
    at('root.key'),
    '-CAcreateserial',
    '-days',
    '1825',
    '-extfile',
    at('ca.ext'),
    '-out',
    at('mid.pem'),
  ]);
  let count = 0;
  return {
    folder,
    root: at('root.pem'),
    intermediate: at('mid.pem'),
    sign: (request, days = 365) => {
      const name = at(`leaf-${(count += 1)}`);
      writeFileSync(`${name}.csr`, request);
      openssl([
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        '-CA',
        at('mid.pem'),
        '-CAkey',
        at('mid.key'),
        '-CAcreateserial',
        '-days',
        String(days),
        '-copy_extensions',
        'copy',
        '-out',
        `${name}.pem`,
      ]);
      return `${name}.pem`;
    },
  };
}
