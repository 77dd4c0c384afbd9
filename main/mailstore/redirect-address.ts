import { lookup } from 'node:dns/promises';
import { getCACertificates } from 'node:tls';
import { Fault } from '../faults.ts';
import { addressText, type ServerAddress } from './address.ts';
import { openTls } from './tls-certificate.ts';

/** How the address that users sign in at looks from this computer; each step only where the one before it succeeded. */
export type AddressLook =
  | { readonly found: 'no-name'; readonly detail: string }
  | { readonly found: 'no-answer'; readonly detail: string }
  | { readonly found: 'untrusted'; readonly detail: string; readonly notAfter: string }
  | { readonly found: 'trusted'; readonly notAfter: string };

/** What browsers on this computer trust: Node's own list, and that of the operating system. */
const trusted = (): string[] => [...getCACertificates('default'), ...getCACertificates('system')];

/**
 * Resolves the name, connects, and looks whether the certificate is trusted here. Nothing is sent beyond the handshake.
 *
 * @throws Fault interrupted
 */
export async function lookAtAddress(address: ServerAddress, signal?: AbortSignal): Promise<AddressLook> {
  try {
    await lookup(address.host);
  } catch (error) {
    return { found: 'no-name', detail: error instanceof Error && 'code' in error ? String(error.code) : String(error) };
  }
  try {
    const { socket, shown } = await openTls(address, signal, trusted());
    const { authorized, authorizationError } = socket;
    socket.destroy();
    if (authorized) return { found: 'trusted', notAfter: shown.notAfter };
    const detail = authorizationError instanceof Error ? authorizationError.message : String(authorizationError);
    return { found: 'untrusted', detail, notAfter: shown.notAfter };
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'interrupted') throw error;
    return { found: 'no-answer', detail: String(error.params['detail'] ?? addressText(address)) };
  }
}
