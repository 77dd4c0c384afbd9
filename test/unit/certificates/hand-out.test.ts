import { describe, expect, it, vi } from 'vitest';
import { checkPfxPassword, createPfx, generatePassword, importCommands } from '../../../main/certificates/index.ts';
import { ours } from './samples.ts';

describe('a PFX', () => {
  it('leaves no copy of the private key in memory of ours, although the key goes to another thread', async () => {
    const { certificate, privateKey } = await ours();
    const exported = vi.spyOn(privateKey, 'export');
    await createPfx({ certificate, privateKey, password: 'secret', encryption: 'modern', friendlyName: 'x' });
    const copies = exported.mock.results.map(({ value }) => value as unknown).filter((value) => value instanceof Uint8Array);
    expect(copies).not.toEqual([]);
    for (const copy of copies) expect(copy.every((byte) => byte === 0)).toBe(true);
  });
});

describe('a generated password', () => {
  it('is long, different each time, and one that a PFX takes', () => {
    const many = Array.from({ length: 500 }, generatePassword);
    expect(new Set(many).size).toBe(500);
    for (const password of many) {
      expect(password).toMatch(/^[A-HJ-NP-Za-kmnp-z2-9]{5}(?:-[A-HJ-NP-Za-kmnp-z2-9]{5}){4}$/);
      expect(() => checkPfxPassword(password)).not.toThrow();
    }
  });

  it('uses every letter it may use', () => {
    const used = new Set(Array.from({ length: 500 }, generatePassword).join('').replaceAll('-', ''));
    expect(used.size).toBe(56);
  });
});

describe('the commands that import a PFX', () => {
  it('are whole, and hold no password', () => {
    expect(importCommands('C:\\Users\\anna\\MailStore Server.pfx')).toEqual({
      powershell:
        "Import-PfxCertificate -FilePath 'C:\\Users\\anna\\MailStore Server.pfx' -CertStoreLocation Cert:\\LocalMachine\\My -Password (Read-Host -AsSecureString)",
      certutil: 'certutil -importpfx My "C:\\Users\\anna\\MailStore Server.pfx" NoExport',
    });
  });

  it('run nothing that a name says', () => {
    expect(importCommands("C:\\O'Brien ’; calc; $(calc).pfx").powershell).toContain("'C:\\O''Brien ’’; calc; $(calc).pfx'");
  });
});
