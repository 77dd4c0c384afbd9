import { exchangeConnection, resourceAppIds, type Cloud } from '../../../clouds/index.ts';
import type { CredentialRecord } from '../../../credential/index.ts';
import type { CheckRule } from '../check-rule.ts';
import { isCounted } from '../mail-verdict.ts';
import { notTestable, passed } from '../verdict.ts';

/** Protocols by the permission of Office 365 Exchange Online that lets an application use them. */
const protocolOf: Readonly<Record<string, string>> = { 'IMAP.AccessAsApp': 'IMAP', 'POP.AccessAsApp': 'POP', 'SMTP.SendAsApp': 'SMTP' };

const protocolsOf = ({ permissions }: CredentialRecord['profile']): string[] =>
  permissions
    .filter(({ resourceAppId, type }) => type === 'Role' && resourceAppId === resourceAppIds.exchange)
    .flatMap(({ value }) => protocolOf[value] ?? []);

/**
 * Exchange Online PowerShell that makes the application known to Exchange, and gives it one mailbox. `-ObjectId` is that of the
 * enterprise application, not of the registration ("Authenticate an IMAP, POP or SMTP connection using OAuth").
 */
function script({ clientId, servicePrincipalId }: CredentialRecord, protocols: readonly string[], cloud: Cloud): string {
  return [
    `$appId = '${clientId ?? '<application (client) id>'}'`,
    `$objectId = '${servicePrincipalId ?? '<object id of the enterprise application>'}'`,
    `Connect-ExchangeOnline${exchangeConnection(cloud)}`,
    'if (-not (Get-ServicePrincipal | Where-Object AppId -eq $appId)) { New-ServicePrincipal -AppId $appId -ObjectId $objectId }',
    "$mailbox = '<address of the mailbox>'",
    'Add-MailboxPermission -Identity $mailbox -User $objectId -AccessRights FullAccess',
    ...(protocols.includes('SMTP') ? ['Add-RecipientPermission -Identity $mailbox -Trustee $objectId -AccessRights SendAs'] : []),
  ].join('\n');
}

/** Beside the permission, each mailbox is opened to the application in Exchange, which is not in Microsoft Graph. */
export const mailboxPermission: CheckRule = {
  applies: ({ profile }) => protocolsOf(profile).length > 0,
  validate: (context) => {
    const { record, cloud } = context.run;
    const protocols = protocolsOf(record.profile);
    // What opens one mailbox over IMAP is what the others need too.
    if (isCounted(context, 'imap') && protocols.every((protocol) => protocol !== 'SMTP'))
      return passed('check.mailbox-permission.passed', { mailbox: context.evidence.mail?.mailbox ?? '' });
    return {
      ...notTestable('check.mailbox-permission.not-testable', { protocols: protocols.join(', ') }),
      script: script(record, protocols, cloud),
    };
  },
};
