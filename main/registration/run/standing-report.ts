import type { CredentialRecord } from '../../credential/index.ts';
import type { Texts } from '../../texts/index.ts';
import { recordNotices } from './notices.ts';
import { report, type Report } from './report.ts';

/** The report on a credential that nothing was done with: what is known of it, with the last proof, and not one request. */
export function standingReport(record: CredentialRecord, texts: Texts): Report {
  const requests = { graph: 0, identity: 0, sequential: 0 };
  const notices = recordNotices(record, texts);
  return report({ record, changes: [], findings: [], notices, proof: record.proof, requests }, texts);
}
