export { checkDeletion, isRegistrationDeleted, registrationExportPath } from './delete-registration.ts';
export { confirmHandover, markUsedHereOnly } from './handover.ts';
export { exportCertificate, writeCertificate } from './export-certificate.ts';
export type { CertificateFile, ExportRequest } from './export-certificate.ts';
export { binDays, emptyBin, findToRemove, remove } from './remove.ts';
export type { RemoveRequest } from './remove.ts';
export { restore } from './restore.ts';
export { save } from './save.ts';
export type { SaveRequest } from './save.ts';
