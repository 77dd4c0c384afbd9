import type { Dirent } from 'node:fs';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Arch, build, Platform, type Configuration } from 'electron-builder';
import { completeMsiProject } from './assets/installer/msi-project.ts';
import { wingetManifests } from './assets/installer/winget.ts';
import manifest from './package.json' with { type: 'json' };

type Environment = Readonly<Record<string, string | undefined>>;

/** Environment of a release, documented in docs/releasing.md. WIN_CSC_LINK and its password are electron-builder's own. */
const azure = {
  endpoint: 'TENANT_KEYRING_SIGN_ENDPOINT',
  codeSigningAccountName: 'TENANT_KEYRING_SIGN_ACCOUNT',
  certificateProfileName: 'TENANT_KEYRING_SIGN_PROFILE',
} as const;
const signtool = { certificateSubjectName: 'TENANT_KEYRING_SIGN_SUBJECT', certificateSha1: 'TENANT_KEYRING_SIGN_SHA1' } as const;
const publisher = 'TENANT_KEYRING_PUBLISHER';
const updates = 'TENANT_KEYRING_UPDATES';

/** An empty variable is an unset one. */
const given = (env: Environment, name: string): string | null => env[name]?.trim() || null;

const valuesOf = <K extends string>(env: Environment, names: Readonly<Record<K, string>>): Partial<Record<K, string>> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys are those of `names`
  Object.fromEntries(
    Object.entries<string>(names)
      .flatMap(([key, name]) => [[key, given(env, name)]])
      .filter(([, value]) => value !== null),
  ) as Partial<Record<K, string>>;

/** What keeps a release from being made, in one sentence each; empty when nothing does. */
export function releaseObstacles(env: Environment): string[] {
  const obstacles: string[] = [];
  if (given(env, publisher) === null)
    obstacles.push(
      `A release needs ${publisher}: the common name in the signing certificate. Without it the installed program could not tell whose updates it takes.`,
    );
  const inAzure = Object.values(azure).filter((name) => given(env, name) !== null);
  const missing = Object.values(azure).filter((name) => given(env, name) === null);
  const byCertificate = ['WIN_CSC_LINK', ...Object.values(signtool)].filter((name) => given(env, name) !== null);
  if (inAzure.length > 0 && missing.length > 0) obstacles.push(`Azure Trusted Signing also needs ${missing.join(' and ')}.`);
  if (inAzure.length > 0 && byCertificate.length > 0)
    obstacles.push(`${inAzure.join(', ')} and ${byCertificate.join(', ')} are two ways of signing; leave one of them out.`);
  if (inAzure.length === 0 && byCertificate.length === 0)
    obstacles.push(
      `A release has to be signed: give a certificate with WIN_CSC_LINK, ${Object.values(signtool).join(' or ')}, or Azure Trusted Signing with ${Object.values(azure).join(', ')}.`,
    );
  const address = given(env, updates);
  if (address === null || URL.parse(address)?.protocol !== 'https:')
    obstacles.push(`A release needs ${updates}: the https address of the folder in which latest.yml and the installers are served.`);
  return obstacles;
}

/** How electron-builder signs a release: by Azure Trusted Signing, or by signtool with a file or a certificate of Windows. */
function signing(env: Environment): NonNullable<Configuration['win']> {
  const publisherName = given(env, publisher) ?? '';
  const { endpoint, codeSigningAccountName, certificateProfileName } = valuesOf(env, azure);
  if (endpoint !== undefined && codeSigningAccountName !== undefined && certificateProfileName !== undefined)
    return { azureSignOptions: { publisherName, endpoint, codeSigningAccountName, certificateProfileName } };
  return { signtoolOptions: { publisherName: [publisherName], signingHashAlgorithms: ['sha256'], ...valuesOf(env, signtool) } };
}

/** The word that stands in the names of what was built. */
export const markOf = (release: boolean): string => (release ? '' : '-unsigned');

const msiProjectCreated = async (path: string): Promise<void> => writeFile(path, completeMsiProject(await readFile(path, 'utf8')));

/** Beside the program's own: what electron-builder adds to `resources` once the program is packed. */
const addedLater = ['resources/app-update.yml', 'resources/elevate.exe'];

/** The list by which the uninstaller knows what is ours; read by assets/installer/own-files.nsh. */
export const installedFiles = 'resources/installed-files.txt';

/** Writes that list into a packed program: files, then folders, which end with a backslash, the deepest first. */
export async function listInstalledFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = (wanted: (entry: Dirent) => boolean) =>
    entries.filter(wanted).map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(/[\\/]/g, '\\'));
  const files = new Set([
    ...paths((entry) => entry.isFile()),
    ...[...addedLater, installedFiles].map((path) => path.replaceAll('/', '\\')),
  ]);
  const folders = paths((entry) => entry.isDirectory()).toSorted((a, b) => b.split('\\').length - a.split('\\').length);
  const lines = [...[...files].toSorted(), ...folders.map((path) => `${path}\\`)];
  // The setup program reads bytes.
  const strange = lines.find((line) => !/^[\x20-\x7e]+$/.test(line));
  if (strange !== undefined) throw new Error(`the name of a packed file is not ASCII: ${strange}`);
  await writeFile(join(folder, installedFiles), lines.map((line) => `${line}\r\n`).join(''));
}

const afterPack = async ({ appOutDir }: { readonly appOutDir: string }): Promise<void> => listInstalledFiles(appOutDir);

/**
 * What is added to electron-builder.yml. A build that is no release is never signed, and so takes no updates either: they
 * could not be told from anybody else's. `signed` in the packed package.json says which of the two it is.
 *
 * @throws Error what keeps a release from being made, all of it
 */
export function distConfiguration(env: Environment, release: boolean): Configuration {
  const extraMetadata = { signed: release };
  if (!release) return { extraMetadata, afterPack, msiProjectCreated, publish: null, win: { signExecutable: false } };
  const obstacles = releaseObstacles(env);
  if (obstacles.length > 0) throw new Error(obstacles.join('\n'));
  return {
    extraMetadata,
    afterPack,
    msiProjectCreated,
    forceCodeSigning: true,
    publish: { provider: 'generic', url: given(env, updates) ?? '' },
    win: signing(env),
  };
}

/**
 * Writes what winget installs the setup programs by into `winget`, beside them. Only where it is known who publishes them and
 * where they will be served.
 *
 * @param built paths of what was built
 * @returns paths of the manifests
 */
export async function writeWingetManifests(built: readonly string[], env: Environment): Promise<string[]> {
  const [publisherName, address] = [given(env, publisher), given(env, updates)];
  const found = built.flatMap((path) => {
    const [, architecture] = /-(x64|arm64)-setup\.exe$/.exec(path) ?? [];
    return architecture === 'x64' || architecture === 'arm64' ? [{ path, architecture } as const] : [];
  });
  const [first] = found;
  if (first === undefined || publisherName === null || address === null) return [];
  const setups = await Promise.all(
    found.map(async ({ path, architecture }) => {
      const sha256 = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
      return { file: basename(path), architecture, sha256 };
    }),
  );
  const folder = join(dirname(first.path), 'winget');
  await mkdir(folder, { recursive: true });
  const manifests = wingetManifests({ version: manifest.version, publisher: publisherName, address, setups });
  return Promise.all(
    Object.entries(manifests).map(async ([name, text]) => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    }),
  );
}

// `npm run dist`, `npm run dist -- --release`, `npm run dist -- --dir` for the program alone, not yet in an installer.
if (import.meta.main) {
  const { release, dir } = parseArgs({
    options: { release: { type: 'boolean', default: false }, dir: { type: 'boolean', default: false } },
  }).values;
  try {
    const config = distConfiguration(process.env, release);
    process.env['DIST_MARK'] = markOf(release);
    const targets = dir ? Platform.WINDOWS.createTarget('dir', Arch.x64, Arch.arm64) : Platform.WINDOWS.createTarget();
    const built = await build({ targets, config, publish: 'never' });
    for (const path of [...built, ...(await writeWingetManifests(built, process.env))]) console.log(path);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1); // an exit code that is only set, electron-builder's own exit hook makes 0 again
  }
}
