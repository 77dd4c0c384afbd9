/** So much of a file that main can tell when it is too large. Bytes. */
const most = 262_145;

/** @returns the content in base64 */
export function contentOf(file: File): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    // A file that cannot be read comes to main as one without content, which says so.
    reader.addEventListener('loadend', () => resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : ''));
    reader.readAsDataURL(file.slice(0, most));
  });
}
