import { expect, it } from 'vitest';
import { setupGuid } from '../../assets/installer/msi-project.ts';
import { builder, builderConfiguration } from './builder-configuration.ts';

it('electron-builder.yml fits electron-builder’s own schema', async () => {
  const { validateConfiguration } = builder('app-builder-lib/out/util/config/config.js');
  const { DebugLogger } = builder('builder-util');
  await expect(validateConfiguration(builderConfiguration, new DebugLogger(false))).resolves.not.toThrow();
  await expect(validateConfiguration({ ...builderConfiguration, noSuchOption: true }, new DebugLogger(false))).rejects.toThrow(
    /noSuchOption/,
  );
});

// Whoever has the product installed is known by these: a change is a second product beside the first.
it('is the same product for ever', () => {
  const { appId, nsis, msi } = builderConfiguration;
  expect({ appId, guid: nsis?.guid, upgradeCode: msi?.upgradeCode }).toEqual({
    appId: 'com.tenantkeyring.app',
    guid: '297101a0-c115-4c48-9025-96371466bdec',
    upgradeCode: 'C4AC5DE8-21DC-4D6E-B4CD-8DA964B3D36D',
  });
  expect(setupGuid).toBe(nsis?.guid);
});
