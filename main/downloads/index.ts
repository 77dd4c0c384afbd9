export type { Download, RefusedDownload } from './look.ts';
export { watchDownloads } from './watch.ts';
export type { DownloadsWatch, FoundDownload } from './watch.ts';
