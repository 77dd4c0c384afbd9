/** Of a certificate, in bytes: one more than main takes, so that it can tell when a file is too large. */
export const mostOfCertificate = 256 * 1024 + 1;

/**
 * The contents of a file that was dropped on the window, for main to judge. Nothing of it is looked into here.
 *
 * @param most bytes; so much is read that main can tell when it is too large
 * @returns base64; empty for a file that cannot be read
 */
export function contentOf(file: Blob, most: number): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('loadend', () => resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : ''));
    reader.readAsDataURL(file.slice(0, most));
  });
}
