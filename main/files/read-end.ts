import { open } from 'node:fs/promises';

/**
 * The last whole lines of a text file, the oldest first; none where there is no such file.
 *
 * @param limit in bytes, of which the lines are the rest
 * @throws the operating system's error, except ENOENT
 */
export async function lastLines(path: string, limit: number): Promise<string[]> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const start = Math.max(0, size - limit);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, limit)), 0, Math.min(size, limit), start);
      const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
      // The first is the end of a line, where the reading began in its middle.
      return lines.slice(start > 0 ? 1 : 0).filter((line) => line !== '');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
