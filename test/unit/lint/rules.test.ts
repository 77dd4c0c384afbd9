import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importsOf } from '../../lint/imports.ts';
import { importFault, nameFault, roomOf, rooms, softwareFault, softwareNames } from '../../lint/rules.ts';

const imported = (specifier: string | null, typesOnly = false) => ({ specifier, typesOnly });

describe('imports of a source text', () => {
  it('are found in every form, with types told apart', () => {
    const source = `
      import { a } from './a.ts';
      import type { B } from './b.ts';
      import { type C } from './c.ts';
      import './d.ts';
      export * from './e.ts';
      export type { F } from './f.ts';
      const g = await import('./g.ts');
      const h: typeof import('./h.ts') = await import(name);
      const i = require('./i.ts');
      createRequire(import.meta.url)('./j.ts');
      export { type L } from './l.ts';
      export const m = notRequire('./m.ts');
    `;
    expect(importsOf('main/x.ts', source)).toEqual([
      imported('./a.ts'),
      imported('./b.ts', true),
      // Type stripping leaves `import {} from './c.ts'`: the module is loaded.
      imported('./c.ts'),
      imported('./d.ts'),
      imported('./e.ts'),
      imported('./f.ts', true),
      imported('./g.ts'),
      imported('./h.ts', true),
      imported(null),
      imported('./i.ts'),
      imported('./j.ts'),
      imported('./l.ts'),
    ]);
  });

  it('that does not parse are no reason to say “fine”', () => {
    expect(() => importsOf('main/x.ts', 'import {')).toThrow('main/x.ts');
  });
});

describe('refused', () => {
  it.each([
    ['main/registration/apply/index.ts', imported('electron'), 'electron'],
    ['main/cli/run.ts', imported('electron', true), 'electron'],
    ['renderer/app/index.tsx', imported('electron'), 'electron'],
    ['main/registration/apply/index.ts', imported('../../practice/index.ts'), 'registration does not know practice'],
    ['main/identity/index.ts', imported('../practice/practice-fetch.ts', true), 'identity does not know practice'],
    ['main/vault/database.ts', imported('../cli/run.ts'), 'vault does not know cli'],
    ['main/directory/index.ts', imported('../registration/plan/index.ts'), 'directory does not know registration'],
    ['main/certificates/read.ts', imported('../vault/index.ts'), 'certificates does not know vault'],
    ['main/credential/track/track.ts', imported('../../services/index.ts'), 'credential does not know services'],
    ['main/registration/plan/index.ts', imported('../apply/index.ts', true), 'apply lies above plan in registration'],
    ['main/registration/engine.ts', imported('./run/report.ts', true), 'run lies above the ground in registration'],
    ['main/registration/verbs/connect.ts', imported('../index.ts'), 'the index lies above verbs in registration'],
    ['main/registration/elsewhere/x.ts', imported('../engine.ts'), 'not among its floors'],
    ['main/newcomer/index.ts', imported('../vault/index.ts'), 'not in the table'],
    ['main/cli/run.ts', imported('../../test/unit/x.ts'), 'imports tests'],
    ['renderer/parts/x.tsx', imported('../run/index.ts'), 'run lies above parts'],
    ['renderer/run/x.tsx', imported('../features/setup/index.ts'), 'features lies above run'],
    ['renderer/features/dialog/x.tsx', imported('../../app/frame.tsx'), 'app lies above features'],
    ['renderer/features/dialog/x.tsx', imported('../setup/setup-state.ts'), 'setup is entered by its index'],
    ['renderer/app/pages.tsx', imported('../features/help/help-page.tsx'), 'help is entered by its index'],
    ['renderer/features/dialog/x.tsx', imported('../../run/lines.ts'), 'run is entered by its index'],
    ['renderer/features/setup/x.tsx', imported('../dialog/index.ts'), 'setup stands before dialog'],
    ['renderer/features/elsewhere/x.tsx', imported('../dialog/index.ts'), 'not in the list of features'],
    ['renderer/elsewhere/x.tsx', imported('../parts/page.tsx'), 'not among its floors'],
    ['renderer/app/index.tsx', imported('../../preload/contract.ts'), 'types of preload/contract'],
    ['renderer/app/index.tsx', imported('../../main/faults.ts', true), 'types of preload/contract'],
    ['renderer/app/index.tsx', imported('node:fs'), 'packages of the renderer'],
    ['renderer/app/index.tsx', imported('fs'), 'packages of the renderer'],
    ['renderer/app/index.tsx', imported('zod'), 'packages of the renderer'],
    ['renderer/app/index.tsx', imported('../../preload/index.ts', true), 'types of preload/contract'],
    ['renderer/app/index.tsx', imported('../../docs/network.md?raw'), 'types of preload/contract'],
    ['preload/index.ts', imported('./contract.ts'), 'types only'],
    ['preload/index.ts', imported('./contract/views.ts'), 'types only'],
    ['main/shell/router.ts', imported('../../preload/contract/views.ts'), 'nothing but the contract'],
    ['preload/index.ts', imported('../main/faults.ts'), 'types only'],
    ['preload/index.ts', imported('../main/faults.ts', true), 'stands for itself'],
    ['main/registration/apply/index.ts', imported('electron/main'), 'electron'],
    ['main/registration/apply/index.ts', imported('keytar'), 'keychain'],
    ['main/vault/database.ts', imported('vitest'), 'tools of build and test'],
    ['main/shell/window.ts', imported('../../preload/index.ts', true), 'nothing but the contract'],
    ['main/vault/database.ts', imported(null), 'stand in the source'],
    ['preload/index.ts', imported('zod'), 'electron alone'],
  ])('%s imports %o', (path, each, part) => {
    expect(importFault(path, each)).toContain(part);
  });
});

describe('allowed', () => {
  it.each([
    ['main/shell/window.ts', imported('electron')],
    ['preload/index.ts', imported('electron')],
    ['main/registration/apply/index.ts', imported('../plan/index.ts')],
    ['main/registration/apply/index.ts', imported('../../directory/index.ts')],
    ['main/services/world.ts', imported('../practice/index.ts')],
    ['main/cli/version.ts', imported('../../package.json')],
    ['renderer/app/index.tsx', imported('../../preload/contract.ts', true)],
    ['renderer/app/pages.tsx', imported('../features/help/index.ts')],
    ['renderer/features/dialog/x.tsx', imported('../setup/index.ts')],
    ['renderer/features/dialog/x.tsx', imported('./form.ts')],
    ['renderer/features/dialog/x.tsx', imported('../../run/index.ts')],
    ['renderer/run/x.tsx', imported('../parts/page.tsx')],
    ['renderer/parts/x.tsx', imported('../bridge/texts.tsx')],
    ['renderer/main.tsx', imported('./app/app.tsx')],
    ['renderer/app/index.tsx', imported('react')],
    ['renderer/app/index.tsx', imported('../../docs/user-guide.md?raw')],
    ['renderer/app/index.tsx', imported('../../docs/fr/user-guide.md?raw')],
    ['renderer/app/index.tsx', imported('../../docs/de/user-guide.md?raw')],
    ['renderer/app/index.tsx', imported('react-dom/client')],
    ['renderer/vite.config.ts', imported('vite', true)],
    ['preload/index.ts', imported('./contract.ts', true)],
    ['preload/contract.ts', imported('zod')],
    ['preload/contract.ts', imported('./contract/views.ts')],
    ['preload/contract/views.ts', imported('zod')],
    ['preload/contract/program.ts', imported('./views.ts')],
    ['main/shell/router.ts', imported('../../preload/contract.ts')],
    ['main/vault/os-keychain.ts', imported('keytar')],
    ['test/host/electron.ts', imported(null)],
    ['test/practice/x.test.ts', imported('../../main/practice/index.ts')],
  ])('%s imports %o', (path, each) => {
    expect(importFault(path, each)).toBeNull();
  });
});

describe('the table of rooms', () => {
  it('has no way round: every room knows rooms below it only', () => {
    const below = (room: string, path: readonly string[]): string[][] =>
      path.includes(room) ? [[...path, room]] : (rooms[room] ?? []).flatMap((each) => below(each, [...path, room]));
    expect(Object.keys(rooms).flatMap((room) => below(room, []))).toEqual([]);
  });

  it('names rooms that exist', () => {
    const known = [...readdirSync('main').map((each) => each.replace(/\.ts$/, '')), 'preload'];
    expect(
      Object.entries(rooms)
        .flatMap(([room, others]) => [room, ...others])
        .filter((room) => !known.includes(room)),
    ).toEqual([]);
  });

  it('keeps the practice tenant to the composition root and the command line', () => {
    expect(Object.keys(rooms).filter((room) => rooms[room]?.includes('practice'))).toEqual(['services', 'cli']);
  });
});

describe('names', () => {
  it.each([
    'main/vault/utils.ts',
    'main/cli/string-helpers.ts',
    'renderer/app/util.tsx',
    'main/vault/key-manager.ts',
    'main/utils/index.ts',
    'renderer/helpers/text.ts',
  ])('%s says nothing', (path) => {
    expect(nameFault(path)).not.toBeNull();
  });

  it.each(['renderer/features/manager/list.tsx', 'main/texts/index.ts', 'main/vault/useful.ts'])('%s says something', (path) => {
    expect(nameFault(path)).toBeNull();
  });

  it('of rooms come from the path', () => {
    expect([roomOf('main/faults.ts'), roomOf('main/vault/database.ts'), roomOf('preload/index.ts')]).toEqual([
      'faults',
      'vault',
      'preload',
    ]);
  });
});

describe('the name of a server software', () => {
  const names = softwareNames(['mailstore-server', 'exchange-hybrid', 'other'], ['imap-access']);

  it.each([
    ['main/x.ts', 'const port = id === "mailstore-server" ? 1 : 2;'],
    ['renderer/features/x.tsx', '/** As in MailStore. */'],
    ['main/x.ts', "if (profile === 'imap-access') f();"],
    ['preload/contract.ts', "z.literal('exchange-hybrid')"],
  ])('stands in no source text (%s)', (path, source) => expect(softwareFault(path, source, names)).toMatch('assets/servers'));

  it.each([
    ['main/mailstore/client.ts', '/** MailStore answers with a mark. */'],
    ['main/practice/mailstore/server.ts', "const name = 'MailStore';"],
    ['main/services/index.ts', "import { openServers } from './mailstore/index.ts';"],
    ['main/cli/x.ts', "command.option('--mailstore <name>'); textOption(options, 'mailstore'); print({ mailstore: [] });"],
  ])('stands where its management interface is spoken (%s)', (path, source) => expect(softwareFault(path, source, names)).toBeNull());

  it.each([
    ['main/services/index.ts', "import { x } from './mailstore/index.ts'; // MailStore alone"],
    ['main/cli/x.ts', "if (server === 'mailstore-server') f();"],
    ['main/practice/server.ts', "const name = 'MailStore';"],
  ])('stands nowhere beside it (%s)', (path, source) => expect(softwareFault(path, source, names)).toMatch('assets/servers'));

  it('is no word that anybody may say, and may stand in tests', () => {
    expect(softwareFault('main/x.ts', "const exchange = 'exchange'; type Other = 'other'; // mail", names)).toBeNull();
    expect(softwareFault('test/x.ts', "'mailstore-server'", names)).toBeNull();
  });
});
