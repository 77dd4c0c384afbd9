import { readFileSync } from 'node:fs';
import { Arch, build, Platform } from 'electron-builder';
import { distConfiguration, markOf } from '../../../dist.ts';
import type { PackingRequest } from './packing.ts';

/**
 * `node build.ts REQUEST`: the configuration of a real build, with an Electron that is none, signatures that are only told
 * of, and an end before WiX, which runs on Windows alone. Not changed is what the tests are about.
 */
const request = JSON.parse(process.argv[2] ?? '') as PackingRequest & { readonly electron: string; readonly folder: string };
const { release, targets, architectures, electron, folder, include, prepackaged, version, unpacked } = request;
const tell = (what: object) => new Promise<void>((told) => void process.send?.(what, () => told()));

const config = distConfiguration(process.env, release);
process.env['DIST_MARK'] = markOf(release);
const completeMsiProject = config.msiProjectCreated;
const ended = 'the WiX project is written';

try {
  await build({
    targets: Platform.WINDOWS.createTarget([...targets], ...architectures.map((name) => Arch[name])),
    config: {
      ...config,
      electronDist: electron,
      directories: { output: folder },
      compression: 'store',
      ...(include === undefined ? {} : { nsis: { include } }),
      ...(version === undefined ? {} : { extraMetadata: { ...config.extraMetadata, version } }),
      ...(unpacked === true ? { asar: false } : {}),
      win: release
        ? { ...config.win, signtoolOptions: { ...config.win?.signtoolOptions, sign: ({ path }) => tell({ signed: path }) } }
        : { ...config.win },
      msiProjectCreated: async (path) => {
        if (typeof completeMsiProject === 'function') await completeMsiProject(path);
        await tell({ wix: readFileSync(path, 'utf8') });
        throw new Error(ended);
      },
    },
    publish: 'never',
    ...(prepackaged === undefined ? {} : { prepackaged }),
  });
} catch (error) {
  if (!(error instanceof Error && error.message.includes(ended))) {
    console.error(error);
    process.exit(1); // as dist.ts
  }
}
process.disconnect();
