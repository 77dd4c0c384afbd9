import { describe, expect, it } from 'vitest';
import { importsOf } from '../../lint/imports.ts';
import { importFault, nameFault, roomOf } from '../../lint/rules.ts';

const imported = (specifier: string, typesOnly = false) => ({ specifier, typesOnly });

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
    `;
    expect(importsOf('main/x.ts', source)).toEqual([
      imported('./a.ts'),
      imported('./b.ts', true),
      imported('./c.ts', true),
      imported('./d.ts'),
      imported('./e.ts'),
      imported('./f.ts', true),
      imported('./g.ts'),
    ]);
  });
});

describe('refused', () => {
  it.each([
    ['main/registration/apply/index.ts', imported('electron'), 'electron'],
    ['main/cli/run.ts', imported('electron', true), 'electron'],
    ['renderer/app/index.tsx', imported('electron'), 'electron'],
    ['main/registration/apply/index.ts', imported('../../practice/index.ts'), 'registration does not know practice'],
    ['main/identity/index.ts', imported('../practice/practice-fetch.ts', true), 'identity does not know practice'],
    ['main/vault/store.ts', imported('../cli/run.ts'), 'vault does not know cli'],
    ['main/directory/index.ts', imported('../registration/plan/index.ts'), 'directory does not know registration'],
    ['main/certificates/read.ts', imported('../vault/index.ts'), 'certificates does not know vault'],
    ['main/credentials/lifecycle/remove.ts', imported('../../services.ts'), 'credentials does not know services'],
    ['main/newcomer/index.ts', imported('../vault/index.ts'), 'not in the table'],
    ['main/cli/run.ts', imported('../../test/unit/x.ts'), 'imports tests'],
    ['renderer/app/index.tsx', imported('../../preload/contract.ts'), 'types of preload/contract'],
    ['renderer/app/index.tsx', imported('../../main/faults.ts', true), 'types of preload/contract'],
    ['renderer/app/index.tsx', imported('node:fs'), 'no Node'],
    ['preload/index.ts', imported('./contract.ts'), null],
    ['preload/index.ts', imported('../main/faults.ts'), 'types only'],
    ['preload/index.ts', imported('zod'), 'electron alone'],
  ])('%s imports %o', (path, each, part) => {
    if (part === null) expect(importFault(path, each)).toBeNull();
    else expect(importFault(path, each)).toContain(part);
  });
});

describe('allowed', () => {
  it.each([
    ['main/shell/window.ts', imported('electron')],
    ['preload/index.ts', imported('electron')],
    ['main/registration/apply/index.ts', imported('../plan/index.ts')],
    ['main/registration/apply/index.ts', imported('../../directory/index.ts')],
    ['main/services.ts', imported('./practice/index.ts')],
    ['main/cli/version.ts', imported('../../package.json')],
    ['renderer/app/index.tsx', imported('../../preload/contract.ts', true)],
    ['renderer/app/index.tsx', imported('react')],
    ['test/practice/x.test.ts', imported('../../main/practice/index.ts')],
  ])('%s imports %o', (path, each) => {
    expect(importFault(path, each)).toBeNull();
  });
});

describe('names', () => {
  it.each(['main/vault/utils.ts', 'main/cli/string-helpers.ts', 'renderer/app/util.tsx', 'main/vault/key-manager.ts'])('%s says nothing', (path) => {
    expect(nameFault(path)).not.toBeNull();
  });

  it('of rooms come from the path', () => {
    expect([roomOf('main/faults.ts'), roomOf('main/vault/store.ts'), roomOf('preload/index.ts')]).toEqual(['faults', 'vault', 'preload']);
  });
});
