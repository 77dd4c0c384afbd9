import { clouds, resourceAppIds } from '../../clouds/index.ts';
import type { CredentialRecord } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import { openImapFile } from './imap.ts';
import { lossesFile } from './losses.ts';
import { scriptBytes } from './powershell.ts';
import { scopedRoles, scopeFile } from './rbac.ts';

/** A script that needs nothing read of the tenant. */
export type ExchangeStepName = 'imap' | 'rbac' | 'losses';

export interface ExchangeStepRequest {
  readonly step: ExchangeStepName;
  /** Addresses of the mailboxes that it is about. */
  readonly mailboxes: readonly string[];
  /** Address of a group, whose direct members' mailboxes it is about; null without one. */
  readonly group: string | null;
}

/**
 * One script for an Exchange administrator of the credential's tenant, everything filled in, as a file.
 *
 * @param now when it is made
 * @throws Fault credential.client-id-needed, ews.step-not-needed, ews.step-no-object-id
 */
export function exchangeStepFile(record: CredentialRecord, { step, mailboxes, group }: ExchangeStepRequest, now: Date): Buffer {
  const { cloud, tenantId, tenantName, clientId, servicePrincipalId, name, appName, profile } = record;
  const about = { cloud: clouds[cloud], tenantId, tenantName, result: `${step}-${tenantId}.json`, generatedAt: now.toISOString() };
  const text = (): string => {
    if (step === 'losses') return lossesFile(about);
    const roles = scopedRoles(profile);
    const isNeeded =
      step === 'rbac'
        ? roles.length > 0
        : profile.permissions.some(
            ({ resourceAppId, type, value }) =>
              resourceAppId === resourceAppIds.exchange && type === 'Role' && value === 'IMAP.AccessAsApp',
          );
    if (!isNeeded) throw new Fault('ews.step-not-needed', { params: { name, profile: profile.id, step } });
    if (clientId === null) throw new Fault('credential.client-id-needed');
    if (servicePrincipalId === null) throw new Fault('ews.step-no-object-id', { params: { name } });
    const script = { ...about, clientId, servicePrincipalId, name: appName || name, mailboxes, group };
    return step === 'imap' ? openImapFile(script) : scopeFile({ ...script, roles });
  };
  return scriptBytes(text());
}
