import type { Check } from '../../credential/index.ts';
import { asFault, Fault } from '../../faults.ts';
import type { Engine } from '../engine.ts';
import { soughtBy } from '../run/sought.ts';
import { untestable } from '../verify/checks/server-word.ts';
import { failed, notTestable, passed, type Verdict } from '../verify/verdict.ts';

/** Test Settings, as the server answered it. */
export interface UserTest {
  readonly check: Check;
  /** What came, which nobody described: to be shown, not to be read. Null where nothing came. */
  readonly answer: string | null;
}

/** The server ran it, and says why it did not work; everything else is a matter of asking. */
const ran = ({ code }: Fault): boolean => code === 'server.call-failed' || code === 'server.status-unknown';

const usersTold = (verdict: Verdict, answer: string | null = null): UserTest => ({
  check: { check: 'user-synchronisation', ...verdict },
  answer,
});

const addressTold = (verdict: Verdict): Check => ({ check: 'redirect-address', ...verdict });

/**
 * Lets the server read the users of the tenant as Test Settings does: a dry run, which stores nothing. Made only where this version
 * of it offers one, where directory services use this credential, and not while they delete users.
 *
 * @throws Fault input.credential.unknown, server.not-linked, interrupted
 */
export async function testUsers(engine: Engine, idOrName: string, signal?: AbortSignal): Promise<UserTest> {
  const record = engine.store.find(idOrName);
  const link = engine.linkedServers.of(record.id);
  if (link === null) throw new Fault('server.not-linked', { params: { name: record.name } });
  const server = link.server.name;
  try {
    const result = await engine.linkedServers.dryRun(soughtBy(record), signal);
    if (result === null) return usersTold(notTestable('check.user-synchronisation.other', { server }));
    return usersTold(passed('check.user-synchronisation.passed', { server }), JSON.stringify(result.answer, null, 2));
  } catch (error) {
    const fault = asFault(error);
    if (fault.code === 'interrupted' || fault.kind === 'bug') throw error;
    return ran(fault)
      ? usersTold(failed('check.user-synchronisation.failed', { server, detail: String(fault.params['detail'] ?? '') }))
      : usersTold(untestable(fault));
  }
}

/**
 * Looks from this computer at the address that users sign in at: its name, its port, and whether its certificate is trusted here.
 *
 * @throws Fault input.credential.unknown, interrupted
 */
export async function testRedirectAddress(engine: Engine, idOrName: string, signal?: AbortSignal): Promise<Check> {
  const { redirectUri } = engine.store.find(idOrName);
  if (redirectUri === null) return addressTold(notTestable('check.redirect-address.none'));
  try {
    const look = await engine.linkedServers.lookAtAddress(redirectUri, signal);
    const uri = redirectUri;
    if (look.found === 'trusted') return addressTold(passed('check.redirect-address.passed', { uri, end: look.notAfter.slice(0, 10) }));
    const params = { uri, detail: look.detail };
    return look.found === 'untrusted'
      ? addressTold(failed('check.redirect-address.untrusted', params))
      : addressTold(notTestable(`check.redirect-address.${look.found}`, params));
  } catch (error) {
    const fault = asFault(error);
    if (fault.code === 'interrupted' || fault.kind === 'bug') throw error;
    return addressTold(untestable(fault));
  }
}
