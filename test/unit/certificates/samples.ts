import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { certificateDates, createCertificate } from '../../../main/certificates/index.ts';
import { requireProgram, skipHere } from '../../system.ts';

/** A folder that is gone when the test ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  return folder;
}

/** A folder that is gone when all tests of a file have ended: for what is made once for them, because it takes time. */
export function sharedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function scratchFile(name: string, bytes: Uint8Array | string): string {
  const path = join(scratchFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

/** Makes something once, when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

export const ours = (commonName = 'MailStore Server', keySize: 2048 | 3072 | 4096 = 2048, now = new Date()) =>
  createCertificate({ commonName, keySize, ...certificateDates(now, { months: 15 }) });

/** What it prints. Where it is missing the test is skipped. */
export function openssl(args: readonly string[], input?: Uint8Array): string {
  requireProgram('openssl');
  return execFileSync('openssl', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
}

/** What OpenSSL tells beside its output. */
export function said(args: readonly string[]): string {
  requireProgram('openssl');
  return spawnSync('openssl', args, { encoding: 'utf8' }).stderr;
}

/** Another maker's certificate and key, by OpenSSL. */
export function opensslCertificate(
  options: readonly string[],
  folder = scratchFolder(),
): { readonly folder: string; readonly pem: string; readonly key: string } {
  const pem = join(folder, 'c.pem');
  const key = join(folder, 'k.pem');
  openssl(['req', '-x509', '-nodes', '-subj', '/CN=other', '-keyout', key, '-out', pem, ...options]);
  return { folder, pem, key };
}

/** Ends the test as skipped where Python has no such package. */
export function requirePython(name: string): void {
  requireProgram('python3');
  try {
    execFileSync('python3', ['-c', `import ${name}`], { stdio: 'ignore' });
  } catch {
    skipHere(`Python’s ${name} is not installed`);
  }
}
