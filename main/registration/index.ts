/**
 * The heart: how one credential gets what it needs in its tenant. A run begins with a verb (`verbs/`), which reads the record and
 * takes its lease; `run/` signs the administrator in or proves the key by itself, keeps key and record before anything is written,
 * publishes, takes back what Microsoft refused, and proves the end. What may happen to which certificate, and when, is told in
 * `certificates/`. Below that are the four steps, each for itself: `observe/` reads the tenant as it is, `plan/` is a pure function
 * from wish and view to typed changes, `apply/` writes them one by one with their entries in the trail, and `verify/` tests the
 * result, one file for each check. On the ground lie the words all of them share: what is desired, what was observed, what a
 * change is, and the engine with its run. Arrows run down this list only (`test/lint/rules.ts`).
 */
export * from './verbs/index.ts';
export { connect, type ConnectRequest } from './verbs/connect.ts';
export { repair, type RepairRequest } from './verbs/repair.ts';
export { rotate, rotateBack, type HandOut, type RotateRequest, type RotationReport } from './verbs/rotate.ts';
export { rotateAllDue, type RotationOutcome } from './verbs/all-due.ts';
export { verify, verifyAll, verifyMany, type VerifyOutcome } from './verbs/verify.ts';
export type { Engine, LeasedEngine, Preview, Progress, Run } from './engine.ts';
export { ewsDaysLeft } from './ews.ts';
export { allTargets, moveTargets, nextOfMigration, type MigrationNext } from './migration.ts';
export { createEwsLosses, createEwsSwitches } from './exchange-readings.ts';
export { readEwsUsage, type EwsUsage } from './ews-usage.ts';
export { readExchangeResult, switchOfResult, type EwsSwitch, type ExchangeLosses, type ExchangeResult } from './exchange-result.ts';
export { expectationsOf, type Expectation } from './exchange-scripts/expectation.ts';
export { exchangeStepFile, type ExchangeStepName } from './exchange-scripts/step-file.ts';
export { acceptable, everyLoss, type Loss, type LossToAccept } from './ews-losses.ts';
