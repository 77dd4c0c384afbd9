import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLifetime } from '../../../main/certificates/index.ts';
import { exportCertificate, handOver, pfxHandOut } from '../../../main/registration/verbs/index.ts';
import { requireCloud, requireServerHost, inPractice, type Policies } from '../../../main/policies/index.ts';
import { connect } from '../../../main/registration/verbs/connect.ts';
import type { Engine } from '../../../main/registration/engine.ts';
import { verify } from '../../../main/registration/verbs/verify.ts';
import { rotate } from '../../../main/registration/verbs/rotate.ts';
import { defaults, harness, tenantOf, type Harness } from './harness.ts';
import { alone, recordOf, unattended } from './rotation-harness.ts';

/** The engine of a computer whose administrators prescribe this. */
const under = ({ services }: Harness, policies: Policies): Engine => ({ ...services.engine, policies });

describe('allowed tenants', () => {
  it('are known by their id or by any of their domains', async () => {
    const here = await harness();
    const { id } = tenantOf(here);
    await expect(connect(under(here, { AllowedTenants: [id] }), defaults, here.run())).resolves.toMatchObject({
      proof: { ok: expect.any(Boolean) },
    });
    const { tenantDomain } = recordOf(here);
    await expect(connect(under(here, { AllowedTenants: [tenantDomain.toLowerCase()] }), defaults, here.run())).resolves.toMatchObject({
      plan: [],
    });
  });

  it('are the only ones that anything is written to', async () => {
    const here = await harness();
    const engine = under(here, { AllowedTenants: ['fabrikam.com'] });
    const before = tenantOf(here).applications.length;
    await expect(connect(engine, defaults, here.run())).rejects.toMatchObject({
      code: 'policy.tenant',
      params: { tenant: expect.stringContaining(tenantOf(here).id) },
    });
    expect(tenantOf(here).applications).toHaveLength(before);
    expect(engine.store.list()).toEqual([]);
  });

  it('are kept to without a sign-in too', async () => {
    const here = await harness();
    await here.connect();
    const engine = under(here, { AllowedTenants: ['fabrikam.com'] });
    await expect(verify(engine, 'Contoso archive', { signIn: false }, here.run())).rejects.toMatchObject({ code: 'policy.tenant' });
    await expect(rotate(engine, unattended, alone(here))).rejects.toMatchObject({ code: 'policy.tenant' });
    expect(recordOf(here).rotation).toBeNull();
  });
});

describe('keys', () => {
  it('that are made have the prescribed size, those of successors too', async () => {
    const here = await harness();
    const nobody = here.run(undefined, { openBrowser: () => Promise.reject(new Error('a sign-in was asked for')) });
    await expect(connect(under(here, { MinimumKeySize: 4096 }), defaults, nobody)).rejects.toMatchObject({
      code: 'policy.key-size',
      params: { keySize: 2048, minimum: 4096 },
    });
    await expect(connect(under(here, { MaximumLifetimeMonths: 12 }), defaults, nobody)).rejects.toMatchObject({ code: 'policy.lifetime' });
    await here.connect();
    await rotate(under(here, { MinimumKeySize: 3072 }), unattended, alone(here));
    expect(recordOf(here).certificate?.keySize).toBe(3072);
  });

  it('live no longer than is prescribed: what was asked for is refused, what nobody asked for is shorter', async () => {
    const here = await harness();
    const engine = under(here, { MaximumLifetimeMonths: 6 });
    const days = () => Math.round((Date.parse(recordOf(here).certificate?.notAfter ?? '') - Date.now()) / 86_400_000);
    await expect(connect(engine, { ...defaults, lifetime: { months: 7 } }, here.run())).rejects.toMatchObject({
      code: 'policy.lifetime',
      params: { months: 6 },
    });
    await connect(engine, { ...defaults, lifetime: defaultLifetime }, here.run());
    expect(days()).toBeGreaterThan(170);
    expect(days()).toBeLessThan(190);
    await expect(rotate(engine, { ...unattended, withinDays: 400, lifetime: { until: '2099-01-01' } }, alone(here))).rejects.toMatchObject({
      code: 'policy.lifetime',
    });
    await rotate(under(here, { MaximumLifetimeMonths: 1 }), unattended, alone(here));
    expect(days()).toBeLessThan(32);
  });

  it('are not written to files where that is forbidden', async () => {
    const here = await harness();
    await here.connect();
    const engine = under(here, { ForbidPrivateKeyExport: true });
    const file = {
      credential: 'Contoso archive',
      path: join(here.directory, 'a.pfx'),
      force: false,
      password: 'secret',
      encryption: 'modern',
    } as const;
    await expect(exportCertificate(engine, { ...file, format: 'pfx' })).rejects.toMatchObject({ code: 'policy.key-export' });
    expect(() => pfxHandOut(engine, { ...file, folder: false, mark: '' })).toThrow(expect.objectContaining({ code: 'policy.key-export' }));
    await expect(exportCertificate(engine, { ...file, format: 'cer', path: join(here.directory, 'a.cer') })).resolves.toMatchObject({
      name: 'Contoso archive',
    });
  });

  it('are forgotten with the handover where they may not be kept', async () => {
    const here = await harness();
    await here.connect();
    const { id, certificate } = recordOf(here);
    const record = await handOver(under(here, { ForbidKeepingKeys: true }), 'Contoso archive', undefined, here.run());
    expect(record).toMatchObject({
      custody: 'external',
      certificate: { thumbprint: certificate?.thumbprint, handover: { profile: { id: 'mailstore-guide' } } },
    });
    await expect(here.services.engine.secrets.load({ credentialId: id, thumbprint: certificate?.thumbprint ?? '' })).resolves.toBeNull();
    // A key that is held elsewhere already: the word alone.
    await expect(handOver(under(here, { ForbidKeepingKeys: true }), 'Contoso archive', undefined, here.run())).resolves.toMatchObject({
      custody: 'external',
    });
  });

  it('are kept after the handover otherwise', async () => {
    const here = await harness();
    await here.connect();
    await expect(handOver(here.services.engine, 'Contoso archive', undefined, here.run())).resolves.toMatchObject({ custody: 'keyring' });
  });
});

it('a new credential begins with the prescribed profile', async () => {
  const here = await harness();
  await connect(under(here, { DefaultProfile: 'directory-only' }), { ...defaults, profile: null }, here.run());
  expect(recordOf(here).profile.id).toBe('directory-only');
});

it('the public client of the policy signs administrators in', async () => {
  const here = await harness();
  const wanted = '11111111-2222-4333-8444-555555555555';
  await expect(
    connect(
      under(here, { SignInClientId: wanted }),
      defaults,
      here.run(undefined, { signInClientId: '99999999-2222-4333-8444-555555555555' }),
    ),
  ).rejects.toMatchObject({ params: { number: 'AADSTS700016', detail: expect.stringContaining(wanted) } });
  expect(here.events.at(-1)).toEqual({ kind: 'signing-in' });
});

describe('clouds', () => {
  it('that are not allowed are not reached', () => {
    expect(() => requireCloud({ AllowedClouds: ['gcch', 'dod'] }, 'global')).toThrow(
      expect.objectContaining({ code: 'policy.cloud', params: { cloud: 'global', allowed: 'gcch, dod' } }),
    );
    expect(() => requireCloud({ AllowedClouds: ['gcch'] }, 'gcch')).not.toThrow();
    expect(() => requireCloud({}, 'china')).not.toThrow();
  });

  it('about servers are asked before anything is sent', () => {
    expect(() => requireServerHost({}, 'mailstore.example.com')).not.toThrow();
    expect(() => requireServerHost({ AllowedServers: ['mailstore.example.com'] }, 'MailStore.example.com')).not.toThrow();
    expect(() => requireServerHost({ AllowedServers: ['mailstore.example.com'] }, 'elsewhere.example.com')).toThrow(
      expect.objectContaining({ code: 'policy.server-host', params: { host: 'elsewhere.example.com', allowed: 'mailstore.example.com' } }),
    );
    expect(() => requireServerHost({ ForbidServers: true, AllowedServers: ['x'] }, 'x')).toThrow(
      expect.objectContaining({ code: 'policy.servers' }),
    );
    expect(inPractice({ AllowedServers: ['x'], ForbidServers: true })).toEqual({ ForbidServers: true });
  });

  it('tenants and the sign-in client hold for real tenants alone', () => {
    expect(inPractice({ AllowedClouds: ['gcch'], AllowedTenants: ['contoso.com'], SignInClientId: 'x', MinimumKeySize: 4096 })).toEqual({
      MinimumKeySize: 4096,
    });
  });
});
