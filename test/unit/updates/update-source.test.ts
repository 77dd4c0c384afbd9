import { createHash } from 'node:crypto';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import { NsisUpdater } from 'electron-updater/out/NsisUpdater.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../../main/log/index.ts';
import { createUpdateSource, strictly, type VerifySignature } from '../../../main/shell/updates/update-source.ts';

const require = createRequire(import.meta.url);
// Requests of Node.js, below the library's own download.
const { NodeHttpExecutor } = createRequire(require.resolve('electron-builder/package.json'))('builder-util/out/nodeHttpExecutor.js');

const installer = Buffer.alloc(300_000, 'Tenant Keyring Setup');
const sha512 = (bytes: Uint8Array) => createHash('sha512').update(bytes).digest('base64');

function release(version: string, hash = sha512(installer)): string {
  return `version: ${version}\nfiles:\n  - url: setup.exe\n    sha512: ${hash}\n    size: ${installer.length}\npath: setup.exe\nsha512: ${hash}\nreleaseNotes: |\n  Keys are found sooner.\n  <b>Bold</b>\nreleaseDate: '2026-11-29T09:30:00.000Z'\n`;
}

/** The publisher's server on the loopback, and the library's own updater over it, as version 1.0.0 is installed. */
async function published(
  metadata: string | null,
  verify: VerifySignature = () => Promise.resolve(null),
  publishers: readonly string[] = ['CN=Example'],
) {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-updates-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    asked.push(path);
    const body = path.endsWith('.yml') ? metadata : path === '/setup.exe' ? installer : null;
    response.writeHead(body === null ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  writeFileSync(join(folder, 'app-update.yml'), `provider: generic\nurl: ${url}\npublisherName: CN=Example\nupdaterCacheDirName: cache\n`);
  const ended: string[] = [];
  const app = {
    version: '1.0.0',
    name: 'Tenant Keyring',
    isPackaged: true,
    appUpdateConfigPath: join(folder, 'app-update.yml'),
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => void ended.push('quit'),
    onQuit: () => void ended.push('waits for the end'),
  };
  const updater = new NsisUpdater(null, app);
  updater.disableDifferentialDownload = true;
  Object.assign(updater, {
    httpExecutor: Object.assign(new ElectronHttpExecutor(), { createRequest: NodeHttpExecutor.prototype.createRequest }),
  });
  const verified: { readonly publishers: readonly string[]; readonly file: string }[] = [];
  const source = createUpdateSource(
    () => silentLog,
    () =>
      Promise.resolve({
        updater,
        verify: () => (names, file) => {
          verified.push({ publishers: names, file });
          return verify(names, file);
        },
        publishers: () => publishers,
      }),
  );
  /** What the updater would run: inside Electron alone can it end the program too. */
  const started: string[] = [];
  Object.assign(updater, { quitAndInstall: () => void started.push(Reflect.get(updater, 'installerPath')) });
  return { source, asked, verified, ended, started };
}

describe('the publisher’s server', () => {
  it('has a newer version: found with its notes, fetched only when it is wanted, its signature checked', async () => {
    const { source, asked, verified, ended } = await published(release('1.2.0'));
    await expect(source.find()).resolves.toEqual({ version: '1.2.0', notes: 'Keys are found sooner.\n<b>Bold</b>\n' });
    expect(asked.filter((path) => path.endsWith('.exe'))).toEqual([]);
    const percents: number[] = [];
    await source.download((percent) => percents.push(percent));
    expect(asked.filter((path) => path.endsWith('.exe'))).toEqual(['/setup.exe']);
    expect(percents.every((percent) => Number.isInteger(percent))).toBe(true);
    expect(verified.map(({ publishers }) => publishers)).toEqual([['CN=Example']]);
    // Nothing is installed when the program ends, unless somebody said so.
    expect(ended).toEqual([]);
  });

  it.each(['1.0.0', '0.9.0'])('has %s, which is not newer', async (version) => {
    const { source } = await published(release(version));
    await expect(source.find()).resolves.toBeNull();
  });

  it('has nothing, or nonsense', async () => {
    for (const metadata of [null, 'nonsense: [']) {
      const { source } = await published(metadata);
      await expect(source.find()).rejects.toMatchObject({ code: 'update.failed', params: { detail: expect.not.stringContaining('\n') } });
    }
  });

  it('has an installer that the publisher did not sign: it is thrown away', async () => {
    const { source } = await published(release('1.2.0'), () => Promise.resolve('signed by somebody else'));
    await source.find();
    await expect(source.download(() => undefined)).rejects.toMatchObject({
      code: 'update.signature',
      params: { detail: expect.stringContaining('somebody else') },
    });
  });

  it('has an installer that was altered on the way', async () => {
    const { source, verified } = await published(release('1.2.0', sha512(Buffer.from('another'))));
    await source.find();
    await expect(source.download(() => undefined)).rejects.toMatchObject({ code: 'update.signature' });
    expect(verified).toEqual([]);
  });
});

describe('what was fetched', () => {
  it('is checked again directly before it is run', async () => {
    const { source, verified, started } = await published(release('1.2.0'));
    await source.find();
    await source.download(() => undefined);
    await source.restartAndInstall();
    expect(verified).toHaveLength(2);
    expect(started).toEqual([verified[1]?.file]);
    expect(verified[1]).toMatchObject({ publishers: ['CN=Example'] });
  });

  it.each([
    ['was exchanged meanwhile', ['CN=Example']],
    ['names nobody who has to have signed it', []],
  ])('is not run where it %s', async (_, publishers) => {
    const first = Buffer.from(installer);
    const verify: VerifySignature = (_names, file) => Promise.resolve(readFileSync(file).equals(first) ? null : 'signed by somebody else');
    const { source, verified, started, ended } = await published(release('1.2.0'), verify, publishers);
    await source.find();
    await source.download(() => undefined);
    // Between the check of the download and the installation.
    const fetched = globSync(`${dirname(dirname(verified[0]?.file ?? ''))}/**/setup.exe`.replaceAll('\\', '/'));
    expect(fetched).toHaveLength(1);
    if (publishers.length > 0) writeFileSync(fetched[0] ?? '', 'MZ');
    await expect(source.restartAndInstall()).rejects.toMatchObject({ code: 'update.signature' });
    expect([started, ended]).toEqual([[], []]);
  });

  it('is nothing before it was fetched', async () => {
    const { source, started } = await published(release('1.2.0'));
    await source.find();
    await expect(source.restartAndInstall()).rejects.toMatchObject({ code: 'update.signature' });
    expect(started).toEqual([]);
  });
});

describe('the check of the signature', () => {
  const warnings: unknown[] = [];
  const logger = { info: () => undefined, warn: (message: unknown) => void warnings.push(message), error: () => undefined };

  it.each([
    'Cannot execute ConvertTo-Json: blocked. Ignoring signature validation due to unsupported powershell version.',
    'Unable to verify LiteralPath of update asset due to missing data.Path. Skipping this step of validation.',
  ])('that was not made is none: %s', async (warning) => {
    const lenient = strictly(
      (told) => () => {
        told.warn(warning);
        return Promise.resolve(null);
      },
      logger,
    );
    await expect(lenient(['CN=Example'], 'setup.exe')).resolves.toBe(warning);
    expect(warnings).toContain(warning);
  });

  it('may warn of something else and pass', async () => {
    const passing = strictly(
      (told) => () => {
        told.warn('Signature validated using only CN Example.');
        return Promise.resolve(null);
      },
      logger,
    );
    await expect(passing(['CN=Example'], 'setup.exe')).resolves.toBeNull();
  });
});
