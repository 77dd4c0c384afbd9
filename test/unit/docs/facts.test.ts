import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { exitCodes } from '../../../main/cli/exit-codes.ts';
import { clouds, type Cloud } from '../../../main/clouds/index.ts';
import { databaseFile } from '../../../main/vault/database-file.ts';
import { practiceFolder } from '../../../main/vault/data-directory.ts';
import { longestEntry } from '../../../main/vault/secret-parts.ts';
import { keychainService } from '../../../main/vault/os-keychain.ts';
import { expirySteps } from '../../../main/watch/expiry.ts';
import { eventIds, eventSource } from '../../../main/watch/windows/event-log.ts';
import { below, literals, page, rows } from './pages.ts';

const names: Readonly<Record<Cloud['id'], string>> = {
  global: 'Global',
  gcch: 'GCC High',
  dod: 'DoD',
  china: 'China (21Vianet)',
  bleu: 'Bleu (France)',
  delos: 'Delos (Germany)',
};
const each = Object.values(clouds);
const host = (address: string) => `\`${new URL(address).host}\``;

describe('docs/network.md', () => {
  const text = page('docs/network.md');
  const told = literals(text).filter((literal) => /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|us|cn|fr|de)$/.test(literal));

  it('says for each cloud which hosts are reached, named and opened', () => {
    const table = rows(text);
    expect(table.filter(([cloud]) => cloud !== 'cloud')).toEqual([
      ...each.map((cloud) => [names[cloud.id], host(cloud.authority), host(cloud.graph)]),
      ...each.map((cloud) => [names[cloud.id], host(cloud.exchange)]),
      ...each.flatMap(({ id, portal }) => (portal === null ? [] : [[names[id], host(portal)]])),
    ]);
  });

  it('names every host that the program knows, and no other', () => {
    const known = new Set(
      each.flatMap(({ authority, graph, exchange, portal }) =>
        [authority, graph, exchange, ...(portal === null ? [] : [portal])].map((address) => new URL(address).host),
      ),
    );
    expect(new Set(told)).toEqual(known);
  });
});

describe('docs/watch.md', () => {
  it('has every event id, with its kind, and no other', () => {
    const table = rows(below(page('docs/watch.md'), 'Windows events')).filter(([id]) => id !== 'id');
    const warnings = [
      eventIds.beforeLevels,
      eventIds.serverNotAsked,
      ...expirySteps.filter((step) => step !== 0).map((step) => eventIds.watched + step),
    ];
    const errors = [eventIds.expired, eventIds.damaged, eventIds.server];
    const known = [`${eventIds.watched} Information`, ...warnings.map((id) => `${id} Warning`), ...errors.map((id) => `${id} Error`)];
    expect(table.map(([id, kind]) => `${id} ${kind}`).toSorted()).toEqual(known.toSorted());
    expect(page('docs/watch.md')).toContain(`-Source "${eventSource}"`);
  });
});

describe('README', () => {
  it('has every exit code and no other', () => {
    const codes = rows(page('README.md'))
      .map(([code]) => code)
      .filter((code) => /^\d+$/.test(code ?? ''));
    expect(codes.map(Number)).toEqual(Object.values(exitCodes).toSorted((a, b) => a - b));
  });
});

describe('docs/data-and-secrets.md', () => {
  it('names what the program keeps as the program does', () => {
    const text = page('docs/data-and-secrets.md');
    expect(literals(text)).toEqual(
      expect.arrayContaining([`${keychainService}/`, `%LOCALAPPDATA%\\Tenant Keyring\\${databaseFile}`, practiceFolder]),
    );
    expect(text).toContain('2,560 bytes');
    expect(longestEntry).toBeLessThan(2560);
  });
});

describe('CHANGELOG', () => {
  it('begins with the version of package.json', () => {
    expect(/^## (\S+) \((unreleased|\d{4}-\d{2}-\d{2})\)$/m.exec(page('CHANGELOG.md'))?.[1]).toBe(manifest.version);
  });
});
