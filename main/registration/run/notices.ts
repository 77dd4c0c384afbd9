import type { CredentialRecord } from '../../credential/index.ts';
import { isUnconfirmed, serverById } from '../../servers/index.ts';
import type { Texts } from '../../texts/index.ts';
import type { ProfileReference } from '../../servers/index.ts';
import { ewsBlockedFrom, ewsGoneFrom, usesEws } from '../ews.ts';
import type { FindingLine } from './report.ts';

/** What an administrator has to know about the profile itself: the end of EWS, names nobody has confirmed. */
export function profileNotices(profile: ProfileReference & { readonly unconfirmed?: boolean }, texts: Texts): FindingLine[] {
  const notices: FindingLine[] = [];
  const day = (iso: string) => texts.date(new Date(`${iso}T00:00:00Z`));
  if (usesEws(profile)) {
    notices.push({
      finding: 'ews',
      id: 'ews',
      text: texts.t('finding.ews', { from: day(ewsBlockedFrom), until: day(ewsGoneFrom) }),
      acceptable: false,
    });
  }
  if (profile.unconfirmed === true || isUnconfirmed(profile.id)) {
    notices.push({
      finding: 'profile-unconfirmed',
      id: 'profile-unconfirmed',
      text: texts.t('finding.profile-unconfirmed', { profile: profile.id }),
      acceptable: false,
    });
  }
  return notices;
}

/** What has to be known about the profile of a credential, and that its server software is not described in this version. */
export function recordNotices({ profile, server }: Pick<CredentialRecord, 'profile' | 'server'>, texts: Texts): FindingLine[] {
  const notices = profileNotices(profile, texts);
  if (serverById(server.id) !== null) return notices;
  const text = texts.t('finding.server-gone', { server: server.id });
  return [...notices, { finding: 'server-gone', id: 'server-gone', text, acceptable: false }];
}
