/**
 * Certificates, keys and their files: made, read and written (CER, PEM, PFX, PKCS#10), every byte of a certificate kept as it
 * stood in its file. Nothing here knows a credential, a tenant or the keychain. PFX files are built and read in a worker, so
 * that no caller stands still.
 */
export type { Certificate } from './certificate.ts';
export type { CertificateWithKey, ChainedCertificate } from './chain.ts';
export type { KeySize } from './create.ts';
export { certificateDates, defaultLifetime, isoSeconds } from './dates.ts';
export type { CertificateDates, Lifetime } from './dates.ts';
export { toCer, toPem } from './encode.ts';
export { generatePassword } from './generated-password.ts';
export { importCommands } from './import-commands.ts';
export type { ImportCommands } from './import-commands.ts';
export { certifyKeyPair, createCertificate, createKeyPair, createRequest, warmUpCertificates } from './on-demand.ts';
export { checkPfxPassword, createPfx } from './pfx.ts';
export type { PfxRequest } from './pfx.ts';
export { readCertificateContents, readCertificateFile, readListedCertificate } from './read-file.ts';
export type { KeyName } from './key-choice.ts';
export { readPemFiles } from './read-pem.ts';
export type { PemFiles } from './read-pem.ts';
export { readPfxFile } from './read-pfx.ts';
export type { PfxReading } from './read-pfx.ts';
export { readSignedCertificate } from './read-signed.ts';
export { checkKeyMatches, readCertificate } from './read.ts';
export { thumbprintForms, thumbprintText } from './thumbprint.ts';
export type { ThumbprintForms } from './thumbprint.ts';
