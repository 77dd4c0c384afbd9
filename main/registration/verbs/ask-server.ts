import { certificatesOf, type Check, type CredentialRecord, type Proof } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import type { HeldCredential, ServerEvidence } from '../../mailstore/index.ts';
import type { Engine } from '../engine.ts';
import { soughtBy } from '../run/sought.ts';
import { fromServerWord } from '../run/server-word.ts';
import { heldOf } from '../verify/checks/server-word.ts';
import { validateServer, withServerWord } from '../verify/server-proof.ts';

/** What the server that holds a credential says of it now. */
export interface AskedServer {
  readonly record: CredentialRecord;
  /** Name of the server. */
  readonly server: string;
  /** Those that the server answers; none where it could not be asked. */
  readonly checks: readonly Check[];
  /**
   * Custody external: the certificate that the server has made, where the one here is another: it cannot archive until that one is
   * published. Null where there is none.
   */
  readonly made: { readonly thumbprint: string; readonly notAfter: string } | null;
  /** Its directory services are not those of Microsoft 365, so that a switch to them would be the first one. */
  readonly wouldSwitchDirectory: boolean;
  /** Why it could not be asked. */
  readonly fault: Fault | null;
}

/** The certificate of a key of the server's that is known here neither as the current one nor as an earlier one. */
function madeBy(record: CredentialRecord, held: HeldCredential | null): AskedServer['made'] {
  if (record.custody !== 'external' || held === null) return null;
  const known = certificatesOf(record).some(({ thumbprint }) => thumbprint === held.thumbprint);
  return known ? null : { thumbprint: held.thumbprint, notAfter: held.notAfter };
}

const switches = (record: CredentialRecord, evidence: ServerEvidence): boolean =>
  record.redirectUri !== null &&
  'word' in evidence &&
  'value' in evidence.word.directory &&
  evidence.word.directory.value.credentialId === null;

/**
 * Asks the server that holds a credential, and nobody else: no token is taken and no tenant read. Keeps what it shows: steps of the
 * sheet, the checks of the proof that the server answers, and a handover once it has archived with the current certificate.
 *
 * @throws Fault input.credential.unknown, server.not-linked, interrupted
 */
export async function askServer(engine: Engine, idOrName: string, signal?: AbortSignal): Promise<AskedServer> {
  const asked = engine.store.find(idOrName);
  const evidence = await engine.linkedServers.ask(soughtBy(asked), signal);
  if (evidence === null) throw new Fault('server.not-linked', { params: { name: asked.name } });
  const { server } = evidence;
  if ('fault' in evidence) return { record: asked, server, checks: [], made: null, wouldSwitchDirectory: false, fault: evidence.fault };
  const checks = validateServer(asked, evidence, engine.clock);
  const now = engine.clock.now();
  const record = engine.store.change(asked.id, (current) => {
    // The word is about what was asked for; what took its place meanwhile is asked for the next time.
    if (JSON.stringify(soughtBy(current)) !== JSON.stringify(soughtBy(asked))) return null;
    const patch = fromServerWord(engine, current, checks, now);
    const proof = withServerWord({ ...current, ...patch }, checks, now);
    const same = proof === null || isSameProof(current.proof, proof);
    if (same) return Object.keys(patch).length === 0 ? null : patch;
    return { ...patch, proof, state: proof.state };
  });
  const held = heldOf(evidence.word);
  return { record, server, checks, made: madeBy(record, held), wouldSwitchDirectory: switches(record, evidence), fault: null };
}

const saidBy = ({ state, ok, checks }: Proof): string =>
  JSON.stringify([state, ok, checks.map(({ check, result, evidence }) => [check, result, evidence])]);

/** The sheet asks every few seconds: what says the same again is not written again. */
const isSameProof = (before: Proof | null, after: Proof): boolean => before !== null && saidBy(before) === saidBy(after);
