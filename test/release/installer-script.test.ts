import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { completeMsiProject } from '../../assets/installer/msi-project.ts';
import { builderConfiguration } from './builder-configuration.ts';

const script = readFileSync('assets/installer/installer.nsh', 'utf8');
const texts = [...script.matchAll(/^LangString (\w+) (\d+) "(.+)"$/gm)].map(([, name = '', language = '', text = '']) => ({
  name,
  language,
  text,
}));

describe('what we add to the setup program', () => {
  it('says everything in the languages of the setup program', () => {
    expect(builderConfiguration.nsis?.installerLanguages).toEqual(['en_US', 'fr_FR', 'de_DE']);
    const names = [...new Set(texts.map(({ name }) => name))];
    expect(names.length).toBeGreaterThan(4);
    for (const name of names)
      expect(
        texts.filter((each) => each.name === name).map(({ language }) => language),
        name,
      ).toEqual(['1033', '1036', '1031']);
  });

  it('looks for the MSI by its upgrade code', () => {
    expect(script).toContain(`!define MSI_UPGRADE_CODE "{${builderConfiguration.msi?.upgradeCode}}"`);
  });

  it('keeps the data of the person, and says where they are', () => {
    expect(builderConfiguration.nsis?.deleteAppDataOnUninstall).toBe(false);
    for (const { text } of texts.filter(({ name }) => name === 'dataKept'))
      expect(text).toContain(String.raw`%LOCALAPPDATA%\Tenant Keyring`);
    expect(script).toMatch(/Section \/o "un\.\$\(dataSection\)"/);
  });
});

it('the MSI stops where electron-builder writes another project than it was made for', () => {
  expect(() => completeMsiProject('<Wix/>')).toThrow(/MediaTemplate/);
});
