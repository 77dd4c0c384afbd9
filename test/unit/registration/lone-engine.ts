import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { vi } from 'vitest';
import { createAuditTrail } from '../../../main/audit/index.ts';
import { createCredentialStore, type CredentialRecord } from '../../../main/credential/index.ts';
import { Fault, type FaultCode } from '../../../main/faults.ts';
import type { AppOnlyRequest } from '../../../main/identity/session.ts';
import { silentLog } from '../../../main/log/index.ts';
import type { Connection, LeasedEngine, Progress, Run } from '../../../main/registration/engine.ts';
import { testClock, testDatabase, type TestClock } from '../vault/samples.ts';

/** One for all: no test looks into it. */
export const privateKey: KeyObject = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** What Microsoft says to a token request with the key of each certificate, by SHA-256 thumbprint; a token where nothing is said. */
export type Answers = Readonly<Record<string, Fault | readonly (Fault | null)[]>>;

export interface Lone {
  readonly engine: LeasedEngine;
  readonly connection: Connection;
  readonly run: Run;
  readonly clock: TestClock;
  readonly events: Progress[];
  /** Requests for tokens, in order. */
  readonly requests: readonly AppOnlyRequest[];
  /** Their SHA-256 thumbprints. */
  readonly asked: string[];
  /** SHA-1 thumbprints whose keys were forgotten. */
  readonly forgotten: string[];
  readonly kept: () => CredentialRecord;
}

export const refusal = (code: FaultCode): Fault => new Fault(code);

/** Parts of the engine for one stored credential: a real store and trail, a keychain that has every key but these, and no network. */
export function lone(record: CredentialRecord, answers: Answers = {}, without: readonly string[] = []): Lone {
  const database = testDatabase();
  const clock = testClock();
  const store = createCredentialStore(database, clock);
  store.insert(record);
  const asked: string[] = [];
  const forgotten: string[] = [];
  const events: Progress[] = [];
  const lease = { signal: new AbortController().signal, check: vi.fn<() => void>(), renew: vi.fn<() => void>() };
  const engine = {
    store,
    clock,
    lease,
    log: silentLog,
    ewsSwitches: { of: () => null },
    ewsLosses: { of: () => null },
    trail: createAuditTrail(database, clock),
    secrets: {
      load: ({ thumbprint }: { thumbprint: string }) => Promise.resolve(without.includes(thumbprint) ? null : privateKey),
      forget: ({ thumbprint }: { thumbprint: string }) => Promise.resolve(forgotten.push(thumbprint) > 0),
    },
  };
  const turns = new Map<string, number>();
  const requests: AppOnlyRequest[] = [];
  const appOnlyToken = (request: AppOnlyRequest) => {
    const { thumbprintSha256 } = request;
    requests.push(request);
    asked.push(thumbprintSha256);
    const turn = turns.get(thumbprintSha256) ?? 0;
    turns.set(thumbprintSha256, turn + 1);
    const said = answers[thumbprintSha256];
    const answer = said instanceof Fault || said === undefined ? said : said[Math.min(turn, said.length - 1)];
    return answer instanceof Fault ? Promise.reject(answer) : Promise.resolve({ accessToken: `token of ${thumbprintSha256}` });
  };
  const run = { onProgress: (event: Progress) => void events.push(event) };
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is tested with it uses nothing else of an engine
    engine: engine as unknown as LeasedEngine,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- likewise
    connection: { identity: { appOnlyToken } } as unknown as Connection,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- likewise
    run: run as Run,
    clock,
    events,
    requests,
    asked,
    forgotten,
    kept: () => store.find(record.id),
  };
}
