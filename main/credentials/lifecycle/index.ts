export { confirmHandover } from './handover.ts';
export { exportCertificate } from './export-certificate.ts';
export type { ExportRequest } from './export-certificate.ts';
export { binDays, emptyBin, remove } from './remove.ts';
export type { RemoveRequest } from './remove.ts';
export { restore } from './restore.ts';
