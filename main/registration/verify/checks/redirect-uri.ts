import type { CheckRule } from '../check-rule.ts';
import { inRegistration } from '../seen.ts';
import { failed, passed } from '../verdict.ts';

export const redirectUri: CheckRule = {
  applies: (record) => record.redirectUri !== null,
  validate: inRegistration(({ application: { redirectUris } }, { run }) => {
    const uri = run.record.redirectUri ?? '';
    return redirectUris.includes(uri)
      ? passed('check.redirect-uri.passed', { uri })
      : failed('check.redirect-uri.missing', { uri, found: redirectUris.join(', ') || '–' });
  }),
  decisiveIn: 'external',
};
