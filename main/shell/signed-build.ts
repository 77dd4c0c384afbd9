import { createRequire } from 'node:module';

/** Whether this is a signed release: electron-builder writes it into the packed package.json (dist.ts); the sources' has nothing of it. */
export function isSignedBuild(): boolean {
  const manifest: unknown = createRequire(import.meta.url)('../../package.json');
  return typeof manifest === 'object' && manifest !== null && 'signed' in manifest && manifest.signed === true;
}
