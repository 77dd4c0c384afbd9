import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, vi } from 'vitest';
import { commandLineTests } from '../installed/command-line.ts';
import { skippedWhere } from '../system.ts';
import { launcherEnvironment, unpackInto, withoutProgram } from './unpacked.ts';

const launched = skippedWhere(withoutProgram !== null, String(withoutProgram));
describe('tenant-keyring.cmd in a folder whose name means something to cmd.exe', { timeout: 300_000, ...launched }, () => {
  const scratch = mkdtempSync(join(tmpdir(), 'tenant-keyring-cmd-'));
  const program = join(scratch, "Tenant Keyring & Söhne's (x64) ^1");

  beforeAll(() => {
    for (const [name, value] of Object.entries(launcherEnvironment)) vi.stubEnv(name, value);
    unpackInto(program);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  });

  commandLineTests({ program, scratch });
});
