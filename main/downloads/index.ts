/**
 * The folder that browsers download to, watched while somebody is about to save a certificate there. It says which new file
 * holds one and why another does not; the window offers it.
 */
export type { Download, RefusedDownload } from './look.ts';
export { watchDownloads } from './watch.ts';
export type { DownloadsWatch, FoundDownload } from './watch.ts';
