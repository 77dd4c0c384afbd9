export type { Certificate } from './certificate.ts';
export type { ChainedCertificate } from './chain.ts';
export type { KeySize } from './create.ts';
export { certificateDates, defaultLifetime, isoSeconds } from './dates.ts';
export type { CertificateDates, Lifetime } from './dates.ts';
export { toCer, toPem } from './encode.ts';
export { generatePassword } from './generated-password.ts';
export { importCommands } from './import-commands.ts';
export type { ImportCommands } from './import-commands.ts';
export {
  certifyKeyPair,
  createCertificate,
  createKeyPair,
  createRequest,
  readCertificatesAhead,
  readSignedCertificate,
} from './on-demand.ts';
export { checkPfxPassword, createPfx } from './pfx.ts';
export type { PfxRequest } from './pfx.ts';
export { readCertificateContents, readCertificateFile } from './read-file.ts';
export { readPfxFile } from './read-pfx.ts';
export { checkKeyMatches, readCertificate } from './read.ts';
export { thumbprintForms, thumbprintText } from './thumbprint.ts';
export type { ThumbprintForms } from './thumbprint.ts';
