import { createHash, type X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { Fault } from '../faults.ts';
import { TimedOut, withTimeLimit } from '../http/index.ts';
import { addressText, type ServerAddress } from './address.ts';

/** The certificate that a server shows when a connection begins. */
export interface ShownCertificate {
  /** Upper-case hex of the DER. */
  readonly sha256: string;
  readonly sha1: string;
  /** ISO 8601 UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
}

const hashOf = (algorithm: string, { raw }: X509Certificate) => createHash(algorithm).update(raw).digest('hex').toUpperCase();

const shownBy = (certificate: X509Certificate): ShownCertificate => ({
  sha256: hashOf('sha256', certificate),
  sha1: hashOf('sha1', certificate),
  notBefore: new Date(certificate.validFrom).toISOString(),
  notAfter: new Date(certificate.validTo).toISOString(),
});

/** Milliseconds until a handshake has to be done. */
const handshakeLimit = 15_000;

const isPlainHttp = (error: unknown): boolean =>
  error instanceof Error && /wrong version number|packet length too long|unsupported protocol|http request/i.test(error.message);

/** Why no connection came about, as a fault. */
export function connectionFault(error: unknown, address: ServerAddress): Fault {
  if (error instanceof Fault) return error;
  const params = { address: addressText(address), port: address.port };
  if (isPlainHttp(error)) return new Fault('server.not-https', { params, cause: error });
  const detail = error instanceof Error ? ('code' in error ? `${String(error.code)}: ${error.message}` : error.message) : String(error);
  return new Fault(error instanceof TimedOut ? 'server.too-slow' : 'server.unreachable', { params: { ...params, detail }, cause: error });
}

/**
 * Connects with TLS 1.2 or later, whoever signed the certificate, and hands over the connection after the handshake. Nothing of ours
 * was sent by then: who uses it has to look at the certificate first.
 *
 * @param trusted certificates of authorities, PEM; whether they vouch for it is told by the socket's `authorized`
 * @throws Fault server.unreachable, server.too-slow, server.not-https
 */
export async function openTls(
  address: ServerAddress,
  signal?: AbortSignal,
  trusted?: string[],
): Promise<{ readonly socket: TLSSocket; readonly shown: ShownCertificate }> {
  const { host, port } = address;
  let socket: TLSSocket | undefined;
  try {
    return await withTimeLimit(
      handshakeLimit,
      signal,
      () =>
        new Promise((resolve, reject) => {
          const opened = connect({
            host,
            port,
            minVersion: 'TLSv1.2',
            // Compared with the pin instead, before a byte is sent.
            rejectUnauthorized: false,
            ...(isIP(host) === 0 ? { servername: host } : {}),
            ...(trusted === undefined ? {} : { ca: trusted }),
          });
          socket = opened;
          opened.once('error', reject);
          opened.once('close', () => reject(new Error('the connection was closed')));
          opened.once('secureConnect', () => {
            const certificate = opened.getPeerX509Certificate();
            if (certificate === undefined) reject(new Error('no certificate was shown'));
            else resolve({ socket: opened, shown: shownBy(certificate) });
          });
        }),
    );
  } catch (error) {
    socket?.destroy();
    throw signal?.aborted === true ? new Fault('interrupted', { cause: error }) : connectionFault(error, address);
  }
}

/** A certificate that nobody confirmed and this computer does not trust. */
export const untrustedFault = (address: ServerAddress, shown: ShownCertificate, cause?: unknown): Fault =>
  new Fault('server.certificate-untrusted', {
    params: { address: addressText(address), ...shown },
    ...(cause === undefined ? {} : { cause }),
  });

/** The certificate that a server shows; nothing is sent to it. @throws as `openTls` */
export async function lookAtCertificate(address: ServerAddress, signal?: AbortSignal): Promise<ShownCertificate> {
  const { socket, shown } = await openTls(address, signal);
  socket.destroy();
  return shown;
}
