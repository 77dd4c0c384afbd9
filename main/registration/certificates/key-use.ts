import { z } from 'zod';
import type { CloudId } from '../../clouds/index.ts';
import { GraphFailure, shaped, type Directory } from '../../directory/index.ts';
import { Fault } from '../../faults.ts';
import type { Texts } from '../../texts/index.ts';
import type { CredentialRecord } from '../../credential/record.ts';
import type { KeyUseReport } from '../key-use-report.ts';
import type { ObservedApplication } from '../observed.ts';

const activityShape = z.looseObject({
  keyId: z.string(),
  signInActivity: z.looseObject({ lastSignInDateTime: z.string().nullish() }).nullish(),
});

/** Where Microsoft offers the report ("List appCredentialSignInActivities", national cloud deployments). */
const offered: ReadonlySet<CloudId> = new Set<CloudId>(['global']);

function reasonOf(error: unknown, texts: Texts): string {
  const { t } = texts;
  if (error instanceof GraphFailure && error.code === 'Authentication_RequestFromNonPremiumTenantOrB2CTenant') return t('key-use.licence');
  if (error instanceof GraphFailure && error.kind === 'forbidden') return t('key-use.forbidden', { detail: error.message });
  const detail = error instanceof Fault ? texts.faultText(error).message : error instanceof Error ? error.message : String(error);
  return t('key-use.failed', { detail });
}

/** Latest of a key's rows: the report may have one for each usage. */
function latest(rows: readonly z.infer<typeof activityShape>[], keyId: string): string | null {
  const times = rows
    .filter((row) => row.keyId.toLowerCase() === keyId.toLowerCase())
    .map(({ signInActivity }) => Date.parse(signInActivity?.lastSignInDateTime ?? ''));
  const known = times.filter((time) => !Number.isNaN(time));
  return known.length === 0 ? null : new Date(Math.max(...known)).toISOString();
}

/**
 * When the earlier certificates that are still published were last used, by Microsoft's report of sign-ins with application
 * credentials (Microsoft Graph beta, "List appCredentialSignInActivities"; Directory.Read.All, which looking needs anyway,
 * suffices, so nobody is asked for more). Whatever stands in its way is a reason and no failure: the report is evidence, and
 * nothing depends on it.
 *
 * @throws Fault('interrupted') and the reason of `signal`
 */
export async function readKeyUse(
  reader: Directory,
  record: CredentialRecord,
  application: ObservedApplication | null,
  texts: Texts,
  signal?: AbortSignal,
): Promise<KeyUseReport> {
  const earlier = new Set(record.earlierCertificates.map(({ thumbprintSha256 }) => thumbprintSha256));
  const published =
    application?.keyCredentials.filter(({ thumbprintSha256 }) => thumbprintSha256 !== null && earlier.has(thumbprintSha256)) ?? [];
  if (application === null || published.length === 0) return { keys: [] };
  if (!offered.has(record.cloud)) return { unreadable: texts.t('key-use.cloud') };
  try {
    const filter = encodeURIComponent(`appId eq '${application.clientId}'`);
    const read = await reader.readAll(`/reports/appCredentialSignInActivities?$filter=${filter}`, signal, 'beta');
    const rows = shaped(z.array(activityShape), read);
    return {
      keys: published.map(({ entry: { keyId }, thumbprint }) => ({
        thumbprint: thumbprint ?? '',
        keyId,
        lastSignInAt: latest(rows, keyId),
      })),
    };
  } catch (error) {
    if (signal?.aborted === true || (error instanceof Fault && error.code === 'interrupted')) throw error;
    return { unreadable: reasonOf(error, texts) };
  }
}

/** As people read it, one line for each certificate. */
export function keyUseText(report: KeyUseReport, texts: Texts): string {
  const { t } = texts;
  if ('unreadable' in report) return report.unreadable;
  if (report.keys.length === 0) return t('key-use.none');
  return report.keys
    .map(({ thumbprint, lastSignInAt }) =>
      lastSignInAt === null
        ? t('key-use.never', { thumbprint })
        : t('key-use.last', { thumbprint, day: texts.date(new Date(lastSignInAt)), at: `${lastSignInAt.slice(0, 16).replace('T', ' ')}Z` }),
    )
    .join('\n');
}
