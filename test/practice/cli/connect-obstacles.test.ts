import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toCer } from '../../../main/certificates/index.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { connectArgs, inside, workplace, type Document } from './command-line.ts';

const place = workplace({ tenants: 2 });

interface Connected extends Document {
  readonly credential: Document & { readonly clientId: string; readonly tenantId: string; readonly certificate: Record<string, string> };
  readonly plan: Record<string, unknown>[];
  readonly proof: { readonly checks: Record<string, string>[] };
}

describe('stopped', () => {
  it.each(['Certificate ', 'Waiting for the sign-in', 'Signed in as', 'Reading', 'Registration ', 'Consent ', 'Proving', 'Sign-out '])(
    'when it says “%s”, the same command completes it, with one application and one key',
    async (said) => {
      const args = [...connectArgs(`stop ${said}`), ...place().at(`stop ${said}`)];
      const stopped = await inside(args, { onStderr: (text, stop) => (text.includes(said) ? stop() : undefined) });
      // Stopped at its very end it is done; before, it says how to go on.
      expect([0, 3, 9]).toContain(stopped.code);
      if (stopped.code !== 0) expect(stopped.stderr.trimEnd().split('\n').at(-1)).toMatch(/again/);
      expect(await place().json(`stop ${said}`, ...connectArgs(`stop ${said}`))).toMatchObject({
        code: 0,
        document: { proof: { ok: true } },
      });
      const made = place()
        .applications()
        .filter((each) => each.displayName === `stop ${said}`.trim());
      expect(made.map((each) => each.keyCredentials?.length)).toEqual([1]);
    },
  );
});

describe('a tenant whose policy allows short certificates only', () => {
  const [named, limit] = [
    /“Default app management tenant policy” \(\S+\) allows certificates of at most 90 days: the new one expires on \d{4}-\d\d-\d\d, not on \d{4}-\d\d-\d\d as asked for\./,
    90 * 86_400_000,
  ];

  async function limited(work: () => Promise<void>): Promise<void> {
    const [tenant] = place().server.world.state.tenants;
    if (tenant === undefined) throw new Error('no tenant');
    const before = tenant.defaultAppManagementPolicy;
    tenant.defaultAppManagementPolicy = {
      id: before.id,
      isEnabled: true,
      applicationRestrictions: { keyCredentials: [{ restrictionType: 'asymmetricKeyLifetime', state: 'enabled', maxLifetime: 'P90D' }] },
    };
    await work().finally(() => (tenant.defaultAppManagementPolicy = before));
  }

  it('gets one, and the reason stands in the plan, in the question and in the document', async () => {
    await limited(async () => {
      const args = ['connect', '--name', 'short', '--fqdn', 'mailstore.example.com', '--key-size', '2048'];
      expect((await place().cli('short', ...args, '--plan')).stdout).toMatch(named);
      expect((await inside([...args, ...place().at('short')], { answers: ['n'] })).stderr).toMatch(named);
      const { code, document } = await place().json('short', ...args, '--yes');
      const { credential } = document as Connected;
      expect(code).toBe(0);
      expect(document['findings']).toContainEqual({
        finding: 'lifetime-clamped',
        id: 'lifetime-clamped',
        text: expect.stringMatching(named) as unknown,
        acceptable: false,
      });
      expect(Date.parse(credential.certificate['notAfter'] ?? '') - Date.parse(credential.certificate['notBefore'] ?? '')).toBe(limit);
    });
  });

  it('refuses the server’s longer one with words that help', async () => {
    const path = join(place().folder, 'long.cer');
    writeFileSync(path, toCer((await ours('MailStore')).certificate));
    await limited(async () => {
      const applications = place().applications().length;
      const refused = await place().json('long', ...connectArgs('long', '--certificate', path));
      expect(refused).toMatchObject({
        code: 4,
        document: {
          fault: {
            code: 'registration.policy-lifetime',
            message: expect.stringMatching(
              /“Default app management tenant policy” \(\S+\).+at most 90 days; CN=MailStore is valid for 4\d\d days/,
            ),
          },
        },
      });
      expect(place().applications()).toHaveLength(applications);
    });
  });
});

describe('at a terminal', () => {
  it('the plan is shown with tenant and domain, and only a yes applies it', async () => {
    const args = [
      'connect',
      '--name',
      'asked',
      '--fqdn',
      'mailstore.example.com',
      '--app-name',
      'asked',
      '--key-size',
      '2048',
      ...place().at('asked'),
    ];
    const before = place().applications().length;
    const declined = await inside(args, { answers: ['n'] });
    expect(declined).toMatchObject({ code: 2, stdout: '' });
    expect(declined.stderr).toContain('What will change in Contoso (contoso.example)');
    expect(place().applications()).toHaveLength(before);
    expect(await inside(args, { answers: ['yes'] })).toMatchObject({ code: 0 });
    expect(place().applications()).toHaveLength(before + 1);
  });
});
