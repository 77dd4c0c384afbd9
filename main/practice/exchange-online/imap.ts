import { createServer, type TLSSocket } from 'node:tls';
import { certificateDates, createCertificate, toPem } from '../../certificates/index.ts';
import type { Realm } from '../identity/index.ts';
import { openImapSession } from './imap-session.ts';

/** IMAP over TLS on 127.0.0.1. */
export interface ImapListener {
  readonly port: number;
  /** The certificate that it shows, for nobody else to trust (PEM). */
  readonly certificate: string;
  close(): Promise<void>;
}

/** Longest line that is read, in bytes: a token has some thousand; our own choice. */
const longestLine = 64 * 1024;

function serve(socket: TLSSocket, realm: Realm): void {
  const session = openImapSession(realm);
  let waiting = '';
  let queue = Promise.resolve();
  const say = ({ lines, ends }: { readonly lines: readonly string[]; readonly ends: boolean }): void => {
    if (socket.destroyed) return;
    socket.write(lines.map((line) => `${line}\r\n`).join(''));
    if (ends) socket.end();
  };
  socket.on('error', () => socket.destroy());
  socket.setEncoding('latin1');
  say({ lines: [session.greeting], ends: false });
  socket.on('data', (chunk: string) => {
    waiting += chunk;
    if (waiting.length > longestLine) {
      socket.destroy();
      return;
    }
    const lines = waiting.split('\r\n');
    waiting = lines.pop() ?? '';
    for (const line of lines) {
      queue = queue.then(async () => say(await session.answer(line))).catch(() => void socket.destroy());
    }
  });
}

/** Opens IMAP with a certificate of its own, made at each start. */
export async function startImap(realm: Realm): Promise<ImapListener> {
  const { certificate, privateKey } = await createCertificate({
    commonName: 'Practice Exchange Online',
    serverAddresses: ['127.0.0.1'],
    keySize: 2048,
    // By this computer's clock, as whoever connects looks at it.
    ...certificateDates(new Date(), { months: 1 }),
  });
  const pem = toPem(certificate);
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' });
  const sockets = new Set<TLSSocket>();
  // TLS 1.0 and 1.1 are refused for IMAP since July 2026 (Microsoft 365 message centre).
  const server = createServer({ key, cert: pem, minVersion: 'TLSv1.2' }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket, realm);
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    port,
    certificate: pem,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
