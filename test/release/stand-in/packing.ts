import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standInElectron } from './electron.ts';
import { standInTools } from './tools.ts';

/** What a build is asked for; read by build.ts. */
export interface PackingRequest {
  readonly release: boolean;
  /** Names as electron-builder has them; each is built for these architectures. */
  readonly targets: readonly ('nsis' | 'portable' | 'msi' | 'dir')[];
  readonly architectures: readonly ('x64' | 'arm64')[];
  /** A program that was packed before: only installers are made of it. */
  readonly prepackaged?: string;
  /** In the place of assets/installer/installer.nsh. */
  readonly include?: string;
  /** In the place of that in package.json. */
  readonly version?: string;
  /** As files, not as an archive: for Node, which reads none. */
  readonly unpacked?: boolean;
}

export interface Packed {
  readonly code: number | null;
  readonly log: string;
  /** Where everything was built. */
  readonly folder: string;
  /** Paths that were to be signed, in order. */
  readonly signed: readonly string[];
  /** The WiX project, where it was as far as that. */
  readonly wix: string | null;
}

/** What stands in the environment of a release here; nothing of it is real. */
export const releaseEnvironment = {
  TENANT_KEYRING_PUBLISHER: 'Contoso Software GmbH',
  TENANT_KEYRING_UPDATES: 'https://updates.example.com/tenant-keyring',
  WIN_CSC_LINK: 'package.json',
} as const;

export interface Workshop {
  pack(request: PackingRequest): Promise<Packed>;
  close(): void;
}

/**
 * A folder with stand-ins for Electron and for what electron-builder downloads; nothing reaches the network.
 *
 * @param program what stands in for Electron's own
 */
export function openWorkshop(program?: string): Workshop {
  const root = mkdtempSync(join(tmpdir(), 'tenant-keyring-packing-'));
  const electron = standInElectron(join(root, 'electron'), program);
  const tools = standInTools(join(root, 'tools'));
  const pack = async (request: PackingRequest): Promise<Packed> => {
    const folder = mkdtempSync(join(root, 'built-'));
    const env = {
      HOME: root,
      ELECTRON_BUILDER_CACHE: join(root, 'cache'),
      // A download that is tried all the same is refused at once.
      HTTPS_PROXY: 'http://127.0.0.1:9',
      ...tools,
      ...(request.release ? releaseEnvironment : {}),
    };
    const child = spawn(process.execPath, [join(import.meta.dirname, 'build.ts'), JSON.stringify({ ...request, electron, folder })], {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let log = '';
    const signed: string[] = [];
    let wix: string | null = null;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (log += chunk.toString()));
    child.on('message', (told: { signed?: string; wix?: string }) => {
      if (told.signed !== undefined) signed.push(told.signed);
      wix = told.wix ?? wix;
    });
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    return { code, log, folder, signed, wix };
  };
  return { pack, close: () => rmSync(root, { recursive: true, force: true }) };
}
