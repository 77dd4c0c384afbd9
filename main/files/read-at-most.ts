import { open } from 'node:fs/promises';

/**
 * The bytes of a file, a pipe or a device; never more of them than that, whatever it says about its size.
 *
 * @param limit in bytes
 * @returns null when there are more
 * @throws the operating system's error; EISDIR for a folder
 */
export async function readAtMost(path: string, limit: number): Promise<Uint8Array | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > limit) return null;
    const buffer = Buffer.alloc(limit + 1);
    let filled = 0;
    for (let bytesRead = -1; bytesRead !== 0 && filled < buffer.length; filled += bytesRead) {
      ({ bytesRead } = await file.read(buffer, filled, buffer.length - filled, null));
    }
    return filled > limit ? null : buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}
