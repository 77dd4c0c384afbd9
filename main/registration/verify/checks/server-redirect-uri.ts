import type { ServerRule } from '../check-rule.ts';
import { failed, passed } from '../verdict.ts';
import { ofHeld, untestable } from './server-word.ts';

/** G16: character by character the one of the registration. */
export const serverRedirectUri: ServerRule = {
  sheet: 'redirect-uri',
  applies: ({ redirectUri }, linked) => linked === true && redirectUri !== null,
  validate: ofHeld((_held, { word: { directory }, server, context }) => {
    if ('fault' in directory) return untestable(directory.fault);
    const uri = context.run.record.redirectUri ?? '';
    const { redirectUri } = directory.value;
    if (redirectUri === null) return failed('check.server-redirect-uri.none', { server, uri });
    return redirectUri === uri
      ? passed('check.server-redirect-uri.passed', { server, uri })
      : failed('check.server-redirect-uri.other', { server, uri, found: redirectUri });
  }),
};
