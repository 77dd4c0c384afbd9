export type { Download } from './look.ts';
export { watchDownloads } from './watch.ts';
export type { DownloadsWatch, FoundDownload } from './watch.ts';
